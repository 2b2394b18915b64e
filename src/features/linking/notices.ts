import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { text } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import type { Subscription } from '../contractors/index.ts';
import { lineAccountsOf } from '../official-account/index.ts';
import { loadContractorLinksTo, loadUserLinksTo } from './store.ts';
import { type Notices, type TalkText, talkText } from './text.ts';

/** How a subscription is named to people of its contract: whose it is and its last four digits. */
export function subscriptionLabel(subscription: Subscription | undefined, language: Language): string {
  const t = talkText(language);
  return t.subscription(subscription?.userName ?? t.somebody, subscription?.msisdn.slice(-4) ?? '');
}

/** The LINE accounts linked to a contractor and, where given, to one of the subscriptions. */
export async function concernedBy(
  sql: SqlRunner,
  what: { contractorId: string; subscriptionId?: string },
): Promise<string[]> {
  const contractors = await loadContractorLinksTo(sql, what.contractorId);
  const users = what.subscriptionId ? await loadUserLinksTo(sql, [what.subscriptionId]) : [];
  return [...contractors, ...users].map((link) => link.lineUserId);
}

/**
 * Tells each of these accounts once, in its own language, with what to do when it was not expected. Goes into the
 * caller's transaction: what happened and its notice stand or fall together.
 */
export async function tell(
  sql: SqlRunner,
  now: Temporal.Instant,
  notice: {
    to: readonly string[];
    except?: readonly string[];
    /** What happened, named once: the same cause tells nobody twice. */
    cause: string;
    phone: string;
    words: (notices: Notices, t: TalkText, language: Language) => string;
  },
): Promise<void> {
  const recipients = [...new Set(notice.to)].filter((lineUserId) => !notice.except?.includes(lineUserId));
  if (recipients.length === 0) return;
  const people = await lineAccountsOf(sql, recipients);
  const messages = recipients.map((lineUserId) => {
    const language = people.get(lineUserId)?.language ?? 'ja';
    const t = talkText(language);
    const words = `${notice.words(t.notice, t, language)}\n\n${t.notice.notYou(notice.phone)}`;
    return { lineUserId, messages: [text(words)], dedupeKey: `linking:${notice.cause}:${lineUserId}` };
  });
  await enqueueMessages(sql, now, messages);
}

/** The name a person has on LINE, for telling others about them. */
export async function displayNameOf(sql: SqlRunner, lineUserId: string): Promise<string | null> {
  return (await lineAccountsOf(sql, [lineUserId])).get(lineUserId)?.displayName ?? null;
}

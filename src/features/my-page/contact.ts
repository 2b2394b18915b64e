import { newId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import type { Decision } from '../../base/refusal.ts';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { text } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { enqueueMail } from '../../infra/mail/mail.ts';
import type { EmailAsked, EmailConfirmed, Subscription, UserFault } from '../contractors/index.ts';
import type { MyPageDeps } from './needs.ts';
import { myPageText } from './text.ts';

type Fault = UserFault | 'not-found' | 'ended';

/** Registers who carries a phone, and tells everybody concerned in the same transaction. */
export function registerUser(
  deps: MyPageDeps,
  asked: {
    contractorId: string;
    subscriptionId: string;
    user: { name: string; birthDate: string } | null;
    /** The form's: the same again tells nobody twice. */
    requestId: string;
  },
): Promise<Decision<Subscription, Fault>> {
  return inTransaction(deps.db, async (tx) => {
    const decision = await deps.contractors.registerUser(tx, asked);
    if (!decision.ok) return decision;
    const sql = runnerOf(tx);
    const [ofContract, ofUsers] = await Promise.all([
      deps.linking.lineAccountsOfContractor(sql, asked.contractorId),
      deps.linking.lineAccountsLinkedTo(sql, [asked.subscriptionId]),
    ]);
    const accounts = [...ofContract, ...(ofUsers.get(asked.subscriptionId) ?? [])].map((link) => link.lineUserId);
    const lastFour = decision.value.msisdn.slice(-4);
    await tell(tx, deps, {
      accounts,
      cause: `user:${asked.requestId}`,
      words: (language) => myPageText(language).user.told(decision.value.userName, lastFour),
    });
    return decision;
  });
}

/** Sends a code to a new mail address. It may be a stranger's by a slip of the finger, so the mail has nobody's name. */
export function askForEmail(
  deps: MyPageDeps,
  asked: { contractorId: string; email: string; requestId: string },
): Promise<EmailAsked> {
  return deps.contractors.askForEmail(asked, async (tx, { contractor, to, code }) => {
    const language = contractor.language ?? 'ja';
    const t = myPageText(language).email.mail;
    const operator = deps.operator.name[language];
    await enqueueMail(runnerOf(tx), deps.clock.now(), {
      to,
      subject: t.codeSubject(operator, code),
      text: `${t.code(code)}\n\n${operator}`,
      dedupeKey: `my-page:email-code:${newId()}`,
    });
  });
}

/** Makes the new mail address count, by its code; the address until now is told, and every linked talk. */
export function confirmEmail(
  deps: MyPageDeps,
  asked: { contractorId: string; typed: string },
): Promise<EmailConfirmed> {
  return deps.contractors.confirmEmail(asked, async (tx, { contractor, before }) => {
    const sql = runnerOf(tx);
    const links = await deps.linking.lineAccountsOfContractor(sql, contractor.contractorId);
    const cause = `email:${newId()}`;
    const language = contractor.language ?? 'ja';
    const t = myPageText(language);
    const operator = deps.operator.name[language];
    await tell(tx, deps, {
      accounts: links.map((link) => link.lineUserId),
      cause,
      words: (language) => myPageText(language).email.told,
    });
    await enqueueMail(sql, deps.clock.now(), {
      to: before,
      subject: t.email.mail.changedSubject(operator),
      text: `${t.email.told}\n\n${t.notYou(deps.operator.support.phone)}\n\n${operator}`,
      dedupeKey: `my-page:${cause}`,
    });
  });
}

async function tell(
  tx: Db,
  deps: MyPageDeps,
  notice: { accounts: readonly string[]; cause: string; words: (language: Language) => string },
): Promise<void> {
  const sql = runnerOf(tx);
  const accounts = [...new Set(notice.accounts)];
  const people = await deps.lineAccountsOf(sql, accounts);
  await enqueueMessages(
    sql,
    deps.clock.now(),
    accounts.map((lineUserId) => {
      const language = people.get(lineUserId)?.language ?? 'ja';
      const words = `${notice.words(language)}\n\n${myPageText(language).notYou(deps.operator.support.phone)}`;
      return { lineUserId, messages: [text(words)], dedupeKey: `my-page:${notice.cause}:${lineUserId}` };
    }),
  );
}

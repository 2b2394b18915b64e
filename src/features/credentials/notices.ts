import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { text } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { enqueueMail } from '../../infra/mail/mail.ts';
import type { CredentialsDeps } from './deps.ts';
import { type Change, type LinkChange, noticeText } from './notice-text.ts';

/** What a contractor is told of their safety. What to do when it was not expected is said below it. */
export interface SafetyNotice {
  readonly contractorId: string;
  /** What happened, named once: the same cause tells nobody twice. */
  readonly cause: string;
  readonly words: (language: Language) => {
    readonly subject: (operator: string) => string;
    readonly body: string;
    /** Instead of what is said of any change: whom to call when this was not expected. */
    readonly ifUnexpected?: (phone: string) => string;
  };
}

/**
 * Tells a contractor something about their safety: in every linked talk and by mail to the registered address. In the
 * caller's transaction: what happened and its notice stand or fall together.
 */
export async function tellContractor(
  deps: CredentialsDeps,
  sql: SqlRunner,
  { contractorId, cause, words }: SafetyNotice,
): Promise<void> {
  const now = deps.clock.now();
  const { phone } = deps.operator.support;
  const links = await deps.linking.lineAccountsOfContractor(sql, contractorId);
  const people = await deps.lineAccountsOf(
    sql,
    links.map((link) => link.lineUserId),
  );
  await enqueueMessages(
    sql,
    now,
    links.map(({ lineUserId }) => {
      const language = people.get(lineUserId)?.language ?? 'ja';
      const { body, ifUnexpected = noticeText(language).notYou } = words(language);
      const said = `${body}\n\n${ifUnexpected(phone)}`;
      return { lineUserId, messages: [text(said)], dedupeKey: `credentials:${cause}:${lineUserId}` };
    }),
  );
  await mailTo(deps, sql, { contractorId, dedupeKey: `credentials:${cause}`, words });
}

/** Tells a contractor that how they sign in has changed. */
export function tellOfChange(
  deps: CredentialsDeps,
  sql: SqlRunner,
  { contractorId, cause, change }: { contractorId: string; cause: string; change: Change },
): Promise<void> {
  return tellContractor(deps, sql, {
    contractorId,
    cause,
    words: (language) => {
      const t = noticeText(language);
      return { subject: t.mail.changedSubject, body: t.changed[change] };
    },
  });
}

/** Tells by mail that a LINE account was linked or unlinked; the talks are told by linking itself. */
export function mailOfLink(
  deps: CredentialsDeps,
  sql: SqlRunner,
  of: { contractorId: string; kind: LinkChange; name: string | null; cause: string },
): Promise<void> {
  return mailTo(deps, sql, {
    contractorId: of.contractorId,
    dedupeKey: `credentials:${of.cause}`,
    words: (language) => {
      const t = noticeText(language);
      return { subject: t.mail.linkSubject, body: t.linkChanged[of.kind](of.name ?? t.somebody) };
    },
  });
}

/** To the registered address, in the language the person reads My Page in. */
async function mailTo(
  deps: CredentialsDeps,
  sql: SqlRunner,
  mail: Pick<SafetyNotice, 'contractorId' | 'words'> & { readonly dedupeKey: string },
): Promise<void> {
  const contractor = await deps.contractors.contractor(sql, mail.contractorId);
  if (!contractor || !deps.canMail) return;
  const language = contractor.language ?? 'ja';
  const t = noticeText(language);
  const operator = deps.operator.name[language];
  const { subject, body, ifUnexpected = t.notYou } = mail.words(language);
  const text = t.mail.frame(contractor.name, `${body}\n\n${ifUnexpected(deps.operator.support.phone)}`, operator);
  await enqueueMail(sql, deps.clock.now(), {
    to: contractor.email,
    subject: subject(operator),
    text,
    dedupeKey: mail.dedupeKey,
  });
}

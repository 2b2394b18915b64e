import type { SqlRunner } from '../../infra/db/index.ts';
import { text } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { enqueueMail } from '../../infra/mail/mail.ts';
import type { CredentialsDeps } from './deps.ts';
import { type Change, type LinkChange, noticeText } from './notice-text.ts';

/**
 * Tells a contractor that how they sign in has changed: in every linked talk and by mail to the registered address. In
 * the caller's transaction: the change and its notice stand or fall together.
 */
export async function tellOfChange(
  deps: CredentialsDeps,
  sql: SqlRunner,
  { contractorId, cause, change }: { contractorId: string; cause: string; change: Change },
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
      const t = noticeText(people.get(lineUserId)?.language ?? 'ja');
      const words = `${t.changed[change]}\n\n${t.notYou(phone)}`;
      return { lineUserId, messages: [text(words)], dedupeKey: `credentials:${cause}:${lineUserId}` };
    }),
  );
  await mailTo(deps, sql, {
    contractorId,
    dedupeKey: `credentials:${cause}`,
    words: (t, operator) => ({ subject: t.mail.changedSubject(operator), body: t.changed[change] }),
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
    words: (t, operator) => ({
      subject: t.mail.linkSubject(operator),
      body: t.linkChanged[of.kind](of.name ?? t.somebody),
    }),
  });
}

/** To the registered address, in the language the person reads My Page in. */
async function mailTo(
  deps: CredentialsDeps,
  sql: SqlRunner,
  mail: {
    contractorId: string;
    dedupeKey: string;
    words: (t: ReturnType<typeof noticeText>, operator: string) => { subject: string; body: string };
  },
): Promise<void> {
  const contractor = await deps.contractors.contractor(sql, mail.contractorId);
  if (!contractor || !deps.canMail) return;
  const language = contractor.language ?? 'ja';
  const t = noticeText(language);
  const operator = deps.operator.name[language];
  const { subject, body } = mail.words(t, operator);
  const text = t.mail.frame(contractor.name, `${body}\n\n${t.notYou(deps.operator.support.phone)}`, operator);
  await enqueueMail(sql, deps.clock.now(), { to: contractor.email, subject, text, dedupeKey: mail.dedupeKey });
}

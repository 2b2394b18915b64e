import type { SqlRunner } from '../../infra/db/index.ts';
import { text } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox.ts';
import { enqueueMail } from '../../infra/mail/mail.ts';
import type { CredentialsDeps } from './deps.ts';
import { type Change, noticeText } from './notice-text.ts';

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
  const contractor = await deps.contractors.contractor(sql, contractorId);
  if (!contractor || !deps.canMail) return;
  const t = noticeText('ja');
  const operator = deps.operator.name.ja;
  await enqueueMail(sql, now, {
    to: contractor.email,
    subject: t.mail.changedSubject(operator),
    text: t.mail.frame(contractor.name, `${t.changed[change]}\n\n${t.notYou(phone)}`, operator),
    dedupeKey: `credentials:${cause}`,
  });
}

import { randomBytes, randomInt } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import { type Accepted, accept, type Refused, refuse } from '../../base/refusal.ts';
import { runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { answerFormOnce } from '../../infra/http/answer-once.ts';
import { enqueueMail, type Mail } from '../../infra/mail/mail.ts';
import { digest, keyedHash } from '../../infra/secrets.ts';
import type { Applicant } from './applicant.ts';
import type { ApplicationDeps } from './deps.ts';
import type { Drafts, OpenDraft } from './drafts.ts';
import { mailText } from './mail-text.ts';
import { applicationLimits, CODE_MINUTES, LINK_HOURS } from './rules/limits.ts';
import { readContractor } from './rules/person.ts';
import { readDigits } from './rules/typed.ts';
import { forgetMailCode, loadDraft, loadLinked, saveLink, saveMailCode, useLink } from './store.ts';

type TooMany = Refused<'too-many'> & { readonly until: Temporal.Instant };

type MailDeps = Pick<ApplicationDeps, 'db' | 'clock' | 'operator' | 'publicUrl' | 'secrets' | 'limits'>;

/** Where a mail is asked for, and by which form: the same form again sends none. */
interface MailAsked {
  readonly address: string;
  readonly language: Language;
  readonly requestId: string;
}

/** Proves the address of an application, and mails the way to go on elsewhere. */
export interface ApplicationMail {
  /** Mails six digits to the address that stands in the draft. */
  sendCode(draft: OpenDraft, from: MailAsked): Promise<Accepted<null> | TooMany>;
  /** Whether a code that was mailed could still be typed. */
  isCodeAlive(draft: OpenDraft): boolean;
  /** The address is proved when these are the digits. Tries are counted before they are looked at. */
  proveByCode(
    applicant: Applicant,
    draft: OpenDraft,
    typed: string,
  ): Promise<Accepted<null> | Refused<'wrong-code'> | TooMany>;
  /** Mails a link to the proved address; it lets one other browser in. */
  sendLink(draft: OpenDraft, from: MailAsked): Promise<Accepted<null> | TooMany>;
  /** The draft behind a link that is still good, which is not used up by looking. */
  draftBehind(token: string): Promise<string | null>;
  /** Uses a link up: from now on the browser with this secret holds the draft. */
  follow(token: string, browserHash: Buffer): Promise<string | null>;
}

export function createApplicationMail(deps: MailDeps, drafts: Drafts): ApplicationMail {
  const { db, clock, operator, secrets, limits } = deps;
  const pool = runnerOf(db);
  const mailOf = (draft: OpenDraft) => readContractor(draft.draft.typed.contractor, draft.today).mail;
  const codeHash = (draft: OpenDraft, code: string) =>
    keyedHash(secrets.limits, `application-mail:${draft.draftId}:${mailOf(draft)}:${code}`);
  /** Writes a mail to the address that stands in the draft, once for each form and address, within the limits. */
  async function mailOnce(
    kind: string,
    draft: OpenDraft,
    { address, requestId }: MailAsked,
    write: (sql: SqlRunner) => Promise<Omit<Mail, 'to'>>,
  ): Promise<Accepted<null> | TooMany> {
    const to = mailOf(draft);
    const about = keyedHash(secrets.limits, `application-mail:${draft.draftId}:${to}`).toString('base64url');
    const { answer } = await answerFormOnce(
      { db, hashKey: secrets.limits, now: clock.now() },
      { scope: `${kind}:${about}`, requestId },
      async (tx): Promise<{ until: string | null }> => {
        const taken = await limits.take(tx, [
          { limit: applicationLimits.mailTo.limit, subject: to },
          { limit: applicationLimits.mailFrom.limit, subject: address },
        ]);
        if (!taken.ok) return { until: taken.until.toString() };
        const sql = runnerOf(tx);
        const mail = await write(sql);
        await enqueueMail(sql, clock.now(), { to, ...mail, dedupeKey: `${kind}:${newId()}` });
        return { until: null };
      },
    );
    if (answer.until === null) return accept(null);
    return { ...refuse('too-many'), until: Temporal.Instant.from(answer.until) };
  }
  const codesSince = () => clock.now().subtract({ minutes: CODE_MINUTES });
  const linkOf = (token: string) => ({
    hash: digest(token),
    sentSince: clock.now().subtract({ hours: LINK_HOURS }),
    now: clock.now(),
  });

  return {
    sendCode(draft, asked) {
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const t = mailText(asked.language);
      const name = operator.name[asked.language];
      return mailOnce('applications:code', draft, asked, async (sql) => {
        await saveMailCode(sql, clock.now(), { draftId: draft.draftId, hash: codeHash(draft, code) });
        return { subject: t.codeSubject(name, code), text: t.code(name, code, CODE_MINUTES) };
      });
    },

    isCodeAlive: ({ mailCodeSentAt }) => mailCodeSentAt !== null && isAfter(mailCodeSentAt, codesSince()),

    async proveByCode(applicant, draft, typed) {
      const taken = await limits.take(db, [{ limit: applicationLimits.code.limit, subject: draft.draftId }]);
      if (!taken.ok) return { ...refuse('too-many'), until: taken.until };
      const row = await loadDraft(pool, clock.now(), applicant, draft.draftId);
      const hash = codeHash(draft, readDigits(typed));
      const isInTime = row?.mailCodeSentAt && isAfter(row.mailCodeSentAt, codesSince());
      if (!isInTime || !row.mailCodeHash?.equals(hash)) return refuse('wrong-code');
      const mail = mailOf(draft);
      await drafts.change(
        applicant,
        draft.draftId,
        (before) => ({ ...before, verifiedMail: mail }),
        (sql) => forgetMailCode(sql, draft.draftId),
      );
      await limits.giveBack(db, taken.receipt);
      return accept(null);
    },

    sendLink(draft, asked) {
      const token = randomBytes(32).toString('base64url');
      const t = mailText(asked.language);
      const name = operator.name[asked.language];
      return mailOnce('applications:link', draft, asked, async (sql) => {
        await saveLink(sql, clock.now(), { draftId: draft.draftId, hash: digest(token) });
        return {
          subject: t.linkSubject(name),
          text: t.link(name, `${deps.publicUrl}/apply/link/${token}`, LINK_HOURS),
        };
      });
    },

    draftBehind: (token) => loadLinked(pool, linkOf(token)),
    follow: (token, browserHash) => useLink(pool, { ...linkOf(token), browserHash }),
  };
}

const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => a.epochNanoseconds > b.epochNanoseconds;

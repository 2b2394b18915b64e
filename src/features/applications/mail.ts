import { randomBytes, randomInt } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import { type Accepted, accept, type Refused, refuse } from '../../base/refusal.ts';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import { enqueueMail } from '../../infra/mail/mail.ts';
import { digest, keyedHash } from '../../infra/secrets.ts';
import type { Applicant } from './applicant.ts';
import type { ApplicationDeps } from './deps.ts';
import type { Drafts, OpenDraft } from './drafts.ts';
import { applicationLimits, CODE_MINUTES, LINK_HOURS } from './rules/limits.ts';
import { readContractor } from './rules/person.ts';
import { readDigits } from './rules/typed.ts';
import { forgetMailCode, loadDraft, loadLinked, saveLink, saveMailCode, useLink } from './store.ts';
import { mailText } from './text.ts';

type TooMany = Refused<'too-many'> & { readonly until: Temporal.Instant };

type MailDeps = Pick<ApplicationDeps, 'db' | 'clock' | 'operator' | 'publicUrl' | 'secrets' | 'limits'>;

/** Proves the address of an application, and mails the way to go on elsewhere. */
export interface ApplicationMail {
  /** Mails six digits to the address that stands in the draft. */
  sendCode(draft: OpenDraft, from: { address: string; language: Language }): Promise<Accepted<null> | TooMany>;
  /** Whether a code that was mailed could still be typed. */
  isCodeAlive(draft: OpenDraft): boolean;
  /** The address is proved when these are the digits. Tries are counted before they are looked at. */
  proveByCode(
    applicant: Applicant,
    draft: OpenDraft,
    typed: string,
  ): Promise<Accepted<null> | Refused<'wrong-code'> | TooMany>;
  /** Mails a link to the proved address; it lets one other browser in. */
  sendLink(draft: OpenDraft, from: { address: string; language: Language }): Promise<Accepted<null> | TooMany>;
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
  const countMail = (to: string, from: string) =>
    limits.take(db, [
      { limit: applicationLimits.mailTo.limit, subject: to },
      { limit: applicationLimits.mailFrom.limit, subject: from },
    ]);
  const codesSince = () => clock.now().subtract({ minutes: CODE_MINUTES });
  const linkOf = (token: string) => ({
    hash: digest(token),
    sentSince: clock.now().subtract({ hours: LINK_HOURS }),
    now: clock.now(),
  });

  return {
    async sendCode(draft, { address, language }) {
      const to = mailOf(draft);
      const taken = await countMail(to, address);
      if (!taken.ok) return { ...refuse('too-many'), until: taken.until };
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const t = mailText(language);
      const name = operator.name[language];
      await inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        await saveMailCode(sql, clock.now(), { draftId: draft.draftId, hash: codeHash(draft, code) });
        await enqueueMail(sql, clock.now(), {
          to,
          subject: t.codeSubject(name, code),
          text: t.code(name, code, CODE_MINUTES),
          dedupeKey: `applications:code:${newId()}`,
        });
      });
      return accept(null);
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

    async sendLink(draft, { address, language }) {
      const to = mailOf(draft);
      const taken = await countMail(to, address);
      if (!taken.ok) return { ...refuse('too-many'), until: taken.until };
      const token = randomBytes(32).toString('base64url');
      const t = mailText(language);
      const name = operator.name[language];
      await inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        await saveLink(sql, clock.now(), { draftId: draft.draftId, hash: digest(token) });
        await enqueueMail(sql, clock.now(), {
          to,
          subject: t.linkSubject(name),
          text: t.link(name, `${deps.publicUrl}/apply/link/${token}`, LINK_HOURS),
          dedupeKey: `applications:link:${newId()}`,
        });
      });
      return accept(null);
    },

    draftBehind: (token) => loadLinked(pool, linkOf(token)),
    follow: (token, browserHash) => useLink(pool, { ...linkOf(token), browserHash }),
  };
}

const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => a.epochNanoseconds > b.epochNanoseconds;

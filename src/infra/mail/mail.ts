import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { SqlRunner } from '../db/runner.ts';

/** A mail to one person, in plain words. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** How mail leaves. */
export interface MailTransport {
  /**
   * Hands a mail over for good.
   *
   * @throws MailRefused when it was certainly not taken; anything else thrown leaves that open.
   */
  send(mail: Mail): Promise<void>;
}

/** The other side did not take the mail. */
export class MailRefused extends Error {
  /** Worth trying again later: full, busy, gone for the moment. */
  readonly passes: boolean;
  constructor(message: string, passes: boolean) {
    super(message);
    this.name = 'MailRefused';
    this.passes = passes;
  }
}

/** Writes a mail in the caller's transaction; it leaves after the commit. The same `dedupeKey` leaves once. */
export async function enqueueMail(
  sql: SqlRunner,
  now: Temporal.Instant,
  mail: Mail & { readonly dedupeKey: string },
): Promise<void> {
  const { to, subject, text, dedupeKey } = mail;
  await sql.query(
    `insert into mail_outbox (mail_id, recipient, body, dedupe_key, created_at, next_attempt_at)
     values ($1, $2, $3, $4, $5, $5) on conflict (dedupe_key) do nothing`,
    [newId(), to, JSON.stringify({ subject, text }), dedupeKey, now.toString()],
  );
}

import { Temporal } from 'temporal-polyfill';
import { type Db, runnerOf } from '../db/runner.ts';
import type { Job } from '../jobs/jobs.ts';
import { MailRefused, type MailTransport } from './mail.ts';

interface Waiting {
  readonly mailId: string;
  readonly recipient: string;
  readonly body: { readonly subject: string; readonly text: string };
  readonly attempts: number;
  readonly createdAt: Temporal.Instant;
}

type Outcome = { state: 'sent' | 'failed' | 'unknown' } | { state: 'waiting'; afterSeconds: number };

const PORTION = 20;
/** A mail that could not leave for so long is about something long past. */
const GIVE_UP_HOURS = 24;

/**
 * Sends waiting mails, each once. A mail is marked as being sent before it is handed over. If the mark is still there when the job
 * runs again, the process died in between and nobody can say whether the mail arrived: it is not sent a second time.
 */
export function mailJob(deps: {
  db: Db;
  transport: MailTransport;
  onLost: (lost: { mailId: string; state: string; because: string }) => void;
}): Job {
  const sql = runnerOf(deps.db);
  return {
    name: 'mail.send',
    everySeconds: 5,
    async run(now, stopping) {
      await sql.query(
        `update mail_outbox set state = 'unknown', body = null, settled_at = $1 where state = 'sending'`,
        [now.toString()],
      );
      // One by one: of those behind it a process that dies has not begun any.
      for (let done = 0; done < PORTION; done += 1) {
        stopping?.throwIfAborted();
        const mail = await takeNext(now);
        if (mail === undefined) return done;
        await deliver(mail, now);
      }
      return PORTION;
    },
  };

  async function takeNext(now: Temporal.Instant): Promise<Waiting | undefined> {
    const [next] = await sql.query<Waiting>(
      `update mail_outbox set state = 'sending', attempts = attempts + 1
       where mail_id in (
         select mail_id from mail_outbox where state = 'waiting' and next_attempt_at <= $1
         order by next_attempt_at, mail_id limit 1)
       returning mail_id as "mailId", recipient, body, attempts, created_at as "createdAt"`,
      [now.toString()],
    );
    return next;
  }

  async function deliver(mail: Waiting, now: Temporal.Instant): Promise<void> {
    try {
      await deps.transport.send({ to: mail.recipient, ...mail.body });
      await settle(mail, now, { state: 'sent' }, null);
    } catch (error) {
      const because = error instanceof Error ? error.name : 'unknown';
      const outcome = outcomeOf(error, mail, now);
      await settle(mail, now, outcome, because);
      if (outcome.state !== 'waiting') deps.onLost({ mailId: mail.mailId, state: outcome.state, because });
    }
  }

  async function settle(mail: Waiting, now: Temporal.Instant, outcome: Outcome, because: string | null): Promise<void> {
    const isSettled = outcome.state !== 'waiting';
    const next = isSettled ? now : now.add({ seconds: outcome.afterSeconds });
    await sql.query(
      `update mail_outbox set state = $2, next_attempt_at = $3, last_error = $4,
         settled_at = case when $5 then $6::timestamptz end, body = case when $5 then null else body end
       where mail_id = $1 and state = 'sending'`,
      [mail.mailId, outcome.state, next.toString(), because, isSettled, now.toString()],
    );
  }
}

function outcomeOf(error: unknown, mail: Waiting, now: Temporal.Instant): Outcome {
  if (!(error instanceof MailRefused)) return { state: 'unknown' };
  const isOver = Temporal.Instant.compare(now, mail.createdAt.add({ hours: GIVE_UP_HOURS })) >= 0;
  if (!error.passes || isOver) return { state: 'failed' };
  return { state: 'waiting', afterSeconds: Math.min(3_600, 30 * 2 ** (mail.attempts - 1)) };
}

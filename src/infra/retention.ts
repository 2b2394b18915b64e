import { type Db, runnerOf } from './db/index.ts';
import type { Job } from './jobs/jobs.ts';
import { inPortions } from './jobs/portions.ts';

/** Rows changed in one statement, so that nobody waits long for a lock. */
const PORTION = 2_000;

/**
 * What was said is kept only as long as it is needed. Of an event: the content for a day after it was handled, its id for a month, so
 * that it cannot be handled again. Of a message: the content for a month, its key for 400 days, since the same cause may come back
 * with the same month of the year. What was given up or lost keeps its content for a month, for staff to look at.
 * Of a mail: the content until it is settled, the recipient for a month. A session is kept for half a year after its last use.
 */
const STEPS: readonly { readonly after: { hours: number }; readonly statement: string }[] = [
  {
    after: { hours: 24 },
    statement: `update line_event set payload = '{}' where webhook_event_id in (
      select webhook_event_id from line_event where done_at < $1 and payload <> '{}' limit $2)`,
  },
  {
    after: { hours: 30 * 24 },
    statement: `delete from line_event where webhook_event_id in (
      select webhook_event_id from line_event where coalesce(done_at, parked_at) < $1 limit $2)`,
  },
  {
    after: { hours: 30 * 24 },
    statement: `delete from line_arrival where arrival_id in (
      select arrival_id from line_arrival where refusal is not null and received_at < $1 limit $2)`,
  },
  {
    after: { hours: 30 * 24 },
    statement: `update outbox set body = '{}' where outbox_id in (
      select outbox_id from outbox where settled_at < $1 and body::text <> '{}' limit $2)`,
  },
  {
    after: { hours: 400 * 24 },
    statement: `delete from outbox where outbox_id in (select outbox_id from outbox where settled_at < $1 limit $2)`,
  },
  {
    after: { hours: 30 * 24 },
    statement: `update mail_outbox set recipient = '' where mail_id in (
      select mail_id from mail_outbox where settled_at < $1 and recipient <> '' limit $2)`,
  },
  {
    after: { hours: 400 * 24 },
    statement: `delete from mail_outbox where mail_id in (select mail_id from mail_outbox where settled_at < $1 limit $2)`,
  },
  {
    after: { hours: 180 * 24 },
    statement: `delete from web_session where session_id in (
      select session_id from web_session where seen_at < $1 limit $2)`,
  },
];

/** Deletes what was said, to whom, and who was signed in, when its time is over. */
export function createRetention({ db }: { db: Db }): Job {
  const sql = runnerOf(db);
  return {
    name: 'infra.retention',
    everySeconds: 21_600,
    async run(now, stopping) {
      let forgotten = 0;
      for (const { after, statement } of STEPS) {
        const before = now.subtract(after).toString();
        forgotten += await inPortions(PORTION, stopping, async () => {
          return (await sql.query(`${statement} returning 1`, [before, PORTION])).length;
        });
      }
      return forgotten;
    },
  };
}

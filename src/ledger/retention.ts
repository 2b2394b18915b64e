import { Temporal } from 'temporal-polyfill';
import { type Db, runnerOf } from '../infra/db/index.ts';

/**
 * For how long a repeated request id is recognised; after that it is a new request. Longer than a year, because a request id may
 * name a month of the year.
 */
const KEPT = Temporal.Duration.from({ hours: 400 * 24 });

/** Rows removed in one statement. */
const PORTION = 10_000;

/** Deletes old answers. The index `ledger_answer_by_time` (BRIN) tells in which part of the table they are. */
export function forgetOldAnswers({ db }: { db: Db }) {
  const sql = runnerOf(db);
  async function forgetIn(
    table: 'ledger_answer' | 'ledger_answer_by_hash',
    before: string,
    stopping: AbortSignal | undefined,
  ): Promise<number> {
    for (let forgotten = 0; ; ) {
      stopping?.throwIfAborted();
      const gone = await sql.query(
        `delete from ${table} where ctid = any(array(
           select ctid from ${table} where answered_at < $1 limit ${PORTION})) returning 1`,
        [before],
      );
      forgotten += gone.length;
      if (gone.length < PORTION) return forgotten;
    }
  }
  return {
    name: 'ledger.forget-old-answers',
    everySeconds: 21_600,
    async run(now: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
      const before = now.subtract(KEPT).toString();
      const former = await forgetIn('ledger_answer_by_hash', before, stopping);
      return former + (await forgetIn('ledger_answer', before, stopping));
    },
  };
}

import type { Temporal } from 'temporal-polyfill';
import { type Db, inTransaction, runnerOf } from '../db/index.ts';
import { type KeyRing, keyedHash } from '../secrets.ts';

/** What is remembered of an answer: enough to give it again, and never a secret. */
export type Remembered = { readonly [key: string]: string | number | boolean | null };

export type Once<Answer> =
  | { readonly ok: true; readonly answer: Answer; readonly isRepeat: boolean }
  | { readonly ok: false; readonly code: 'request-id-reused' };

/**
 * Does the work of a request with an `Idempotency-Key` once: a repeat gets the remembered answer, another body under
 * the same key is refused. Work and memory are one transaction. Without a key the work is simply done.
 *
 * @param request.body what makes two requests the same; hashed under a key, since it may hold a password
 */
export function answerOnce<Answer extends Remembered>(
  deps: { db: Db; hashKey: KeyRing; now: Temporal.Instant },
  request: { scope: string; key: string | undefined; body: unknown },
  work: (tx: Db) => Promise<Answer>,
): Promise<Once<Answer>> {
  return inTransaction(deps.db, async (tx) => {
    const { scope, key } = request;
    if (key === undefined) return { ok: true, answer: await work(tx), isRepeat: false };
    const sql = runnerOf(tx);
    // Whoever comes second with the same key waits here for the first's answer.
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`once:${scope}:${key}`]);
    const bodyHash = keyedHash(deps.hashKey, JSON.stringify([scope, request.body]));
    const [known] = await sql.query<{ bodyHash: Buffer; answer: Answer }>(
      `select body_hash as "bodyHash", answer from idempotent_request where scope = $1 and request_id = $2`,
      [scope, key],
    );
    if (known) {
      if (!known.bodyHash.equals(bodyHash)) return { ok: false, code: 'request-id-reused' };
      return { ok: true, answer: known.answer, isRepeat: true };
    }
    const answer = await work(tx);
    await sql.query(
      `insert into idempotent_request (scope, request_id, body_hash, answer, answered_at) values ($1, $2, $3, $4, $5)`,
      [scope, key, bodyHash, JSON.stringify(answer), deps.now.toString()],
    );
    return { ok: true, answer, isRepeat: false };
  });
}

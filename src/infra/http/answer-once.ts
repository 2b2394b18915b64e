import { Temporal } from 'temporal-polyfill';
import { isId, newId } from '../../base/ids.ts';
import { type Db, inTransaction, runnerOf } from '../db/index.ts';
import { forgetWhere } from '../jobs/forget.ts';
import type { Job } from '../jobs/jobs.ts';
import { type KeyRing, keyedHash } from '../secrets.ts';

/** What is remembered of an answer: enough to give it again, and never a secret. */
export type Remembered = { readonly [key: string]: string | number | boolean | null };

export type Once<Answer> =
  | { readonly ok: true; readonly answer: Answer; readonly isRepeat: boolean }
  | { readonly ok: false; readonly code: 'request-id-reused' };

interface OnceDeps {
  readonly db: Db;
  readonly hashKey: KeyRing;
  readonly now: Temporal.Instant;
}

/**
 * Does the work of a request with an `Idempotency-Key` once: a repeat gets the remembered answer, another body under
 * the same key is refused. Work and memory are one transaction. Without a key the work is simply done.
 *
 * @param request.body what makes two requests the same; hashed under a key, since it may hold a password
 */
export function answerOnce<Answer extends Remembered>(
  deps: OnceDeps,
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

/**
 * Does once what a form of ours asks for, which comes again where its button was tapped twice.
 *
 * @param form.scope what it is about, so that a form gone back to and changed asks for something else
 * @param form.requestId as it was posted
 */
export async function answerFormOnce<Answer extends Remembered>(
  deps: OnceDeps,
  form: { scope: string; requestId: string },
  work: (tx: Db) => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly isRepeat: boolean }> {
  const { scope, requestId } = form;
  const key = isId(requestId) ? requestId : newId();
  const done = await answerOnce(deps, { scope: `form:${scope}`, key, body: null }, work);
  if (!done.ok) throw new Error('a form has no body to differ in');
  return done;
}

/** As long as the ledger's: longer than a year, because a cause may come back with the same month of the year. */
const KEPT = Temporal.Duration.from({ hours: 400 * 24 });

/** Forgets old answers: the same request is a new one then. */
export function forgetOldRequests({ db }: { db: Db }): Job {
  return {
    name: 'http.forget-old-requests',
    everySeconds: 21_600,
    run(now, stopping) {
      const old = { table: 'idempotent_request', condition: 'answered_at < $1', before: now.subtract(KEPT) } as const;
      return forgetWhere(runnerOf(db), old, stopping);
    },
  };
}

import { createHash } from 'node:crypto';
import { newId } from '../../base/ids.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { type Action, insertAction, loadAction, loadActionOfRequest, type NewAction } from './action-store.ts';
import type { PrepayParts } from './deps.ts';
import { tellOfNew } from './events.ts';

/** Thrown to undo what was begun before it was refused. */
class NotDone extends Error {}

export interface Asked extends Omit<NewAction, 'actionId' | 'requestedAt'> {
  /** The sender's `Idempotency-Key`; without one each call is an action of its own. */
  readonly key: string | undefined;
  /** What makes two requests the same; no phone number as it is. */
  readonly body: readonly (string | number | null)[];
}

/**
 * Does what the operator's system asked for, once for each key: the action and what it moves are one transaction. A refusal
 * leaves nothing behind, and the key can be used again.
 */
export async function actOnce<Code extends string>(
  { db, clock, bodies }: Pick<PrepayParts, 'db' | 'clock' | 'bodies'>,
  { key, body, ...asked }: Asked,
  work: (tx: Db, action: NewAction) => Promise<Decision<unknown, Code>>,
): Promise<Decision<Action, Code | 'conflict'>> {
  const requestId = key === undefined ? newId() : `key:${key}`;
  const requestHash = createHash('sha256').update(JSON.stringify(body)).digest();
  let refusal: Code | undefined;
  try {
    return await inTransaction(db, async (tx): Promise<Decision<Action, 'conflict'>> => {
      const sql = runnerOf(tx);
      const action = { ...asked, actionId: newId(), requestedAt: clock.now() };
      if (await insertAction(sql, { ...action, requestId, requestHash })) {
        const done = await work(tx, action);
        if (!done.ok) {
          refusal = done.code;
          throw new NotDone(done.code);
        }
        const made = await actionOf(tx, action);
        await tellOfNew(sql, bodies, made);
        return accept(made);
      }
      const known = await loadActionOfRequest(sql, { kind: asked.kind, requestId });
      if (!known) throw new Error('a key that was used is not there');
      if (!known.requestHash.equals(requestHash)) return refuse('conflict');
      return accept(await actionOf(tx, { kind: asked.kind, actionId: known.actionId }));
    });
  } catch (error) {
    if (error instanceof NotDone && refusal !== undefined) return refuse(refusal);
    throw error;
  }
}

async function actionOf(tx: Db, named: Pick<NewAction, 'kind' | 'actionId'>): Promise<Action> {
  const action = await loadAction(runnerOf(tx), named);
  if (!action) throw new Error('an action that was taken on is not there');
  return action;
}

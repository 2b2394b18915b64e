import { createHash } from 'node:crypto';
import { newId } from '../../base/ids.ts';
import { type Accepted, accept } from '../../base/refusal.ts';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { type Action, insertAction, loadAction, loadActionOfRequest, type NewAction } from './action-store.ts';
import { KEY_CONFLICT, type Refusal } from './answers.ts';
import type { PrepayParts } from './deps.ts';
import { tellOfNew } from './events.ts';

/** Thrown to undo what was begun before it was refused. */
class NotDone extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

export interface Asked extends Omit<NewAction, 'actionId' | 'requestedAt'> {
  /** The sender's `Idempotency-Key`; without one each call is an action of its own. */
  readonly key: string | undefined;
  /** What makes two requests the same; no phone number as it is. */
  readonly sameBy: readonly (string | number | null)[];
  /** Moves what the action is about, under the action's id and in its transaction. */
  readonly move: (tx: Db, action: NewAction) => Promise<Accepted<unknown> | Refusal>;
}

/**
 * Does what the operator's system asked for, once for each key: the action and what it moves are one transaction. A refusal
 * leaves nothing behind, and the key can be used again.
 */
export async function actOnce(
  { db, clock, bodyOf }: Pick<PrepayParts, 'db' | 'clock' | 'bodyOf'>,
  { key, sameBy, move, ...asked }: Asked,
): Promise<Accepted<Action> | Refusal> {
  const requestId = key === undefined ? newId() : `key:${key}`;
  const requestHash = createHash('sha256').update(JSON.stringify(sameBy)).digest();
  try {
    return await inTransaction(db, async (tx) => {
      const sql = runnerOf(tx);
      const action = { ...asked, actionId: newId(), requestedAt: clock.now() };
      if (await insertAction(sql, { ...action, requestId, requestHash })) {
        const moved = await move(tx, action);
        if (!moved.ok) throw new NotDone(moved);
        const made = await actionOf(tx, action);
        await tellOfNew(sql, bodyOf, made);
        return accept(made);
      }
      const known = await loadActionOfRequest(sql, { kind: asked.kind, requestId });
      if (!known) throw new Error('a key that was used is not there');
      if (!known.requestHash.equals(requestHash)) return KEY_CONFLICT;
      return accept(await actionOf(tx, { kind: asked.kind, actionId: known.actionId }));
    });
  } catch (error) {
    if (error instanceof NotDone) return error.refusal;
    throw error;
  }
}

async function actionOf(tx: Db, named: Pick<NewAction, 'kind' | 'actionId'>): Promise<Action> {
  const action = await loadAction(runnerOf(tx), named);
  if (!action) throw new Error('an action that was taken on is not there');
  return action;
}

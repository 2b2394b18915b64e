import type { Temporal } from 'temporal-polyfill';
import { inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { type Hub, tellHub } from '../../infra/listeners/hub.ts';
import { RESOURCES, TYPES } from './action-body.ts';
import { type Action, loadEndedUntold, noteTold } from './action-store.ts';
import type { PrepayParts } from './deps.ts';

/** What became of an action; the standard knows no event for one that came about later than it was asked for. */
const ENDS = { completed: 'Complete', cancelled: 'Cancel', failed: 'Failure' } as const;

/** What listeners are told. */
export const prepayHub: Hub = {
  name: 'prepay',
  domain: 'PrepayBalanceManagement',
  eventTypes: Object.values(TYPES).flatMap((type) =>
    ['Create', ...Object.values(ENDS)].map((what) => `${type}${what}Event`),
  ),
};

type BodyOf = PrepayParts['bodyOf'];

/** Tells who listens that an action was taken on, in its transaction. */
export async function tellOfNew(sql: SqlRunner, bodyOf: BodyOf, action: Action): Promise<void> {
  await tell(sql, action.requestedAt, bodyOf, { action, what: 'Create' });
  await noteTold(sql, action);
}

const PORTION = 100;

/**
 * Tells who listens what became of actions that were open. Gifts are received in the talk, corrections approved in the console,
 * slices settled over the other interface: none of these needs to know that somebody listens.
 */
export function tellOfEnds({ db, bodyOf }: Pick<PrepayParts, 'db' | 'bodyOf'>): Job {
  return {
    name: 'prepay.ends',
    everySeconds: 5,
    run: (now, stopping) =>
      inPortions(PORTION, stopping, () =>
        inTransaction(db, async (tx) => {
          const sql = runnerOf(tx);
          const ended = await loadEndedUntold(sql, PORTION);
          for (const action of ended) {
            if (action.status === 'created') continue;
            await tell(sql, now, bodyOf, { action, what: ENDS[action.status] });
            await noteTold(sql, action);
          }
          return ended.length;
        }),
      ),
  };
}

function tell(
  sql: SqlRunner,
  now: Temporal.Instant,
  bodyOf: BodyOf,
  { action, what }: { action: Action; what: string },
): Promise<void> {
  const { kind } = action;
  // What people wrote stays out: it is read by whoever asks for the action.
  const body = bodyOf({ ...action, reason: null, note: null });
  return tellHub(sql, now, prepayHub, {
    eventType: `${TYPES[kind]}${what}Event`,
    event: { [RESOURCES[kind]]: body },
  });
}

import type { Clock } from '../base/clock.ts';
import { runBatch } from './batch.ts';
import type { Conversation } from './conversation.ts';
import { OutcomeUnknown, type Remedy, remedyFor } from './errors.ts';
import type { Queued } from './queued.ts';

/** How often a batch is run again when another transaction was in its way. */
const AGAIN_AT_MOST = 5;

export interface Desk {
  /** The connection in hand, or a new one. */
  conversation(): Promise<Conversation>;
  /** Gives the connection back; the next batch takes another. */
  leave(isBroken: boolean): void;
  readonly clock: Clock;
  readonly newId: () => string;
  /** How long to keep trying when the database does not answer, in milliseconds. */
  readonly patienceMs: number;
  onTrouble(remedy: Remedy, error: unknown, commands: number): void;
}

/**
 * Runs a batch until every command in it has an answer or an error of its own. Never rejects.
 *
 * A connection lost at COMMIT leaves open whether the batch took effect. Running the batch again settles it: it first
 * waits for the owners' locks, which the lost transaction holds until it has ended either way, and then reads the
 * stored answers; only what has none is decided. So nothing is done twice and nothing is guessed.
 */
export async function settle(batch: readonly Queued[], desk: Desk, wasUnknown = false): Promise<void> {
  const deadline = performance.now() + desk.patienceMs;
  let isUnknown = wasUnknown;
  for (let attempt = 1; ; attempt++) {
    let isCommitting = false;
    try {
      const conversation = await desk.conversation();
      const outcomes = await runBatch(conversation, batch, desk.clock.now(), desk.newId);
      isCommitting = true;
      await conversation.commit();
      for (const [i, outcome] of outcomes.entries()) batch[i]?.answer(outcome);
      return;
    } catch (error) {
      const remedy = remedyFor(error);
      desk.onTrouble(remedy, error, batch.length);
      await makeReady(desk, remedy);
      if (remedy === 'reconnect') isUnknown ||= isCommitting;

      const isWorthwhile = remedy === 'again' ? attempt <= AGAIN_AT_MOST : performance.now() < deadline;
      if ((remedy === 'again' || remedy === 'reconnect') && isWorthwhile) {
        await pause(remedy === 'again' ? 5 * attempt : Math.min(1_000, 50 * attempt));
        continue;
      }
      if (remedy === 'one-by-one' && batch.length > 1) {
        await settleHalves(batch, desk, isUnknown);
        return;
      }
      const reason = isUnknown
        ? new OutcomeUnknown('the database did not tell what became of it', { cause: error })
        : error;
      for (const queued of batch) queued.fail(reason);
      return;
    }
  }
}

/** Halves the batch until the command at fault is alone; all others are executed, in their order. */
async function settleHalves(batch: readonly Queued[], desk: Desk, isUnknown: boolean): Promise<void> {
  const middle = Math.ceil(batch.length / 2);
  await settle(batch.slice(0, middle), desk, isUnknown);
  await settle(batch.slice(middle), desk, isUnknown);
}

async function makeReady(desk: Desk, remedy: Remedy): Promise<void> {
  if (remedy === 'reconnect') return desk.leave(true);
  const isGood = await desk.conversation().then(
    (conversation) => conversation.rollback(),
    () => false,
  );
  if (!isGood) desk.leave(true);
}

/** Waits a random part of the given time, so that two processes in each other's way do not collide again. */
function pause(atMostMs: number): Promise<void> {
  return new Promise((done) => setTimeout(done, Math.random() * atMostMs));
}

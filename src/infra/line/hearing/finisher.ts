import type { Clock } from '../../../base/clock.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../../db/index.ts';
import { enqueueMessages, type OutgoingMessage } from '../outbox/outbox.ts';
import { type Marked, markDone } from './lanes.ts';

/**
 * What an event leads to: a function that writes it, in the transaction that marks the event as done, and returns the messages to send.
 * The messages of several events are entered into the outbox by one statement.
 */
export type Outcome = (tx: SqlRunner) => Promise<readonly OutgoingMessage[]>;

/** An event that was handled, and what it leads to. */
interface Handled {
  readonly eventId: string;
  readonly lane: string;
  readonly outcome: Outcome | undefined;
}

interface Waiting extends Handled {
  done(marked: Marked): void;
  fail(error: unknown): void;
}

export interface TalkFinisher {
  /** Resolves after the commit; rejects if nothing was written. */
  finish(handled: Handled): Promise<Marked>;
}

/** Events that are handled while a transaction is running go into the next one together: one commit for many answers. */
export function createTalkFinisher(options: { db: Db; clock: Clock; workerId: string }): TalkFinisher {
  const { db, clock, workerId } = options;
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await write(batch).catch(async (error: unknown) => {
        const [only, ...others] = batch;
        if (only && others.length === 0) return only.fail(error);
        // One that cannot be written must not stop the others.
        for (const each of batch) await write([each]).catch(each.fail);
      });
    }
    isWriting = false;
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    const byEvent = new Map(batch.map((each) => [each.eventId, each]));
    const all = await inTransaction(db, async (tx) => {
      const sql = runnerOf(tx);
      const marked = await markDone(sql, clock.now(), workerId, batch);
      const messages: OutgoingMessage[] = [];
      for (const { eventId, mark } of marked) {
        const outcome = mark === 'done' ? byEvent.get(eventId)?.outcome : undefined;
        if (outcome) messages.push(...(await outcome(sql)));
      }
      await enqueueMessages(sql, clock.now(), messages);
      return marked;
    });
    for (const marked of all) {
      // Another worker has taken the lane, and handles the event itself; nothing was written here.
      if (marked.mark === 'lane-lost') byEvent.get(marked.eventId)?.fail(new Error('the lane was lost'));
      else byEvent.get(marked.eventId)?.done(marked);
    }
  }

  return {
    finish: (handled) =>
      new Promise((done, fail) => {
        waiting.push({ ...handled, done, fail });
        if (isWriting) return;
        isWriting = true;
        // So what is handled in the same turn goes together.
        setImmediate(writeAll);
      }),
  };
}

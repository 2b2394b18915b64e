import type pg from 'pg';
import type { Clock } from '../base/clock.ts';
import { isId, newId } from '../base/ids.ts';
import { bodyHash } from './body-hash.ts';
import { type Conversation, startConversation } from './conversation.ts';
import type { Family, Json, Ledger, LedgerCommand, Submitted } from './family.ts';
import { createLane } from './lane.ts';
import type { AnyFamily, Queued } from './queued.ts';
import { settle } from './settle.ts';

export interface LedgerOptions {
  /** Open it with `pipeline: true`: without, every statement of a batch costs a round trip of its own. */
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log?: { warn(details: object, message: string): void };
  /** Commands that may wait; beyond, `submit` rejects with `LedgerBusy`. */
  readonly queueCapacity?: number;
  /** Commands in one transaction at most. */
  readonly batchSize?: number;
  /** How long to go on asking a database that is gone, in milliseconds. */
  readonly patienceMs?: number;
}

/** The ledger of this process: one queue, one lane, one connection while there is work. */
export function createLedger(options: LedgerOptions): Ledger {
  const { pool, clock, log, queueCapacity = 8_192, batchSize = 1_024, patienceMs = 10_000 } = options;
  const families = new Map<string, AnyFamily>();
  let inHand: Conversation | undefined;

  function leave(isBroken: boolean): void {
    inHand?.leave(isBroken);
    inHand = undefined;
  }

  const desk = {
    async conversation() {
      inHand ??= await startConversation(pool);
      return inHand;
    },
    leave,
    clock,
    newId: () => newId(),
    patienceMs,
    onTrouble: (remedy: string, err: unknown, commands: number) =>
      log?.warn({ err, remedy, commands }, 'a ledger batch was rolled back or lost'),
  };
  const lane = createLane<Queued>({
    batchSize,
    capacity: queueCapacity,
    run: (batch) => settle(batch, desk),
    onIdle: () => leave(false),
  });

  /** Facts are shared by all commands of a family in a batch, so a scope must mean one family. */
  function register(family: AnyFamily): void {
    const registered = families.get(family.scope) ?? family;
    if (registered !== family) throw new Error(`there are two families named ${family.scope}`);
    families.set(family.scope, family);
  }

  return {
    submit<Command extends LedgerCommand, Facts, Answer extends Json>(
      family: Family<Command, Facts, Answer>,
      command: Command,
    ): Promise<Submitted<Answer>> {
      return new Promise<Submitted<Answer>>((resolve, reject) => {
        register(family);
        const ownerIds = family.owners(command);
        const stranger = ownerIds.find((id) => !isId(id));
        if (stranger !== undefined) throw new TypeError(`${stranger} is not the id of an owner`);
        const queued: Queued = {
          family,
          command,
          ownerIds,
          bodyHash: bodyHash(family.body(command)),
          answer: (submitted: Submitted<Answer>) => resolve(submitted),
          fail: reject,
        };
        lane.add(queued);
      });
    },
    stop: () => lane.stop(),
  };
}

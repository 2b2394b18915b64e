import type pg from 'pg';
import type { Clock } from '../base/clock.ts';
import { isId, newId } from '../base/ids.ts';
import { createLane } from '../base/lane.ts';
import { isPlainName } from '../base/plain-name.ts';
import { runBulk } from './bulk.ts';
import { type Conversation, startConversation } from './conversation.ts';
import { LedgerBusy } from './errors.ts';
import type { Family, Json, Ledger, LedgerCommand, Submitted } from './family.ts';
import { type AnyFamily, type Queued, queuedFor } from './queued.ts';
import { type Desk, settle } from './settle.ts';

export interface LedgerOptions {
  /** Best a pool of its own with six connections, opened with `byKeySettings`: without those settings the database plans worse. */
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log?: { warn(details: object, message: string): void };
  /** How many commands may wait; when there are more, `submit` rejects with `LedgerBusy`. */
  readonly queueCapacity?: number;
  /** How many commands a transaction has at most. */
  readonly batchSize?: number;
  /** How long to keep trying when the database is gone, in milliseconds. */
  readonly patienceMs?: number;
}

/**
 * How many batches run at the same time: the program decides one while the database works on others or waits for its disk.
 * Measured: compared with three, four count a tenth more records of a usage feed, and gifts alone are as fast, but a gift beside a
 * feed takes 18 ms instead of 13 (p99: 60 instead of 50). Two count a sixth fewer records than three.
 */
const TRACKS = 4;
const WORTH_A_TRACK = 64;
/**
 * A batch of 256 commands of mass work takes some 15 ms, and a person's command may have to wait for it. When nobody else
 * comes, batches are four times as large, which saves the program and the database a fifth of their work.
 */
const PATIENT_AT_ONCE = { beside: 256, alone: 1_024 };

const STOPPING = 'the ledger is stopping';

/** How much more mass work may wait than people's commands: four feeds at once have two portions each under way. */
const MASS_OF_PEOPLE = 5;

/**
 * The ledger of this process: one queue. It holds a connection only while there is work, up to four while there is much, and one
 * more for each bulk.
 */
export function createLedger(options: LedgerOptions): Ledger {
  const { pool, clock, log, queueCapacity = 8_192, batchSize = 1_024, patienceMs = 10_000 } = options;
  const families = new Map<string, AnyFamily>();
  const bulks = new Set<Promise<unknown>>();
  let isStopping = false;

  /** Executes the batches of one track, on a connection of its own. */
  function openDesk(): Desk {
    let inHand: Conversation | undefined;
    return {
      async conversation() {
        inHand ??= await startConversation(pool);
        return inHand;
      },
      leave(isBroken) {
        inHand?.leave(isBroken);
        inHand = undefined;
      },
      clock,
      newId: () => newId(),
      patienceMs,
      onTrouble: (remedy, err, commands) =>
        log?.warn({ err, remedy, commands }, 'a ledger batch was rolled back or lost'),
    };
  }
  // With a smaller pool, a track more would only wait for another's connection.
  const desks = Array.from({ length: Math.min(TRACKS, pool.options.max) }, openDesk);
  const lane = createLane<Queued>({
    batchSize,
    capacity: queueCapacity,
    patientCapacity: MASS_OF_PEOPLE * queueCapacity,
    tracks: desks.length,
    worthATrack: WORTH_A_TRACK,
    keysOf: (queued) => queued.keys,
    isPatient: (queued) => queued.isPatient,
    sizeOf: (queued) => queued.size,
    patientAtOnce: PATIENT_AT_ONCE,
    run: async (batch, track) => {
      const desk = desks[track];
      if (desk !== undefined) await settle(batch, desk);
    },
    onIdle: (track) => desks[track]?.leave(false),
  });

  /** Facts are shared by all commands of a family in a batch, so a scope must mean one family. */
  function register(family: AnyFamily): void {
    if (!isPlainName(family.scope)) throw new Error(`not the name of a family: ${family.scope}`);
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
        const queued = queuedFor(family, command, { answer: resolve, fail: reject });
        const stranger = queued.ownerIds.find((id) => !isId(id));
        if (stranger !== undefined) throw new TypeError(`${stranger} is not the id of an owner`);
        const taken = lane.add(queued);
        if (taken === 'full') throw new LedgerBusy('too many commands are waiting already');
        if (taken === 'stopping') throw new LedgerBusy(STOPPING);
      });
    },
    async inBulk(work) {
      if (isStopping) throw new LedgerBusy(STOPPING);
      const bulk = runBulk(pool, clock, work);
      bulks.add(bulk);
      try {
        return await bulk;
      } finally {
        bulks.delete(bulk);
      }
    },
    async stop() {
      isStopping = true;
      await Promise.all([lane.stop(), Promise.allSettled(bulks)]);
    },
  };
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createAdjustableClock } from '../../../base/clock.ts';
import { type Database, runnerOf } from '../../db/index.ts';
import { fileArrivals } from '../arrivals/arrivals-store.ts';
import { createEventStore } from '../arrivals/event-store.ts';
import { enqueueMessages } from '../outbox/outbox.ts';
import type { StoredEvent } from './lanes.ts';
import { createTalkWorker, type TalkWorkerOptions } from './worker.ts';

let database: Database;
const clock = createAdjustableClock();
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  clock.freeze('2026-11-23T03:00:00Z');
  await database.db.deleteFrom('line_event').execute();
  await database.db.deleteFrom('line_arrival').execute();
  await database.db.deleteFrom('talk_lane').execute();
  await database.db.deleteFrom('outbox').execute();
});

const personOf = (n: number) => `U${String(n).padStart(32, '0')}`;

/** Stores events given as `[person, second]`, in the order given; an event's id is `person-second`. */
async function store(...events: (readonly [person: number | null, second: number])[]): Promise<void> {
  const door = createEventStore({ sql: runnerOf(database.db), clock, maximumWaiting: 10_000 });
  for (const [person, second] of events) {
    const said = {
      webhookEventId: `${person ?? 'nobody'}-${second}`,
      type: 'message',
      timestamp: clock.now().epochMilliseconds - 60_000 + second * 1_000,
      ...(person !== null && { source: { userId: personOf(person) } }),
    };
    await door.store([{ ...said, lineUserId: said.source?.userId ?? null, payload: JSON.stringify(said) }]);
  }
}

function workerWith(handle: TalkWorkerOptions['handle'], change: Partial<TalkWorkerOptions> = {}) {
  return createTalkWorker({ db: database.db, clock, handle, ...change });
}
const rowOf = (id: string) =>
  database.db.selectFrom('line_event').selectAll().where('webhook_event_id', '=', id).executeTakeFirstOrThrow();

describe('order', () => {
  test("a person's events are heard as they happened, not as they came", async () => {
    await store([1, 3], [1, 1], [1, 2]);
    const heard: string[] = [];
    const worker = workerWith(async (event) => void heard.push(event.eventId));
    await worker.drain();
    expect(heard).toEqual(['1-1', '1-2', '1-3']);
    expect(await worker.isIdle()).toBe(true);
  });

  test('different people are heard side by side, at most as many as allowed', async () => {
    await store(...Array.from({ length: 12 }, (_, person) => [person, 1] as const));
    let present = 0;
    let most = 0;
    await workerWith(
      async () => {
        present += 1;
        most = Math.max(most, present);
        await new Promise((resolve) => setTimeout(resolve, 20));
        present -= 1;
        return undefined;
      },
      { parallel: 4 },
    ).drain();
    expect(most).toBe(4);
  });

  test('two workers: each event once, no person with both at a time, everybody in order', async () => {
    const events = Array.from({ length: 10 }, (_, person) => Array.from({ length: 8 }, (_, n) => [person, n] as const));
    await store(...events.flat());
    const heard: string[] = [];
    const present = new Set<string | null>();
    const overlaps: string[] = [];
    const handle = async (event: StoredEvent) => {
      if (present.has(event.lineUserId)) overlaps.push(event.eventId);
      present.add(event.lineUserId);
      heard.push(event.eventId);
      await new Promise((resolve) => setTimeout(resolve, 1));
      present.delete(event.lineUserId);
      return undefined;
    };
    const workers = [workerWith(handle), workerWith(handle)];
    for (const worker of workers) worker.start();
    while (!(await workers[0]?.isIdle())) await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(overlaps).toEqual([]);
    expect([...heard].sort()).toEqual(
      events
        .flat()
        .map(([person, n]) => `${person}-${n}`)
        .sort(),
    );
    for (const own of events) {
      const expected = own.map(([person, n]) => `${person}-${n}`);
      expect(heard.filter((id) => expected.includes(id))).toEqual(expected);
    }
  });

  test('what only came, and is not filed yet, is work that is left', async () => {
    const worker = workerWith(async () => undefined);
    expect(await worker.isIdle()).toBe(true);
    await store([1, 1]);
    expect(await worker.isIdle()).toBe(false);
    await worker.drain();
    expect(await worker.isIdle()).toBe(true);
  });

  test('what cannot be filed is told, and the others are heard', async () => {
    await database.pool.query(`insert into line_arrival (received_at, events) values (now(), '[')`);
    await store([1, 1]);
    const told: [string, boolean][] = [];
    const heard: string[] = [];
    const worker = workerWith(async (event) => void heard.push(event.eventId), {
      onError: ({ type, isParked }) => told.push([type, isParked]),
    });
    await worker.drain();
    expect([heard, told]).toEqual([['1-1'], [['arrival', true]]]);
    expect(await worker.isIdle()).toBe(true);
  });

  test('events that name nobody are heard too', async () => {
    await store([null, 1], [null, 2]);
    const heard: (string | null)[] = [];
    await workerWith(async (event) => void heard.push(event.lineUserId)).drain();
    expect(heard).toEqual([null, null]);
  });
});

describe('once', () => {
  test('the answer and the done mark are written together', async () => {
    await store([1, 1]);
    const worker = workerWith(async (event) => async (tx) => {
      await enqueueMessages(tx, clock.now(), [{ lineUserId: personOf(1), messages: [], dedupeKey: event.eventId }]);
      throw new Error('just after the answer was written');
    });
    await worker.drain();
    expect(await database.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
    expect((await rowOf('1-1')).done_at).toBeNull();
  });

  test('an event handled twice is answered once', async () => {
    await store([1, 1]);
    let times = 0;
    const worker = workerWith(async (event) => {
      times += 1;
      if (times === 1) {
        // Another worker did it meanwhile.
        await database.db
          .updateTable('line_event')
          .set({ done_at: clock.now().toString() })
          .where('webhook_event_id', '=', event.eventId)
          .execute();
      }
      return async () => [{ lineUserId: personOf(1), messages: [], dedupeKey: `event:${event.eventId}` }];
    });
    await worker.drain();
    expect(await database.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
  });

  test('of those who are answered together, one who cannot be takes none of the others along', async () => {
    await store([1, 1], [2, 1], [3, 1]);
    let present = 0;
    const answers: string[] = [];
    const worker = workerWith(async ({ eventId, lineUserId }) => {
      // All three come to their end in one turn.
      present += 1;
      while (present < 3) await new Promise(setImmediate);
      if (eventId === '3-1') await database.pool.query('delete from talk_lane where lane = $1', [lineUserId]);
      return async () => {
        answers.push(eventId);
        if (eventId === '2-1') throw new Error('never');
        return [{ lineUserId: lineUserId ?? '', messages: [], dedupeKey: eventId }];
      };
    });
    await worker.drain();
    expect(answers.filter((id) => id === '2-1').length).toBeGreaterThan(0);
    const written = await database.db.selectFrom('outbox').select('dedupe_key').execute();
    expect(written).toEqual([{ dedupe_key: '1-1' }]);
    expect((await rowOf('2-1')).done_at).toBeNull();
  });

  test('a worker that lost its lane writes nothing', async () => {
    await store([1, 1]);
    const worker = workerWith(async () => {
      await database.db.updateTable('talk_lane').set({ worker_id: '00000000-0000-7000-8000-000000000000' }).execute();
      return async () => [{ lineUserId: personOf(1), messages: [], dedupeKey: 'x' }];
    });
    await worker.drain();
    expect(await database.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
    expect((await rowOf('1-1')).done_at).toBeNull();
  });
});

describe('failures', () => {
  test('are tried again later, and what the person said next waits for it', async () => {
    await store([1, 1], [1, 2], [2, 1]);
    const heard: string[] = [];
    let isWell = false;
    const worker = workerWith(async (event) => {
      if (event.eventId === '1-1' && !isWell) throw new Error('not now');
      heard.push(event.eventId);
      return undefined;
    });
    await worker.drain();
    expect(heard).toEqual(['2-1']);
    isWell = true;
    await worker.drain();
    expect(heard).toEqual(['2-1']);
    clock.advance('PT1S');
    await worker.drain();
    expect(heard).toEqual(['2-1', '1-1', '1-2']);
  });

  test('five of them and the event is set aside; the person is told and goes on', async () => {
    await store([1, 1], [1, 2]);
    const heard: string[] = [];
    const told: string[] = [];
    const errors: [string, number, boolean][] = [];
    const worker = workerWith(
      async (event) => {
        heard.push(event.eventId);
        if (event.eventId === '1-1') throw new Error('never');
        return undefined;
      },
      {
        apologise: async (event) => async () => {
          told.push(event.eventId);
          return [];
        },
        onError: ({ eventId, attempts, isParked }) => errors.push([eventId, attempts, isParked]),
      },
    );
    for (let round = 0; round < 8; round += 1) {
      await worker.drain();
      clock.advance('PT30S');
    }
    expect(heard).toEqual(['1-1', '1-1', '1-1', '1-1', '1-1', '1-2']);
    expect(told).toEqual(['1-1']);
    expect(errors.at(-1)).toEqual(['1-1', 5, true]);
    expect(await rowOf('1-1')).toMatchObject({ attempts: 5, done_at: null, last_error: 'never' });
    expect((await rowOf('1-1')).parked_at).not.toBeNull();
  });

  test('attempts that ended with their process count: the sixth is not begun', async () => {
    await store([1, 1]);
    await fileArrivals(runnerOf(database.db), () => undefined);
    await database.db.updateTable('line_event').set({ attempts: 5 }).execute();
    const heard: string[] = [];
    await workerWith(async (event) => void heard.push(event.eventId)).drain();
    expect(heard).toEqual([]);
    expect((await rowOf('1-1')).parked_at).not.toBeNull();
  });

  test('a lane whose worker died is taken over when its lease has run out, not before', async () => {
    await store([1, 1]);
    const sql = runnerOf(database.db);
    const dead = '00000000-0000-7000-8000-000000000000';
    const lease = (interval: string) =>
      sql.query(
        `insert into talk_lane values ($1, $2, clock_timestamp() + $3::interval)
         on conflict (lane) do update set leased_until = excluded.leased_until`,
        [personOf(1), dead, interval],
      );
    const heard: string[] = [];
    const worker = workerWith(async (event) => void heard.push(event.eventId));
    await lease('1 hour');
    await worker.drain();
    expect(heard).toEqual([]);
    await lease('-1 second');
    await worker.drain();
    expect(heard).toEqual(['1-1']);
  });
});

import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { newId } from '../../../base/ids.ts';
import { type Database, runnerOf } from '../../../infra/db/index.ts';
import { loadMeasures } from './measures.ts';
import { measuresCsv } from './measures-csv.ts';

let database: Database;
const staffId = newId();
beforeAll(async () => {
  database = await testDatabase();
  await runnerOf(database.db).query(
    `insert into staff (staff_id, login_id, password_hash, name, role, created_at)
     values ($1, 'agent', '', 'Agent', 'agent', now())`,
    [staffId],
  );
  for (const each of CONVERSATIONS) await insert(each);
});
afterAll(() => database.close());

interface Told {
  /** On the operator's clock. */
  asked: string;
  origin?: 'talk' | 'message';
  state?: string;
  takenAfter?: number;
  answeredAfter?: number;
  closedAfter?: number;
  because?: string;
  said?: 1 | 2 | 3;
}

/** Two days around midnight in Tokyo; seconds after the asking. */
const CONVERSATIONS: readonly Told[] = [
  { asked: '2026-11-17T10:00', takenAfter: 30, answeredAfter: 60, closedAfter: 600, said: 3 },
  { asked: '2026-11-17T10:59:59', takenAfter: 90, answeredAfter: 100, closedAfter: 600, said: 1 },
  { asked: '2026-11-17T11:00', takenAfter: 600, answeredAfter: 900, closedAfter: 1_000 },
  // Gave up.
  { asked: '2026-11-17T11:30', closedAfter: 300, because: 'person' },
  // Closed on the next day.
  { asked: '2026-11-17T23:59', takenAfter: 10, answeredAfter: 20, closedAfter: 120, said: 3 },
  { asked: '2026-11-18T10:00', origin: 'message', takenAfter: 3_000, answeredAfter: 3_600 },
  { asked: '2026-11-18T10:05', origin: 'message', state: 'leaving' },
  { asked: '2026-11-18T10:06', origin: 'message', closedAfter: 900, because: 'nothing-said' },
  { asked: '2026-11-18T10:30', state: 'waiting' },
  // Asked for before the period, closed within.
  { asked: '2026-11-16T23:59:59', takenAfter: 5, answeredAfter: 6, closedAfter: 30, said: 2 },
];

const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Tokyo').toInstant();

async function insert(told: Told): Promise<void> {
  const asked = at(told.asked);
  const after = (seconds: number | undefined) => (seconds === undefined ? null : String(asked.add({ seconds })));
  const closedAt = after(told.closedAfter);
  const state = told.state ?? (closedAt ? 'closed' : 'open');
  const id = newId();
  await runnerOf(database.db).query(
    `insert into conversation (conversation_id, line_user_id, state, origin, language, staff_id, begun_by_event, asked_at,
       queued_at, taken_at, answered_at, closed_at, closed_because, satisfaction)
     values ($1::uuid, $1::uuid::text, $2, $3, 'ja', $4, $1::uuid::text, $5, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      state,
      told.origin ?? 'talk',
      told.takenAfter === undefined ? null : staffId,
      String(asked),
      after(told.takenAfter),
      after(told.answeredAfter),
      closedAt,
      closedAt && (told.because ?? 'staff'),
      told.said ?? null,
    ],
  );
}

const period = { firstDay: '2026-11-17', lastDay: '2026-11-18' };
const measures = (cut: 'day' | 'hour') =>
  loadMeasures(
    runnerOf(database.db),
    async () => [
      { hour: at('2026-11-17T10:00'), answered: 10, unanswered: 2 },
      { hour: at('2026-11-18T10:00'), answered: 1, unanswered: 1 },
    ],
    { period, cut, zone: 'Asia/Tokyo' },
  );

test('by day', async () => {
  const { whole, slots } = await measures('day');
  expect(slots).toEqual([
    {
      name: '2026-11-17',
      wishes: 5,
      taken: 4,
      leftBefore: 1,
      waitedMedian: 30,
      waitedMost: 600,
      answeredMedian: 60,
      messageAnsweredMedian: null,
      questions: 12,
      unanswered: 2,
      botSolved: 5 / 12,
      closed: 4,
      rated: 3,
      good: 1,
      fair: 1,
      poor: 1,
      satisfied: 1 / 3,
    },
    {
      name: '2026-11-18',
      wishes: 2,
      taken: 0,
      leftBefore: 0,
      waitedMedian: null,
      waitedMost: null,
      answeredMedian: null,
      messageAnsweredMedian: 3_600,
      questions: 2,
      unanswered: 1,
      botSolved: 0,
      closed: 1,
      rated: 1,
      good: 1,
      fair: 0,
      poor: 0,
      satisfied: 1,
    },
  ]);
  expect(whole).toMatchObject({ wishes: 7, taken: 4, waitedMedian: 30, questions: 14, rated: 4, satisfied: 0.5 });
});

test('by hour of the clock: an hour belongs to when it began, and where nothing was there is nothing', async () => {
  const { slots } = await measures('hour');
  expect(slots[10]).toMatchObject({
    wishes: 4,
    taken: 2,
    waitedMedian: 30,
    waitedMost: 90,
    messageAnsweredMedian: 3_600,
  });
  expect(slots[11]).toMatchObject({
    wishes: 2,
    taken: 1,
    leftBefore: 1,
    waitedMedian: 600,
    closed: 2,
    satisfied: 0,
  });
  expect(slots[0]).toMatchObject({ wishes: 0, waitedMedian: null, botSolved: null, closed: 2, good: 1, fair: 1 });
  expect(slots[3]).toMatchObject({ wishes: 0, questions: 0, botSolved: null, satisfied: null });
});

test('the file has an empty cell where the page has a dash', async () => {
  const [head, first, second] = measuresCsv(await measures('day'), 'day', 'en').split('\r\n');
  expect(head).toMatch(/^\uFEFFDay,Wishes for a person,Taken,/);
  expect(first).toBe('2026-11-17,5,4,1,30,600,60,,12,2,0.417,4,3,1,1,1,0.333');
  expect(second).toBe('2026-11-18,2,0,0,,,,3600,2,1,0,1,1,1,0,0,1');
});

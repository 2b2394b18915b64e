import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { createPointWorld, type PointWorld } from '../../../tests/support/point-world.ts';
import { newId } from '../../base/ids.ts';
import type { Database } from '../../infra/db/index.ts';
import { postponeOrder } from './delivery-store.ts';

const NOON = '2026-11-11T12:00:00+09:00';
/** More sets than anybody may wait for, so that a race meets every limit but one. */
const sets = Array.from({ length: 50 }, (_, index) => ({
  code: `set-${index}`,
  name: { ja: `セット${index}`, en: `Set ${index}` },
  productId: String(40_000 + index),
  pricePoints: 50,
  isOpen: true,
  picture: '<svg/>',
}));
const operator = {
  ...testOperator,
  points: { ...testOperator.points, stickersWaiting: 100 },
  stickers: [...testOperator.stickers, ...sets],
};

let database: Database;
let world: PointWorld;
beforeAll(async () => {
  database = await testDatabase();
  world = createPointWorld(database, NOON, operator);
});
beforeEach(() => world.clock.freeze(NOON));
afterEach(async () => {
  // What a test leaves on its way arrives before the next.
  world.answers.length = 0;
  world.clock.advance('PT25H');
  await world.deliver();
  world.asked.length = 0;
  expect(await world.faults()).toEqual([]);
});
afterAll(async () => {
  await world.close();
  await database.close();
});

type Person = Awaited<ReturnType<PointWorld['person']>>;

function order(person: Person, stickerCode = 'cat', requestId = newId(), actions = world.actions) {
  return actions.orderSticker({ ...person, requestId, stickerCode });
}
function said(submitted: Awaited<ReturnType<typeof order>>): string {
  if (!submitted.ok) return submitted.code;
  return submitted.answer.result === 'refused' ? submitted.answer.code : submitted.answer.result;
}
const waiting = async (orderId: string) =>
  (await world.sql.query<{ state: string }>('select state from sticker_order where order_id = $1', [orderId]))[0]
    ?.state;
const orderIdIn = (submitted: Awaited<ReturnType<typeof order>>) =>
  submitted.ok && submitted.answer.result === 'ordered' ? submitted.answer.orderId : '';
const refused = (status: number) =>
  ({ kind: 'refused', status, message: 'no', requestId: null, acceptedRequestId: null }) as const;
const silence = { kind: 'no-answer', isCertainlyUnsent: false, message: 'no answer in 5000 ms' } as const;

describe('an order', () => {
  test('sets the price aside at once, is delivered, spends it, and the person is told', async () => {
    const person = await world.person({ points: 80 });
    const submitted = await order(person);
    expect(said(submitted)).toBe('ordered');
    expect(await world.balance(person.contractorId)).toBe(30);
    await world.deliver();
    expect(world.asked).toEqual([`${person.lineUserId} 30001`]);
    expect(await waiting(orderIdIn(submitted))).toBe('delivered');
    expect(await world.balance(person.contractorId)).toBe(30);
    expect(await world.history(person.contractorId)).toEqual(['goodwill 80', 'sticker -50']);
    expect((await world.told(person.lineUserId)).at(-1)).toMatch(/^スタンプ「さくらねこ」が届きました。/);
    await world.deliver();
    expect(world.asked).toHaveLength(1);
    // Another process that believed LINE had refused comes late.
    const settled = { kind: 'settle-sticker', outcome: 'returned', why: 'late', requestId: newId() } as const;
    const { contractorId } = person;
    await world.ledger.submit(world.family, { ...settled, contractorId, orderId: orderIdIn(submitted) });
    expect(await world.balance(contractorId)).toBe(30);
    expect(await waiting(orderIdIn(submitted))).toBe('delivered');
  });

  test('waits for itself alone: another is asked for at its own time', async () => {
    const [slow, quick] = [await world.person({ points: 50 }), await world.person({ points: 50 })];
    const orderId = orderIdIn(await order(slow));
    await order(quick);
    await postponeOrder(world.sql, { orderId, at: world.clock.now().add({ hours: 1 }), why: 'no answer' });
    await world.deliver();
    expect(world.asked).toEqual([`${quick.lineUserId} 30001`]);
  });

  test('rests while the ledger does not agree with itself, and goes on when a later look agrees', async () => {
    const person = await world.person({ points: 80 });
    const looked = (findingCount: number) =>
      world.sql.query('insert into ledger_check (checked_at, finding_count, findings) values ($1, $2, $3)', [
        world.clock.now().toString(),
        findingCount,
        '[]',
      ]);
    await looked(1);
    expect(said(await order(person))).toBe('paused');
    expect(await world.balance(person.contractorId)).toBe(80);
    world.clock.advance('PT1S');
    await looked(0);
    expect(said(await order(person))).toBe('ordered');
  });

  test('that LINE refuses gives the points back, and the person is told', async () => {
    const person = await world.person({ points: 80 });
    const orderId = orderIdIn(await order(person));
    world.answers.push(refused(400));
    await world.deliver();
    expect(await waiting(orderId)).toBe('returned');
    expect(await world.balance(person.contractorId)).toBe(80);
    expect((await world.told(person.lineUserId)).at(-1)).toContain('50ポイントをお返ししました');
    expect(said(await order(person))).toBe('ordered');
  });

  test('of which LINE says nothing is asked again, and settled once', async () => {
    const person = await world.person({ points: 50 });
    const orderId = orderIdIn(await order(person));
    world.answers.push(silence, refused(500));
    await world.deliver();
    await world.deliver();
    expect(world.asked).toHaveLength(1);
    world.clock.advance('PT3S');
    await world.deliver();
    expect(await waiting(orderId)).toBe('waiting');
    world.clock.advance('PT10S');
    await world.deliver();
    expect(await waiting(orderId)).toBe('delivered');
    expect(world.asked).toHaveLength(3);
    expect(await world.told(person.lineUserId)).toHaveLength(1);
  });

  test('that never becomes certain gives the points back after a day', async () => {
    const person = await world.person({ points: 50 });
    const orderId = orderIdIn(await order(person));
    for (let hour = 0; hour < 25; hour += 1) {
      world.answers.push(silence);
      await world.deliver();
      world.clock.advance('PT1H');
    }
    expect(await waiting(orderId)).toBe('returned');
    expect(await world.balance(person.contractorId)).toBe(50);
  });

  test('whose process dies after asking LINE is asked again when the lease is over', async () => {
    const person = await world.person({ points: 50 });
    const orderId = orderIdIn(await order(person));
    const { giveStickers } = world.line;
    world.line.giveStickers = () => Promise.reject(new Error('killed'));
    await expect(world.deliver()).rejects.toThrow('killed');
    world.line.giveStickers = giveStickers;
    await world.deliver();
    expect(world.asked).toEqual([]);
    world.clock.advance('PT61S');
    await world.deliver();
    expect(await waiting(orderId)).toBe('delivered');
  });

  test('gives back what had ended meanwhile, so that it can still be used', async () => {
    const person = await world.person({ points: 50 });
    await order(person);
    world.answers.push(silence);
    await world.deliver();
    world.clock.advance('PT4800H');
    world.answers.push(refused(400));
    await world.deliver();
    expect(await world.balance(person.contractorId)).toBe(50);
    world.clock.advance('PT768H');
    expect(await world.balance(person.contractorId)).toBe(0);
    await world.expire();
  });
});

describe('refused, in this order', () => {
  test.each([
    ['not-linked', { points: 0 }, 'closed'],
    ['not-enough-points', { points: 49 }, 'closed'],
    ['not-for-sale', { points: 50 }, 'closed'],
    ['not-for-sale', { points: 50 }, 'no-such-set'],
  ])('%s', async (code, of, set) => {
    const person = await world.person(of);
    const by = code === 'not-linked' ? { ...person, lineUserId: (await world.person()).lineUserId } : person;
    expect(said(await order(by, set))).toBe(code);
    expect(await world.balance(person.contractorId)).toBe(of.points);
  });

  test('too many waiting', async () => {
    const few = createPointWorld(database, NOON, { ...operator, points: testOperator.points });
    const person = await world.person({ points: 500 });
    const codes = [];
    for (const set of ['set-0', 'set-1', 'set-2', 'set-3']) {
      codes.push(said(await order(person, set, newId(), few.actions)));
    }
    await few.close();
    expect(codes).toEqual(['ordered', 'ordered', 'ordered', 'too-many-waiting']);
  });

  test('already theirs: waiting, delivered, and by another contract', async () => {
    const person = await world.person({ points: 500 });
    const other = await world.person({ points: 500 });
    await world.link(other.contractorId, { lineUserId: person.lineUserId });
    expect(said(await order(person))).toBe('ordered');
    expect(said(await order(person))).toBe('already-theirs');
    await world.deliver();
    expect(said(await order(person))).toBe('already-theirs');
    expect(said(await order({ ...other, lineUserId: person.lineUserId }))).toBe('already-theirs');
  });
});

describe('races', () => {
  test('the same request many times is one order', async () => {
    const person = await world.person({ points: 500 });
    const requestId = newId();
    const elsewhere = world.actionsOn(world.otherLedger());
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => order(person, 'cat', requestId, index % 2 ? elsewhere : world.actions)),
    );
    expect(new Set(all.map(orderIdIn)).size).toBe(1);
    expect(await world.balance(person.contractorId)).toBe(450);
  });

  test.each([2, 20, 50])('%i ask for the same fifty points at once, from two processes: one has them', async (many) => {
    const elsewhere = world.actionsOn(world.otherLedger());
    const person = await world.person({ points: 50 });
    const codes = await Promise.all(
      Array.from({ length: many }, async (_, index) =>
        said(await order(person, `set-${index}`, newId(), index % 2 ? elsewhere : world.actions)),
      ),
    );
    expect(codes.filter((code) => code === 'ordered')).toHaveLength(1);
    expect(codes.filter((code) => code === 'not-enough-points')).toHaveLength(many - 1);
    expect(await world.balance(person.contractorId)).toBe(0);
  });

  test('two contracts give the same person the same set at once: one does', async () => {
    const elsewhere = world.actionsOn(world.otherLedger());
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [await world.person({ points: 50 }), await world.person({ points: 50 })];
      await world.link(b.contractorId, { lineUserId: a.lineUserId });
      const codes = await Promise.all([order(a), order({ ...b, lineUserId: a.lineUserId }, 'cat', newId(), elsewhere)]);
      expect(codes.map(said).sort()).toEqual(['already-theirs', 'ordered']);
    }
  });

  test('two processes deliver the same orders once each', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => world.person({ points: 50 })));
    await Promise.all(people.map((person) => order(person)));
    await Promise.all([world.deliver(), world.deliver(), world.deliver()]);
    expect(world.asked).toHaveLength(30);
    expect(new Set(world.asked).size).toBe(30);
  });
});

import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { createGiftTable, type GiftTable } from '../../../tests/support/gift-script.ts';
import { MB } from '../../base/bytes.ts';
import { monthOf } from '../../base/operator-month.ts';
import type { DataAnswer } from '../data/batch/commands.ts';
import type { GiftAnswer, GiftCommand } from './commands.ts';

const PEOPLE = ['A', 'B', 'C'];
/** Random sequences of deeds against the model: `SEQUENCES=10000 npx vitest run properties` for a long look. */
const SEQUENCES = Number(process.env.SEQUENCES ?? 300);
const START = '2026-04-20T12:00';
const KINDS = ['carry-over', 'gift', 'base', 'top-up'] as const;

type Deed =
  | { readonly do: 'give' | 'offer'; readonly from: string; readonly to: string; readonly megabytes: number }
  | { readonly do: 'accept'; readonly which: number; readonly by: string }
  | { readonly do: 'decline' | 'take-back'; readonly which: number }
  | { readonly do: 'use'; readonly by: string; readonly megabytes: number }
  | { readonly do: 'lend'; readonly of: string; readonly megabytes: number; readonly hours: number }
  | { readonly do: 'settle'; readonly which: number; readonly megabytes: number }
  | { readonly do: 'release'; readonly which: number }
  | { readonly do: 'wait'; readonly hours: number };

const person = fc.constantFrom(...PEOPLE);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    do: fc.constantFrom('give' as const, 'offer' as const),
    from: person,
    to: person,
    megabytes: fc.constantFrom(0, 250, 500, 1_000, 1_500, 3_000, 3_500),
  }),
  fc.record({ do: fc.constant('accept' as const), which: fc.nat(5), by: person }),
  fc.record({ do: fc.constantFrom('decline' as const, 'take-back' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('use' as const), by: person, megabytes: fc.integer({ min: 1, max: 2_000 }) }),
  fc.record({
    do: fc.constant('lend' as const),
    of: person,
    megabytes: fc.integer({ min: 1, max: 4_000 }),
    hours: fc.constantFrom(1, 24),
  }),
  fc.record({
    do: fc.constant('settle' as const),
    which: fc.nat(3),
    megabytes: fc.integer({ min: 0, max: 4_000 }),
  }),
  fc.record({ do: fc.constant('release' as const), which: fc.nat(3) }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 24, 100, 300) }),
);
const deeds = fc.array(deed, { maxLength: 25 });

function setTable(): GiftTable {
  const table = createGiftTable(START);
  for (const name of PEOPLE) {
    table.add(name);
    table.stock(name, 'carry-over', 700 * MB);
    table.stock(name, 'base', 3_000 * MB);
    table.stock(name, 'top-up', 1_000 * MB);
  }
  return table;
}

/** The command of a deed on a gift, or undefined for one that was never made. */
function commandOf(table: GiftTable, act: Deed): GiftCommand | undefined {
  const ids = { requestId: table.newId(), giftId: table.newId() };
  switch (act.do) {
    case 'give':
    case 'offer': {
      const common = { ...ids, senderSubscriptionId: table.idOf(act.from), amountBytes: act.megabytes * MB };
      return act.do === 'give'
        ? { kind: 'direct', ...common, receiverSubscriptionId: table.idOf(act.to) }
        : {
            kind: 'offer',
            ...common,
            senderLineUserId: `U-${act.from}`,
            way: 'share-link',
            receiverSubscriptionId: null,
            claimTokenHash: null,
            giftCodeHash: null,
            receiverNumberHash: null,
          };
    }
    case 'accept':
    case 'decline':
    case 'take-back': {
      const gift = [...table.batch.gifts.values()][act.which];
      if (gift === undefined) return undefined;
      const { giftId, senderSubscriptionId, receiverSubscriptionId } = gift;
      const common = { requestId: ids.requestId, giftId, senderSubscriptionId };
      if (act.do === 'accept') {
        const receiver = { receiverSubscriptionId: table.idOf(act.by), receiverLineUserId: `U-${act.by}` };
        return { kind: 'claim', ...common, ...receiver };
      }
      const reason = act.do === 'decline' ? 'declined' : 'taken-back';
      return { kind: 'return', ...common, receiverSubscriptionId, reason, byLineUserId: null };
    }
    default:
      return undefined;
  }
}

/** The network lends, settles and gives back; undefined for a slice that was never lent. */
function lending(table: GiftTable, act: Deed): DataAnswer | undefined {
  const requestId = table.newId();
  if (act.do === 'lend') {
    const asked = { bytes: act.megabytes * MB, validForSeconds: act.hours * 3_600 };
    const ids = { requestId, reservationId: table.newId(), subscriptionId: table.idOf(act.of) };
    return table.data({ kind: 'reserve', ...ids, ...asked });
  }
  const slice = act.do === 'settle' || act.do === 'release' ? table.slices()[act.which] : undefined;
  if (slice === undefined) return undefined;
  const { reservationId, subscriptionId } = slice;
  const ids = { requestId, reservationId, subscriptionId };
  return act.do === 'settle'
    ? table.data({ kind: 'settle', ...ids, usedBytes: act.megabytes * MB, endedAt: null })
    : table.data({ kind: 'return-slice', ...ids, reason: 'released' });
}

function perform(table: GiftTable, act: Deed): GiftAnswer | DataAnswer | undefined {
  const lent = lending(table, act);
  if (lent !== undefined) return lent;
  if (act.do === 'use') table.use(act.by, act.megabytes * MB);
  if (act.do === 'wait') table.advanceTo(table.now().add({ hours: act.hours }));
  const command = commandOf(table, act);
  return command === undefined ? undefined : table.gift(command);
}

describe('whatever people do', () => {
  test('nothing is created or lost but at named sources and sinks, and nothing is below zero', () => {
    fc.assert(
      fc.property(deeds, (acts) => {
        const table = setTable();
        for (const act of acts) perform(table, act);
        const { movements } = table.book;
        const come = movements.filter(({ from }) => from === null).reduce((sum, { amount }) => sum + amount, 0);
        const gone = movements.filter(({ to }) => to === null).reduce((sum, { amount }) => sum + amount, 0);
        expect(table.sum()).toBe(come - gone);
        for (const { from, to } of movements)
          expect(Math.min(from?.after ?? 0, to?.after ?? 0)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('a gift alone changes nothing in sum', () => {
    fc.assert(
      fc.property(deeds, (acts) => {
        const table = setTable();
        for (const act of acts) {
          const before = table.sum();
          perform(table, act);
          if (!['use', 'settle', 'wait'].includes(act.do)) expect(table.sum()).toBe(before);
        }
      }),
    );
  });

  test('the same request twice has one effect and the same answer', () => {
    fc.assert(
      fc.property(deeds, deed, (acts, last) => {
        const table = setTable();
        for (const act of acts) perform(table, act);
        const command = commandOf(table, last);
        if (command === undefined) return;
        const first = table.gift(command);
        const after = table.book.movements.length;
        expect(table.gift(command)).toEqual(first);
        expect(table.book.movements).toHaveLength(after);
      }),
    );
  });

  test('splitting a use into two changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6_000 }), fc.integer({ min: 1, max: 6_000 }), (one, two) => {
        const [together, apart] = [setTable(), setTable()];
        together.use('A', (one + two) * MB);
        apart.use('A', one * MB);
        apart.use('A', two * MB);
        expect(apart.left('A')).toEqual(together.left('A'));
      }),
    );
  });

  test('a slow, obvious model says the same', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(deeds, (acts) => {
        const table = setTable();
        const model = createModel();
        for (const act of acts) {
          const answer = perform(table, act);
          const said = answer && ('code' in answer ? answer.code : answer.result);
          expect(said).toBe(model.perform(act));
          for (const name of PEOPLE) {
            const left = Object.fromEntries(
              Object.entries(table.left(name)).map(([kind, { bytes }]) => [kind, bytes / MB]),
            );
            expect(left).toEqual(model.left(name));
          }
        }
      }),
      { numRuns: SEQUENCES },
    );
  });
});

/** The rules of `line-mobile` as somebody would do them with pencil and paper, in MB. */
function createModel() {
  type Parts = Record<(typeof KINDS)[number], number>;
  type Holding = Parts & { given: number };
  interface Offer {
    from: string;
    amount: number;
    state: string;
    until: Temporal.Instant;
    givenIn: string;
  }
  interface Slice {
    of: string;
    parts: Parts;
    state: string;
    until: Temporal.Instant;
    lentIn: string;
  }
  const zone = 'Asia/Tokyo';
  let now = Temporal.ZonedDateTime.from(`${START}[${zone}]`).toInstant();
  const people = new Map<string, Holding>();
  const topUpEnds = '2026-06';
  for (const name of PEOPLE) people.set(name, { 'carry-over': 700, gift: 0, base: 3_000, 'top-up': 1_000, given: 0 });
  const offers: Offer[] = [];
  const slices: Slice[] = [];
  const of = (name: string): Holding =>
    people.get(name) ?? { 'carry-over': 0, gift: 0, base: 0, 'top-up': 0, given: 0 };

  /** Takes in the order of use, at most what is there; answers what was taken of each kind. */
  function draw(from: Parts, amount: number): Parts {
    const drawn = { 'carry-over': 0, gift: 0, base: 0, 'top-up': 0 };
    let open = amount;
    for (const kind of KINDS) {
      drawn[kind] = Math.min(open, from[kind]);
      from[kind] -= drawn[kind];
      open -= drawn[kind];
    }
    return drawn;
  }

  /** What is left of a slice goes back: last month's base as carry-over, what has ended not at all. */
  function bringBack({ of: name, parts, lentIn }: Slice): void {
    const holding = of(name);
    const month = monthOf(now, zone);
    if (month === lentIn) for (const kind of KINDS) holding[kind] += parts[kind];
    else {
      // A slice lives a day at most, so one month may lie in between.
      holding['carry-over'] += parts.base;
      if (month < topUpEnds) holding['top-up'] += parts['top-up'];
    }
  }

  function isClosed(): boolean {
    const local = now.toZonedDateTimeISO(zone);
    return (local.day === local.daysInMonth && local.hour === 23) || (local.day === 1 && local.hour === 0);
  }

  function refusal(from: string, amount: number, to: string | undefined): string | undefined {
    if (isClosed()) return 'gifts-closed';
    if (amount % 500 !== 0) return 'not-a-step';
    if (amount < 500) return 'under-minimum';
    if (of(from).given + amount > 3_000) return 'over-monthly-limit';
    if (of(from).base < amount) return 'not-enough-base';
    return from === to ? 'receiver-is-sender' : undefined;
  }

  function comeBack(offer: Offer, state: string): void {
    offer.state = state;
    const sender = of(offer.from);
    // Last month's base has become carry-over.
    if (offer.givenIn === monthOf(now, zone)) {
      sender.base += offer.amount;
      sender.given -= offer.amount;
    } else sender['carry-over'] += offer.amount;
  }

  function wait(hours: number): void {
    const before = monthOf(now, zone);
    now = now.add({ hours });
    const month = monthOf(now, zone);
    const due = slices.filter((slice) => slice.state === 'open' && Temporal.Instant.compare(slice.until, now) <= 0);
    if (month !== before) {
      for (const holding of people.values()) {
        holding['carry-over'] = holding.base;
        holding.gift = 0;
        holding.base = 3_000;
        holding.given = 0;
        if (month >= topUpEnds) holding['top-up'] = 0;
      }
    }
    for (const slice of due) {
      slice.state = 'expired';
      bringBack(slice);
    }
    for (const offer of offers) {
      const isDue = Temporal.Instant.compare(offer.until, now) <= 0;
      if (offer.state === 'waiting' && isDue) comeBack(offer, 'expired');
    }
  }

  function accept(offer: Offer, by: string): string {
    if (isClosed()) return 'gifts-closed';
    if (by === offer.from) return 'receiver-is-sender';
    if (offer.state === 'claimed') return 'already-claimed';
    if (offer.state === 'declined' || offer.state === 'taken-back') return 'no-longer-offered';
    if (offer.state === 'expired') return 'expired';
    offer.state = 'claimed';
    of(by).gift += offer.amount;
    return 'claimed';
  }

  return {
    perform(act: Deed): string | undefined {
      switch (act.do) {
        case 'wait':
          wait(act.hours);
          return undefined;
        case 'use':
          draw(of(act.by), act.megabytes);
          return undefined;
        case 'lend': {
          const parts = draw(of(act.of), act.megabytes);
          if (KINDS.every((kind) => parts[kind] === 0)) return 'nothing-left';
          const local = now.toZonedDateTimeISO(zone);
          const monthEnd = local.with({ day: 1 }).startOfDay().add({ months: 1 }).toInstant();
          const own = now.add({ hours: act.hours });
          const topUp = monthOf(monthEnd, zone) >= topUpEnds ? parts['top-up'] : 0;
          const endsSoon = parts['carry-over'] + parts.gift + topUp > 0;
          const isCut = endsSoon && Temporal.Instant.compare(monthEnd, own) < 0;
          slices.push({
            of: act.of,
            parts,
            state: 'open',
            until: isCut ? monthEnd : own,
            lentIn: monthOf(now, zone),
          });
          return 'reserved';
        }
        case 'settle': {
          const slice = slices[act.which];
          if (slice === undefined) return undefined;
          if (slice.state === 'settled' || slice.state === 'released') return `already-${slice.state}`;
          const parts = slice.state === 'open' ? slice.parts : { 'carry-over': 0, gift: 0, base: 0, 'top-up': 0 };
          const used = draw(parts, act.megabytes);
          if (slice.state === 'open') bringBack(slice);
          slice.state = 'settled';
          draw(of(slice.of), act.megabytes - KINDS.reduce((sum, kind) => sum + used[kind], 0));
          return 'settled';
        }
        case 'release': {
          const slice = slices[act.which];
          if (slice === undefined) return undefined;
          if (slice.state !== 'open') return slice.state === 'settled' ? 'already-settled' : 'already-released';
          slice.state = 'released';
          bringBack(slice);
          return 'slice-returned';
        }
        case 'give':
        case 'offer': {
          const code = refusal(act.from, act.megabytes, act.do === 'give' ? act.to : undefined);
          if (code !== undefined) return code;
          const local = now.toZonedDateTimeISO(zone);
          const monthEnd = local.with({ day: 1 }).startOfDay().add({ months: 1 }).toInstant();
          const inThreeDays = now.add({ hours: 72 });
          const until = Temporal.Instant.compare(inThreeDays, monthEnd) < 0 ? inThreeDays : monthEnd;
          of(act.from).base -= act.megabytes;
          of(act.from).given += act.megabytes;
          const isReceived = act.do === 'give';
          if (isReceived) of(act.to).gift += act.megabytes;
          offers.push({
            from: act.from,
            amount: act.megabytes,
            state: isReceived ? 'claimed' : 'waiting',
            until,
            givenIn: monthOf(now, zone),
          });
          return isReceived ? 'claimed' : 'offered';
        }
        case 'accept': {
          const offer = offers[act.which];
          return offer && accept(offer, act.by);
        }
        case 'decline':
        case 'take-back': {
          const offer = offers[act.which];
          if (offer === undefined) return undefined;
          if (offer.state === 'claimed') return 'already-claimed';
          if (offer.state === 'expired') return 'expired';
          if (offer.state !== 'waiting') return 'no-longer-offered';
          comeBack(offer, act.do === 'decline' ? 'declined' : 'taken-back');
          return 'returned';
        }
      }
    },
    left(name: string): Record<string, number> {
      const { given: _, ...kinds } = of(name);
      return Object.fromEntries(Object.entries(kinds).filter(([, amount]) => amount > 0));
    },
  };
}

import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { formatBytes, MB } from '../../src/base/bytes.ts';
import type { Operator } from '../../src/base/operator.ts';
import { endOfMonth, lastDayBefore, monthOf, startOfMonth } from '../../src/base/operator-month.ts';
import type { DataCommand } from '../../src/features/data/batch/commands.ts';
import { newFacts, type SubscriptionFacts } from '../../src/features/data/batch/facts.ts';
import { createDataFamily } from '../../src/features/data/batch/family.ts';
import { decideBuckets } from '../../src/features/data/rules/balance.ts';
import { createCalendar } from '../../src/features/data/rules/calendar.ts';
import { lifetimeEnd } from '../../src/features/data/rules/month-turn.ts';
import { keyed } from '../../src/features/data/usage/request-key.ts';
import type { GiftAnswer, GiftCommand } from '../../src/features/gifts/commands.ts';
import { newBatch, type PartyFacts } from '../../src/features/gifts/facts.ts';
import { createGiftFamily } from '../../src/features/gifts/family.ts';
import { createBook } from '../../src/ledger/working-book.ts';
import { testOperator } from './operator.ts';

/** Subscriptions, their data and gifts in memory: the features' own decisions on the ledger's own book. */
export function createGiftTable(start: string, operator: Operator = testOperator) {
  const zone = operator.timeZone;
  let now = Temporal.ZonedDateTime.from(`${start}[${zone}]`).toInstant();
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `00000000-0000-7000-8000-${ids.toString(16).padStart(12, '0')}`;
  };
  const idOf = (name: string) => `10000000-0000-7000-8000-${createHash('md5').update(name).digest('hex').slice(0, 12)}`;
  const book = createBook([], newId);
  const dataFamily = createDataFamily(operator);
  const giftFamily = createGiftFamily(operator);
  const subscriptions: SubscriptionFacts[] = [];
  const parties: PartyFacts[] = [];
  const data = newFacts({ subscriptions });
  const batch = newBatch(parties, [], false);
  const answered = new Map<string, GiftAnswer>();
  const party = (name: string): PartyFacts => {
    const found = batch.parties.get(idOf(name));
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };

  function gift(command: GiftCommand): GiftAnswer {
    const before = answered.get(command.requestId);
    if (before !== undefined) return before;
    book.restrictTo(giftFamily.owners(command));
    const answer = giftFamily.decide(command, batch, book, now);
    answered.set(command.requestId, answer);
    return answer;
  }

  function dataCommand(command: DataCommand) {
    book.restrictTo(dataFamily.owners(command));
    return dataFamily.decide(command, data, book, now);
  }

  function lotsOf(ownerId: string) {
    book.restrictTo([ownerId]);
    return book.lotsOf(ownerId);
  }

  function advanceTo(next: Temporal.Instant): void {
    const before = monthOf(now, zone);
    now = next;
    for (const { state, validUntil, ...slice } of data.reservations.values()) {
      if (state === 'open' && Temporal.Instant.compare(validUntil, now) <= 0) {
        const { reservationId, subscriptionId } = slice;
        const ids = { requestId: newId(), reservationId, subscriptionId };
        dataCommand({ kind: 'return-slice', ...ids, reason: 'expired' });
      }
    }
    for (const row of batch.gifts.values()) {
      if (row.state === 'waiting' && Temporal.Instant.compare(row.expiresAt, now) <= 0) {
        giveBack(row.giftId, 'expired');
      }
    }
    const month = monthOf(now, zone);
    if (month === before) return;
    for (const each of parties) {
      dataCommand({ kind: 'turn', requestId: newId(), subscriptionId: each.subscriptionId, month });
    }
  }

  function giveBack(giftId: string, reason: 'declined' | 'taken-back' | 'expired'): GiftAnswer {
    const row = batch.gifts.get(giftId);
    if (row === undefined) throw new Error(`there is no gift ${giftId}`);
    const { senderSubscriptionId, receiverSubscriptionId } = row;
    const requestId = newId();
    return gift({
      kind: 'return',
      requestId,
      giftId,
      senderSubscriptionId,
      receiverSubscriptionId,
      reason,
      byLineUserId: null,
    });
  }

  return {
    batch,
    /** Slices lent to the network, in the order in which they were. */
    slices: () => [...data.reservations.values()],
    data: dataCommand,
    book,
    idOf,
    newId,
    party,
    gift,
    giveBack,
    now: () => now,
    advanceTo,
    /** Somebody in service with a contract of their own and the 3 GB plan, linked; nothing to use yet. */
    add(name: string, of: { planCode?: string; contract?: string } = {}): PartyFacts {
      const subscriptionId = idOf(name);
      const opensAt = startOfMonth(monthOf(now, zone), zone);
      const row = { subscriptionId, planCode: of.planCode ?? 'p3', opensAt, endedAt: null };
      const facts = { ...row, createdAt: opensAt, planChanges: [], lastTurned: monthOf(now, zone) };
      const made: PartyFacts = {
        subscriptionId,
        planCode: row.planCode,
        isInService: true,
        isSlowed: false,
        contractorId: idOf(of.contract ?? `contract of ${name}`),
        linkedTo: [`U-${name}`],
      };
      subscriptions.push(facts);
      parties.push(made);
      Object.assign(data, { subscriptions: new Map(subscriptions.map((each) => [each.subscriptionId, each])) });
      Object.assign(batch, { parties: new Map(parties.map((each) => [each.subscriptionId, each])) });
      return made;
    },
    /** Data of a kind as this month has it. */
    stock(name: string, kind: string, bytes: number): void {
      const ownerId = idOf(name);
      const grantedAt = startOfMonth(monthOf(now, zone), zone);
      const isShort = kind === 'gift' || kind === 'carry-over';
      const expiresAt = isShort ? endOfMonth(monthOf(now, zone), zone) : lifetimeEnd(now, createCalendar(zone));
      book.restrictTo([ownerId]);
      const lot = book.open({ ownerId, unit: 'byte', kind, grantedAt, expiresAt });
      book.bring('adjustment', lot, bytes);
    },
    /** Answers what was used beyond what was there. */
    use(name: string, bytes: number): number {
      const amount = { mode: 'delta' as const, bytes };
      const asked = { subscriptionId: idOf(name), endedAt: now.toString(), isZeroRated: false, amount };
      const answer = dataCommand({ kind: 'use', requestId: newId(), uses: [keyed({ requestId: newId(), ...asked })] });
      const [outcome] = answer.result === 'counted' ? answer.outcomes : [];
      return outcome?.status === 'accepted' ? outcome.used.overBytes : 0;
    },
    /** `{ base: { bytes, until } }`, only what is there; `until` is the last day. */
    left(name: string): Record<string, { bytes: number; until: string }> {
      const monthStart = startOfMonth(monthOf(now, zone), zone);
      const buckets = decideBuckets({ lots: lotsOf(idOf(name)), now, monthStart });
      return Object.fromEntries(
        buckets.flatMap(({ kind, remainingBytes, expiresAt }) =>
          expiresAt === null ? [] : [[kind, { bytes: remainingBytes, until: lastDayBefore(expiresAt, zone) }]],
        ),
      );
    },
    /** Everything anybody holds, what is set aside included. */
    sum(): number {
      const owners = [...batch.parties.keys(), ...batch.gifts.keys(), ...data.reservations.keys()];
      return owners.flatMap((owner) => lotsOf(owner)).reduce((bytes, lot) => bytes + lot.remaining, 0);
    },
  };
}

export type GiftTable = ReturnType<typeof createGiftTable>;

/**
 * Plays a little script and answers it as it went: every line with what really happened. A script that tells the truth
 * comes back unchanged. Lines before the first deed say what is given; afterwards `has` is a question.
 */
export function play(script: string, operator: Operator = testOperator): string {
  const lines = script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = ''] = lines;
  const start = /^on (\S+)(?: (\d\d:\d\d(?::\d\d)?))?$/.exec(first);
  if (!start) throw new Error(`a script begins with a day: ${first}`);
  const table = createGiftTable(`${start[1]}T${start[2] ?? '12:00'}`, operator);
  let hasBegun = false;
  let latest = '';
  const known = new Set<string>();
  const meet = (name: string) => {
    if (!known.has(name)) table.add(name);
    known.add(name);
  };
  const megabytes = (text: string) => Math.round(Number(text) * MB);
  const outcome = (answer: GiftAnswer) => {
    if (answer.result === 'offered' || answer.result === 'claimed') latest = answer.giftId;
    return 'code' in answer ? ` → ${answer.code}` : '';
  };

  const deeds: [RegExp, (...words: string[]) => string][] = [
    [
      /^on (\S+)(?: (\S+))?$/,
      (day, time = '12:00') => {
        table.advanceTo(Temporal.ZonedDateTime.from(`${day}T${time}[${operator.timeZone}]`).toInstant());
        return '';
      },
    ],
    [
      /^(\w+) uses ([\d.]+)MB$/,
      (name, amount) => {
        const overBytes = table.use(name, megabytes(amount));
        return overBytes > 0 ? ` → over by ${overBytes / MB}MB` : '';
      },
    ],
    [
      /^(\w+) gives (-?[\d.]+)MB to (\w+)$/,
      (from, amount, to) => {
        meet(from);
        meet(to);
        return outcome(
          table.gift({
            kind: 'direct',
            requestId: table.newId(),
            giftId: table.newId(),
            senderSubscriptionId: table.idOf(from),
            receiverSubscriptionId: table.idOf(to),
            amountBytes: megabytes(amount),
          }),
        );
      },
    ],
    [
      /^(\w+) offers ([\d.]+)MB(?: to (\w+))?$/,
      (from, amount, to) => {
        const receiverSubscriptionId = to === undefined ? null : table.idOf(to);
        return outcome(
          table.gift({
            kind: 'offer',
            requestId: table.newId(),
            giftId: table.newId(),
            senderSubscriptionId: table.idOf(from),
            senderLineUserId: `U-${from}`,
            amountBytes: megabytes(amount),
            way: to === undefined ? 'share-link' : 'same-contract',
            receiverSubscriptionId,
            claimTokenHash: null,
            giftCodeHash: null,
            receiverNumberHash: null,
          }),
        );
      },
    ],
    [
      /^(\w+) accepts$/,
      (name) => {
        meet(name);
        const senderSubscriptionId = table.batch.gifts.get(latest)?.senderSubscriptionId ?? '';
        return outcome(
          table.gift({
            kind: 'claim',
            requestId: table.newId(),
            giftId: latest,
            senderSubscriptionId,
            receiverSubscriptionId: table.idOf(name),
            receiverLineUserId: `U-${name}`,
          }),
        );
      },
    ],
    [/^(\w+) declines$/, () => outcome(table.giveBack(latest, 'declined'))],
    [/^(\w+) takes it back$/, () => outcome(table.giveBack(latest, 'taken-back'))],
  ];

  const given: [RegExp, (...words: string[]) => void][] = [
    [
      /^(\w+) has the ([\w]+) plan$/,
      (name, planCode) => {
        table.add(name, { planCode });
        known.add(name);
      },
    ],
    [
      /^(\w+) and (\w+) are of one contract$/,
      (one, other) => {
        for (const name of [one, other]) if (!known.has(name)) table.add(name, { contract: 'family' });
        known.add(one).add(other);
      },
    ],
    [
      /^(\w+) is not linked$/,
      (name) => {
        meet(name);
        Object.assign(table.party(name), { linkedTo: [] });
      },
    ],
    [
      /^(\w+) has ended$/,
      (name) => {
        meet(name);
        Object.assign(table.party(name), { isInService: false });
      },
    ],
    [
      /^(\w+) has ([\w-]+) ([\d.]+)MB$/,
      (name, kind, amount) => {
        meet(name);
        table.stock(name, kind, megabytes(amount));
      },
    ],
  ];

  const questions: [RegExp, (...words: string[]) => string][] = [
    [/^(\w+) has nothing$/, (name) => holdings(name)],
    [/^(\w+) has /, (name) => holdings(name)],
  ];
  const holdings = (name: string) => {
    const left = Object.entries(table.left(name)).map(
      ([kind, { bytes, until }]) =>
        `${kind} ${formatBytes(bytes).endsWith('GB') ? `${bytes / MB}MB` : formatBytes(bytes)} until ${until}`,
    );
    return `${name} has ${left.length === 0 ? 'nothing' : left.join(', ')}`;
  };

  return lines
    .map((line, index) => {
      if (index === 0) return line;
      const said = line.replace(/\s*→.*$/, '');
      const words = (pattern: RegExp) => pattern.exec(said)?.slice(1);
      for (const [pattern, set] of hasBegun ? [] : given) {
        const found = words(pattern);
        if (found) {
          set(...found);
          return line;
        }
      }
      for (const [pattern, act] of deeds) {
        const found = words(pattern);
        if (found) {
          hasBegun = true;
          return `${said}${act(...found)}`;
        }
      }
      for (const [pattern, ask] of questions) {
        const found = words(pattern);
        if (found) return ask(...found);
      }
      throw new Error(`not a line of a script: ${line}`);
    })
    .join('\n');
}

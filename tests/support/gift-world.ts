import { randomInt } from 'node:crypto';
import { type AdjustableClock, createAdjustableClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import type { Operator } from '../../src/base/operator.ts';
import { addMonths } from '../../src/base/operator-month.ts';
import { createDataActions } from '../../src/features/data/actions.ts';
import { readBalances } from '../../src/features/data/balance/balance.ts';
import { dataChecks } from '../../src/features/data/batch/check-store.ts';
import { baseBytesIn, createDataFamily } from '../../src/features/data/batch/family.ts';
import { createCalendar } from '../../src/features/data/rules/calendar.ts';
import { endOfSlices } from '../../src/features/data/slices/end-of-slices.ts';
import { endOfLots } from '../../src/features/data/turn/end-of-lots.ts';
import { turnOfTheMonth } from '../../src/features/data/turn/turn-of-the-month.ts';
import { createGiftActions } from '../../src/features/gifts/actions.ts';
import { giftChecks } from '../../src/features/gifts/check-store.ts';
import { createClaimTokens } from '../../src/features/gifts/claim-token.ts';
import { createGiftFamily, type RecordFees } from '../../src/features/gifts/family.ts';
import { createGiftCodes } from '../../src/features/gifts/gift-code.ts';
import { expireGifts } from '../../src/features/gifts/jobs.ts';
import { giftWording } from '../../src/features/gifts/messages.ts';
import { type Database, runnerOf } from '../../src/infra/db/index.ts';
import { openParcels } from '../../src/infra/line/outbox/parcel-store.ts';
import type { Message } from '../../src/infra/line/talk.ts';
import type { Ledger } from '../../src/ledger/family.ts';
import { createLedger, verifyLedger } from '../../src/ledger/index.ts';
import { lookAtNew } from '../../src/ledger/seen.ts';
import { testOperator } from './operator.ts';

/** Subscriptions with people, data and gifts on a real database, the features' own parts around one ledger. */
export type GiftWorld = ReturnType<typeof createGiftWorld>;

export function createGiftWorld(
  database: Database,
  at: string,
  operator: Operator = testOperator,
  recordFees?: RecordFees,
) {
  const clock: AdjustableClock = createAdjustableClock(at);
  const { db, pool } = database;
  const sql = runnerOf(db);
  const calendar = createCalendar(operator.timeZone);
  const ledger = createLedger({ pool, clock });
  const others: Ledger[] = [];
  const family = createDataFamily(operator);
  const { keptDays } = operator.usage;
  const dataOn = (of: Ledger) => createDataActions({ ledger: of, family, calendar, now: () => clock.now(), keptDays });
  const data = dataOn(ledger);
  const ring = (byte: number) => ({ current: 1, keys: new Map([[1, Buffer.alloc(32, byte)]]) });
  const secrets = { tokens: ring(7), lookup: ring(8), limits: ring(9) };
  const tokens = createClaimTokens(secrets.tokens);
  const codes = createGiftCodes({ sql, secrets });
  const giftFamily = createGiftFamily(operator, recordFees);
  const giftsOn = (of: Ledger) => createGiftActions({ ledger: of, family: giftFamily, tokens, codes });
  const gifts = giftsOn(ledger);
  const wording = giftWording({ operator, calendar });
  const jobDeps = { sql, ledger, family };
  const jobs = [
    turnOfTheMonth({ ...jobDeps, calendar, baseBytesOf: baseBytesIn(operator) }),
    endOfLots(jobDeps),
    endOfSlices({ sql, actions: data }),
    expireGifts({ sql, actions: gifts }),
  ];

  async function contractor(): Promise<string> {
    const id = newId();
    await sql.query(
      `insert into contractor (contractor_id, login_id, password_hash, name, email, created_at)
       values ($1, $2, '-', 'test', 'test@example.com', $3)`,
      [id, id, clock.now().toString()],
    );
    return id;
  }

  /** A subscription in service with this month's base and a person on LINE linked to it. */
  async function subscription(
    of: { planCode?: string; name?: string; contractorId?: string; isLinked?: boolean; opensAt?: string } = {},
  ) {
    const contractorId = of.contractorId ?? (await contractor());
    const subscriptionId = newId();
    const opensAt = of.opensAt ?? clock.now().toString();
    const lineUserId = `U${newId().replaceAll('-', '')}`;
    await sql.query(
      `insert into subscription (subscription_id, contractor_id, msisdn, plan_code, opens_at, created_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        subscriptionId,
        contractorId,
        `8190${randomInt(1e8, 1e9)}`,
        of.planCode ?? 'p3',
        opensAt,
        clock.now().toString(),
      ],
    );
    await sql.query(
      `insert into line_account (line_user_id, display_name, is_friend, updated_at) values ($1, $2, true, $3)`,
      [lineUserId, of.name ?? null, clock.now().toString()],
    );
    if (of.isLinked ?? true) await link(subscriptionId, lineUserId);
    await run();
    return { subscriptionId, contractorId, lineUserId };
  }

  async function link(subscriptionId: string, lineUserId: string): Promise<void> {
    const codeId = newId();
    await sql.query(
      `insert into link_code (link_code_id, subscription_id, lookup_hash, lookup_key_version, shown_cipher,
         show_key_version, last_four, issued_at, issued_by)
       values ($1, $2, $3, 1, '', 1, '0000', $4, 'opened')`,
      [codeId, subscriptionId, Buffer.from(codeId), clock.now().toString()],
    );
    await sql.query(
      `insert into user_link (user_link_id, subscription_id, line_user_id, link_code_id, linked_at)
       values ($1, $2, $3, $4, $5)`,
      [newId(), subscriptionId, lineUserId, codeId, clock.now().toString()],
    );
  }

  /** Runs the jobs until nothing is due. */
  async function run(): Promise<void> {
    for (let round = 0; round < 10; round += 1) {
      let done = 0;
      for (const job of jobs) done += await job.run(clock.now());
      if (done === 0) return;
    }
    throw new Error('the jobs find something due for ever');
  }

  async function balance(subscriptionId: string) {
    const [found] = await readBalances(sql, [subscriptionId], { now: clock.now(), calendar });
    if (found === undefined) throw new Error('no balance');
    return found;
  }

  return {
    clock,
    sql,
    ledger,
    data,
    dataOn,
    gifts,
    giftsOn,
    giftFamily,
    tokens,
    codes,
    secrets,
    contractor,
    subscription,
    /** A correction by staff: adds base data that lasts as this month's does, or takes away. */
    async correct(subscriptionId: string, amountBytes: number): Promise<void> {
      const expiresAt = calendar.endOf(addMonths(calendar.monthOf(clock.now()), 1)).toString();
      const into = amountBytes > 0 ? { bucket: 'base' as const, expiresAt } : null;
      const people = { reason: 'for a test', askedBy: 'agent', approvedBy: 'supervisor' };
      await data.correct({ requestId: newId(), subscriptionId, amountBytes, into, ...people });
    },
    link,
    run,
    balance,
    /** Bytes left by kind, only what is there: `{ base: 3000000000 }`. */
    async left(subscriptionId: string): Promise<Record<string, number>> {
      const { buckets } = await balance(subscriptionId);
      return Object.fromEntries(buckets.filter((b) => b.remainingBytes > 0).map((b) => [b.kind, b.remainingBytes]));
    },
    async gift(giftId: string) {
      const [row] = await sql.query<{ state: string; receiverId: string | null }>(
        `select state, receiver_subscription_id as "receiverId" from gift where gift_id = $1`,
        [giftId],
      );
      return row;
    },
    async messagesTo(lineUserId: string): Promise<string[]> {
      await openParcels(db);
      const rows = await sql.query<{ facts: unknown; said: string | null; otherName: string | null }>(
        `select o.body -> 'facts' as facts,
                coalesce(o.body -> 'messages' -> 0 ->> 'altText', o.body -> 'messages' -> 0 ->> 'text') as said,
                a.display_name as "otherName"
         from outbox o left join line_account a on a.line_user_id = o.body ->> 'named'
         where o.line_user_id = $1 order by o.outbox_id`,
        [lineUserId],
      );
      return rows.map(({ facts, said, otherName }) => said ?? saidOf(wording(facts, { language: 'ja', otherName })[0]));
    },
    async faults() {
      return [
        ...(await verifyLedger(sql, [...dataChecks, ...giftChecks])),
        ...(await lookAtNew(sql, { more: [...dataChecks, ...giftChecks] })).findings,
      ];
    },
    /** Another process's ledger on the same database. */
    otherLedger(): Ledger {
      const other = createLedger({ pool, clock });
      others.push(other);
      return other;
    },
    async close(): Promise<void> {
      await Promise.all([ledger, ...others].map((each) => each.stop()));
    },
  };
}

function saidOf(message: Message | undefined): string {
  if (message?.type === 'flex') return message.altText;
  if (message?.type === 'text') return message.text;
  throw new Error('a gift is told in words or in a bubble');
}

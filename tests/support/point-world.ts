import { randomInt } from 'node:crypto';
import { type AdjustableClock, createAdjustableClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import type { Operator } from '../../src/base/operator.ts';
import { createPointActions } from '../../src/features/points/actions.ts';
import { announceEvents, findEndings } from '../../src/features/points/announce.ts';
import { pointChecks } from '../../src/features/points/check-store.ts';
import { deliverStickers } from '../../src/features/points/delivery.ts';
import { createPointFamily } from '../../src/features/points/family.ts';
import { grantMonths } from '../../src/features/points/grant-months.ts';
import { expirePoints } from '../../src/features/points/jobs.ts';
import { loadBalance } from '../../src/features/points/view-store.ts';
import { type Database, runnerOf } from '../../src/infra/db/index.ts';
import type { LineAnswer } from '../../src/infra/line/answer.ts';
import type { Ledger } from '../../src/ledger/family.ts';
import { createLedger, verifyLedger } from '../../src/ledger/index.ts';
import { lookAtNew } from '../../src/ledger/seen.ts';
import { testOperator } from './operator.ts';

/** Contractors with links, subscriptions and points on a real database, the feature's own parts around one ledger. */
export type PointWorld = ReturnType<typeof createPointWorld>;

export function createPointWorld(database: Database, at: string, operator: Operator = testOperator) {
  const clock: AdjustableClock = createAdjustableClock(at);
  const { db, pool } = database;
  const sql = runnerOf(db);
  const ledger = createLedger({ pool, clock });
  const others: Ledger[] = [];
  const family = createPointFamily({ operator, publicUrl: 'https://my.example.jp' });
  const actionsOn = (of: Ledger) => createPointActions({ db, ledger: of, family, now: () => clock.now() });
  const actions = actionsOn(ledger);
  const job = { sql, ledger, family, operator };
  /** What LINE was asked for, and what it answers next; after these it delivers. */
  const asked: string[] = [];
  const answers: LineAnswer<null>[] = [];
  const line = {
    async giveStickers(lineUserId: string, productId: string): Promise<LineAnswer<null>> {
      asked.push(`${lineUserId} ${productId}`);
      return answers.shift() ?? { kind: 'ok', value: null, requestId: null };
    },
  };

  async function contractor(): Promise<string> {
    const contractorId = newId();
    await sql.query(
      `insert into contractor (contractor_id, login_id, password_hash, name, email, created_at)
       values ($1, $2, '-', 'test', 'test@example.com', $3)`,
      [contractorId, contractorId, clock.now().toString()],
    );
    return contractorId;
  }

  async function subscription(
    contractorId: string,
    of: { planCode?: string; opensAt?: string; endedAt?: string } = {},
  ): Promise<string> {
    const subscriptionId = newId();
    await sql.query(
      `insert into subscription (subscription_id, contractor_id, msisdn, plan_code, opens_at, ended_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        subscriptionId,
        contractorId,
        `8190${randomInt(1e8, 1e9)}`,
        of.planCode ?? 'p3',
        of.opensAt ?? '2026-01-01T00:00:00+09:00',
        of.endedAt ?? null,
        clock.now().toString(),
      ],
    );
    return subscriptionId;
  }

  /** Links a new LINE account; answers it. */
  async function link(
    contractorId: string,
    of: { from?: string; until?: string; lineUserId?: string; language?: 'ja' | 'en' } = {},
  ): Promise<string> {
    const lineUserId = of.lineUserId ?? `U${newId().replaceAll('-', '')}`;
    await sql.query(
      `insert into line_account (line_user_id, display_name, language, is_friend, updated_at)
       values ($1, 'たろう', $3, true, $2) on conflict do nothing`,
      [lineUserId, clock.now().toString(), of.language ?? 'ja'],
    );
    await sql.query(
      `insert into contractor_link (contractor_link_id, contractor_id, line_user_id, linked_at, unlinked_at)
       values ($1, $2, $3, $4, $5)`,
      [newId(), contractorId, lineUserId, of.from ?? '2026-02-01T00:00:00+09:00', of.until ?? null],
    );
    return lineUserId;
  }

  return {
    clock,
    sql,
    db,
    operator,
    ledger,
    family,
    actions,
    actionsOn,
    line,
    asked,
    answers,
    contractor,
    subscription,
    link,
    /** A contractor with a link and a subscription of 980 yen, and so many points of goodwill. */
    async person(of: { points?: number } = {}) {
      const contractorId = await contractor();
      await subscription(contractorId);
      const lineUserId = await link(contractorId);
      if (of.points) await this.give(contractorId, of.points);
      return { contractorId, lineUserId };
    },
    give: (contractorId: string, points: number) =>
      actions.giveGoodwill({ requestId: newId(), contractorId, points, reason: 'お詫び', staff: 'suzuki' }),
    grant: () => grantMonths(job).run(clock.now()),
    expire: () => expirePoints(job).run(clock.now()),
    deliver: () => deliverStickers({ db, ledger, family, line, chance: () => 0 }).run(clock.now()),
    async announce(): Promise<void> {
      await findEndings({ db, operator }).run(clock.now());
      await announceEvents({ db, operator }).run(clock.now());
    },
    balance: async (contractorId: string) => (await loadBalance(sql, contractorId, clock.now())).points,
    end: async (contractorId: string) => (await loadBalance(sql, contractorId, clock.now())).end,
    async history(contractorId: string): Promise<string[]> {
      const rows = await sql.query<{ kind: string; points: number }>(
        `select kind, points from point_event where contractor_id = $1 and kind <> 'ending' order by event_id`,
        [contractorId],
      );
      return rows.map(({ kind, points }) => `${kind} ${points}`);
    },
    async told(lineUserId: string): Promise<string[]> {
      const rows = await sql.query<{ alt: string }>(
        `select body -> 'messages' -> 0 ->> 'altText' as alt from outbox where line_user_id = $1 order by outbox_id`,
        [lineUserId],
      );
      return rows.map(({ alt }) => alt);
    },
    /** Whatever does not agree: in the ledger, or between what people read and what counts. */
    async faults() {
      return [...(await verifyLedger(sql, pointChecks)), ...(await lookAtNew(sql, { more: pointChecks })).findings];
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

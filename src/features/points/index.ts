import { Hono, type MiddlewareHandler } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Sessions } from '../../infra/http/session.ts';
import { requireContractor, type WebEnv } from '../../infra/http/web.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import type { Ledger } from '../../ledger/family.ts';
import type { NoticeKind } from '../official-account/index.ts';
import { createPointActions, type PointActions } from './actions.ts';
import { announceEvents, findEndings } from './announce.ts';
import { pointTalk } from './chat.ts';
import { type PointsConsole, pointsConsole } from './console/index.ts';
import { type DeliveryDeps, deliverStickers } from './delivery.ts';
import { createPointFamily } from './family.ts';
import { grantMonths } from './grant-months.ts';
import { expirePoints } from './jobs.ts';
import { pointNotices } from './notices.ts';
import { forgetReceivers } from './order-store.ts';
import { lostByUnlinking } from './overview.ts';
import { billSettingPages } from './pages/bill-setting.tsx';
import { overviewPages } from './pages/overview.tsx';
import { stickerOrderPages } from './pages/sticker-order.tsx';
import { stickerPages } from './pages/stickers.tsx';
import { pointText } from './text.ts';
import { loadBalance } from './view-store.ts';

export { pointChecks } from './check-store.ts';
export { pointsDiscloser } from './disclose-store.ts';

export interface PointDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly line: DeliveryDeps['line'];
  readonly publicUrl: string;
  /** Before points are spent: whoever was idle for half an hour proves anew who they are. */
  readonly requireAwake: MiddlewareHandler<WebEnv>;
}

export interface Points extends PointActions {
  readonly talk: TalkHandler;
  /** What there is now, and when it ends (exclusive). */
  balanceOf(sql: SqlRunner, contractorId: string): ReturnType<typeof loadBalance>;
  /** What contractors are told without asking, each to be switched off by itself. */
  readonly noticeKinds: readonly NoticeKind[];
  readonly jobs: readonly Job[];
  /** What is lost if this LINE account's contractor link is undone now, in sentences; none when nothing is. */
  lostWithLink(
    sql: SqlRunner,
    link: { contractorId: string; lineUserId: string },
    language: Language,
  ): Promise<readonly string[]>;
  /** Forgets to which LINE accounts a former contractor's stickers went, in the caller's transaction. */
  forget(tx: Db, contractorId: string): Promise<void>;
  pages(): Hono<WebEnv>;
  /** Its pages for staff, and what two of them decide. */
  console(given: Pick<PointsConsole, 'staff' | 'contractors'>): ReturnType<typeof pointsConsole>;
}

/** Points: earned by the base fee, spent on bills and stickers. */
export function createPoints(deps: PointDeps): Points {
  const { db, clock, operator, ledger, line } = deps;
  const family = createPointFamily(deps);
  const now = (): Temporal.Instant => clock.now();
  const actions = createPointActions({ db, ledger, family, now });
  const job = { sql: runnerOf(db), ledger, family, operator };
  return {
    ...actions,
    talk: pointTalk(deps),
    balanceOf: (sql, contractorId) => loadBalance(sql, contractorId, now()),
    noticeKinds: pointNotices,
    jobs: [
      grantMonths(job),
      expirePoints(job),
      findEndings(deps),
      announceEvents(deps),
      deliverStickers({ db, ledger, family, line }),
    ],
    async lostWithLink(sql, link, language) {
      const t = pointText(language);
      const lost = await lostByUnlinking(sql, { ...link, now: now(), operator });
      if (lost === null) return [];
      return [t.lostByUnlinking(t.monthName(lost.month), t.amount(lost.points))];
    },
    forget: (tx, contractorId) => forgetReceivers(runnerOf(tx), contractorId),
    console: (given) => pointsConsole({ db, clock, operator, actions, family, ...given }),
    pages() {
      const app = new Hono<WebEnv>();
      app.use('/points/*', requireContractor(deps.sessions));
      for (const path of ['/points/bill', '/points/stickers/*']) app.use(path, deps.requireAwake);
      for (const pages of [overviewPages, billSettingPages, stickerPages, stickerOrderPages]) {
        app.route('/', pages({ db, clock, operator, actions }));
      }
      return app;
    },
  };
}

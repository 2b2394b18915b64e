import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/runner.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Door } from '../../infra/http/door.ts';
import type { Sessions } from '../../infra/http/session.ts';
import { requireLineAccount, type WebEnv } from '../../infra/http/web.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { Wording } from '../../infra/line/outbox/outbox.ts';
import type { TalkContext, TalkHandler } from '../../infra/line/talk.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Ledger } from '../../ledger/family.ts';
import { createCalendar, type Data, type GiftsOf } from '../data/index.ts';
import { createGiftActions, type GiftActions } from './actions.ts';
import { giftApi, giftDoor } from './api.ts';
import { giftTalk } from './chat.ts';
import { createClaimTokens } from './claim-token.ts';
import { createGiftFamily, type GiftFamily, type RecordFees } from './family.ts';
import { createGiftCodes } from './gift-code.ts';
import { expireGifts } from './jobs.ts';
import { giftWording } from './messages.ts';
import { createMoments } from './moment.ts';
import { GIFT_WORDING } from './notice-facts.ts';
import { claimGiftPages } from './pages/claim-gift.tsx';
import { enterCodePages } from './pages/enter-code.tsx';
import { giftListPages } from './pages/gift-list.tsx';
import { newGiftPages } from './pages/new-gift.tsx';
import { sentGiftPages } from './pages/sent-gift.tsx';
import { forgetPeople } from './store.ts';
import { tellWaiting } from './tell-waiting.ts';
import { createTransfers, type Transfers } from './transfers.ts';
import { giftsById, giftsUnderWay } from './view-store.ts';

export { giftChecks } from './check-store.ts';
export { giftsDiscloser } from './disclose-store.ts';
export { isGiftConflict, sayOfGift } from './program-words.ts';

export interface GiftDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly ledger: Ledger;
  readonly linking: { chosenSubscription(sql: SqlRunner, lineUserId: string): Promise<string | null> };
  readonly data: Pick<Data, 'lotsOf'>;
  readonly sessions: Sessions;
  readonly limits: TryLimits;
  readonly secrets: Pick<Secrets, 'tokens' | 'lookup'>;
  readonly publicUrl: string;
  readonly apiKey: string;
  /** Who keeps bills charges the fees; without it giving is free whatever the policy says. */
  readonly recordFees: RecordFees;
}

export interface Gifts extends GiftActions {
  readonly family: GiftFamily;
  /** What the data's journal says of gifts. */
  readonly giftsOf: GiftsOf;
  /** Gifts of a subscription that nobody has received yet, for staff. */
  readonly underWayOf: typeof giftsUnderWay;
  /** Given by the operator's own systems. */
  readonly transfers: Transfers;
  readonly talk: TalkHandler;
  /** The gifts that wait for a person and name one of their subscriptions, a line each. */
  tellWaiting(context: TalkContext): Promise<readonly string[]>;
  readonly jobs: readonly Job[];
  /** Forgets through whose hands these subscriptions' gifts went, in the caller's transaction. */
  forget(tx: Db, subscriptionIds: readonly string[]): Promise<void>;
  /** Words for what the outbox holds of gifts, by its name there. */
  readonly wordings: Readonly<Record<string, Wording>>;
  pages(): Hono<WebEnv>;
  /** The description of what programs may ask, and where they ask it. */
  api(): OpenAPIHono<WebEnv>;
  door(): Door;
}

/** Gifts: data moved from one subscription to another, set aside in between. */
export function createGifts(deps: GiftDeps): Gifts {
  const { db, clock, operator, ledger, publicUrl, sessions } = deps;
  const calendar = createCalendar(operator.timeZone);
  const family = createGiftFamily(operator, deps.recordFees);
  const tokens = createClaimTokens(deps.secrets.tokens);
  const codes = createGiftCodes({ sql: runnerOf(db), secrets: deps.secrets });
  const actions = createGiftActions({ ledger, family, tokens, codes });
  const momentOf = createMoments(operator, calendar);
  const giving = {
    operator,
    momentOf,
    lotsOf: deps.data.lotsOf,
    chosenSubscription: deps.linking.chosenSubscription,
  };
  return {
    ...actions,
    family,
    giftsOf: giftsById,
    underWayOf: giftsUnderWay,
    transfers: createTransfers({ operator, family, momentOf, limits: deps.limits, lookup: deps.secrets.lookup }),
    tellWaiting: (context) => tellWaiting(operator, context),
    talk: giftTalk({ ...giving, publicUrl, actions }),
    jobs: [expireGifts({ sql: runnerOf(db), actions })],
    forget: (tx, subscriptionIds) => forgetPeople(runnerOf(tx), subscriptionIds),
    wordings: { [GIFT_WORDING]: giftWording({ operator, calendar }) },
    pages() {
      const app = new Hono<WebEnv>();
      const { limits, secrets } = deps;
      const { lookup } = secrets;
      const pages = { ...giving, db, clock, limits, lookup, actions, tokens, codes, calendar, publicUrl };
      app.use('/gifts', requireLineAccount(sessions));
      app.use('/gifts/*', requireLineAccount(sessions));
      // The fixed addresses before those with a gift's id.
      app.route('/', giftListPages(pages));
      app.route('/', newGiftPages(pages));
      app.route('/', enterCodePages(pages));
      app.route('/', claimGiftPages(pages));
      app.route('/', sentGiftPages(pages));
      return app;
    },
    api: () => giftApi(),
    door: () => giftDoor({ apiKey: deps.apiKey, actions }),
  };
}

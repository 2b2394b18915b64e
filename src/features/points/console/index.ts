import { Hono } from 'hono';
import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import type { Db } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import type { Contractors } from '../../contractors/index.ts';
import type { FourEyesKind, Staff } from '../../staff/index.ts';
import type { PointActions } from '../actions.ts';
import type { PointFamily } from '../family.ts';
import { billReturnPages } from './bill-return.tsx';
import { billReturnKind } from './bill-return-kind.tsx';
import { goodwillKind } from './goodwill-kind.tsx';
import { pointsPages } from './points.tsx';

export interface PointsConsole {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly staff: Staff;
  readonly contractors: Pick<Contractors, 'contractor'>;
  readonly actions: Pick<PointActions, 'giveGoodwill'>;
  readonly family: PointFamily;
}

/** What staff see and do of points: what a customer has, what happened, giving some as goodwill, and those of a corrected bill. */
export function pointsConsole(deps: PointsConsole): { pages: Hono<WebEnv>; kinds: readonly FourEyesKind[] } {
  const book = { family: deps.family, now: () => deps.clock.now() };
  return {
    pages: new Hono<WebEnv>().route('/', pointsPages(deps)).route('/', billReturnPages(deps)),
    kinds: [goodwillKind(book), billReturnKind(book)],
  };
}

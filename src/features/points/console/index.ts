import type { Hono } from 'hono';
import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import type { Db } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import type { Contractors } from '../../contractors/index.ts';
import type { FourEyesKind, Staff } from '../../staff/index.ts';
import type { PointActions } from '../actions.ts';
import type { PointFamily } from '../family.ts';
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

/** What staff see and do of points: what a customer has, what happened, and giving some as goodwill. */
export function pointsConsole(deps: PointsConsole): { pages: Hono<WebEnv>; kinds: readonly FourEyesKind[] } {
  return { pages: pointsPages(deps), kinds: [goodwillKind({ family: deps.family, now: () => deps.clock.now() })] };
}

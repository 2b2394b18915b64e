import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import type { Db } from '../../../infra/db/index.ts';
import type { PointActions } from '../actions.ts';

export interface PointPageDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly actions: PointActions;
}

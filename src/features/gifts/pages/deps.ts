import type { Clock } from '../../../base/clock.ts';
import type { Db } from '../../../infra/db/runner.ts';
import type { Calendar } from '../../data/index.ts';
import type { GiftActions } from '../actions.ts';
import type { ClaimTokens } from '../claim-token.ts';
import type { GivingDeps } from '../giving.ts';

/** What the pages of gifts need. */
export interface GiftPageDeps extends GivingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly actions: GiftActions;
  readonly tokens: ClaimTokens;
  readonly calendar: Calendar;
  readonly publicUrl: string;
}

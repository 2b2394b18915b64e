import type { Clock } from '../../../base/clock.ts';
import type { Db } from '../../../infra/db/runner.ts';
import type { TryLimits } from '../../../infra/db/try-limits.ts';
import type { KeyRing } from '../../../infra/secrets.ts';
import type { Calendar } from '../../data/index.ts';
import type { GiftActions } from '../actions.ts';
import type { ClaimTokens } from '../claim-token.ts';
import type { GiftCodes } from '../gift-code.ts';
import type { GivingDeps } from '../giving.ts';

/** What the pages of gifts need. */
export interface GiftPageDeps extends GivingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly actions: GiftActions;
  readonly limits: TryLimits;
  readonly lookup: KeyRing;
  readonly tokens: ClaimTokens;
  readonly codes: GiftCodes;
  readonly calendar: Calendar;
  readonly publicUrl: string;
}

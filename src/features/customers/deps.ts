import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db } from '../../infra/db/index.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Data } from '../data/index.ts';
import type { Linking } from '../linking/index.ts';
import type { lineAccountsOf } from '../official-account/index.ts';
import type { Staff } from '../staff/index.ts';

export interface CustomersDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly staff: Staff;
  readonly contractors: Pick<Contractors, 'contractor' | 'homeOf' | 'subscriptionsOf' | 'waitingEmail'>;
  readonly linking: Pick<Linking, 'lineAccountsOfContractor' | 'lineAccountsLinkedTo'>;
  readonly data: Pick<Data, 'balances' | 'slowedUntil'>;
  readonly lineAccountsOf: typeof lineAccountsOf;
}

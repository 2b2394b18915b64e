import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db } from '../../infra/db/index.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Data } from '../data/index.ts';
import type { Gifts } from '../gifts/index.ts';
import type { Staff } from '../staff/index.ts';
import type { ActionBody } from './action-body.ts';
import type { Action } from './action-store.ts';
import type { Named } from './named.ts';
import type { Site } from './refs.ts';

export interface PrepayDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly publicUrl: string;
  readonly apiKey: string;
  /** `lookup` hides phone numbers that were asked for, `show` keeps listeners' secrets. */
  readonly secrets: Pick<Secrets, 'lookup' | 'show'>;
  readonly data: Pick<
    Data,
    'balances' | 'family' | 'journal' | 'journalPosition' | 'lotsOf' | 'settleSlice' | 'returnSlice'
  >;
  readonly contractors: Pick<Contractors, 'subscriptions' | 'subscriptionsOf' | 'subscriptionOfMsisdn'>;
  readonly staff: Pick<Staff, 'ask' | 'withdraw'>;
  readonly gifts: Pick<Gifts, 'transfers'>;
}

/** With what all parts of the interface share. */
export interface PrepayParts extends PrepayDeps {
  readonly site: Site;
  readonly named: Named;
  /** An action of any kind, as it is answered and told of. */
  readonly bodyOf: (action: Action) => ActionBody;
}

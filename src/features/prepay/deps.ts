import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db } from '../../infra/db/index.ts';
import type { KeyRing } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Data } from '../data/index.ts';
import type { Gifts } from '../gifts/index.ts';
import type { Staff } from '../staff/index.ts';

export interface PrepayDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly publicUrl: string;
  readonly apiKey: string;
  /** Hides phone numbers that were asked for. */
  readonly secrets: { readonly lookup: KeyRing };
  readonly data: Pick<
    Data,
    'balances' | 'family' | 'journal' | 'journalPosition' | 'lotsOf' | 'settleSlice' | 'returnSlice'
  >;
  readonly contractors: Pick<Contractors, 'subscriptions' | 'subscriptionsOf' | 'subscriptionOfMsisdn'>;
  readonly staff: Pick<Staff, 'ask' | 'withdraw'>;
  readonly gifts: Pick<Gifts, 'transfers'>;
}

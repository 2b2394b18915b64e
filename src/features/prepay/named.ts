import { readMsisdn } from '../../base/msisdn.ts';
import { runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Subscription } from '../contractors/index.ts';
import type { PrepayDeps } from './deps.ts';

interface Whose {
  readonly 'product.id'?: string | undefined;
  readonly 'logicalResource.id'?: string | undefined;
  readonly 'partyAccount.id'?: string | undefined;
}

/** Who is meant by an id, a phone number as it is now, or a contractor. */
export interface Named {
  readonly sql: SqlRunner;
  subscription(id: string | undefined): Promise<Subscription | undefined>;
  /** Whose the number is now, as people or programs write it; undefined where it is none or nobody's. */
  ofNumber(number: string): Promise<Subscription | undefined>;
  /** Everything that is named must fit; null where nobody is. */
  subscriptionsOf(whose: Whose): Promise<readonly Subscription[] | null>;
}

export function createNamed({ db, clock, contractors }: Pick<PrepayDeps, 'db' | 'clock' | 'contractors'>): Named {
  const sql = runnerOf(db);
  const subscription: Named['subscription'] = async (id) =>
    id === undefined ? undefined : (await contractors.subscriptions(sql, [id])).get(id);
  const ofNumber: Named['ofNumber'] = async (number) => {
    const msisdn = readMsisdn(number);
    return (msisdn && (await contractors.subscriptionOfMsisdn(sql, clock.now(), msisdn))) || undefined;
  };
  return {
    sql,
    subscription,
    ofNumber,
    async subscriptionsOf({ 'product.id': id, 'logicalResource.id': number, 'partyAccount.id': contractorId }) {
      const fits = (each: Subscription) =>
        (id === undefined || each.subscriptionId === id) &&
        (contractorId === undefined || each.contractorId === contractorId);
      if (number === undefined && id === undefined) {
        return contractorId === undefined ? null : contractors.subscriptionsOf(sql, contractorId);
      }
      const found = number === undefined ? await subscription(id) : await ofNumber(number);
      return found && fits(found) ? [found] : [];
    },
  };
}

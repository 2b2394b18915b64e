import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { parseMsisdn } from '../../base/msisdn.ts';
import { type Db, runnerOf } from '../../infra/db/runner.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { KeyRing } from '../../infra/secrets.ts';
import type { Submitted } from '../../ledger/family.ts';
import { subscriptionOfNumber } from '../data/index.ts';
import type { GiftActions } from './actions.ts';
import type { GiftAnswer } from './commands.ts';
import { giftLimits } from './rules/gift-limits.ts';
import { numberHash } from './transfers.ts';

export type OfferedToNumber =
  | Submitted<GiftAnswer>
  | { readonly ok: false; readonly code: 'not-a-number' }
  | { readonly ok: false; readonly code: 'too-many-tries'; readonly until: Temporal.Instant };

export interface OfferToNumberDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly limits: TryLimits;
  readonly lookup: KeyRing;
  readonly actions: Pick<GiftActions, 'offerGift'>;
}

/**
 * Sets an amount aside for whoever has a phone number. The answer is the same for every number; the number itself is not
 * kept. Numbers are limited, so that nobody can ring at strangers' doors all day; a repeat of one request counts once.
 */
export async function offerToNumber(
  deps: OfferToNumberDeps,
  asked: {
    requestId: string;
    senderSubscriptionId: string;
    senderLineUserId: string;
    amountBytes: number;
    /** As it was typed. */
    number: string;
  },
): Promise<OfferedToNumber> {
  const { number, ...offer } = asked;
  const msisdn = parseMsisdn(number);
  if (msisdn === undefined) return { ok: false, code: 'not-a-number' };
  const taken = await deps.limits.take(deps.db, [
    { limit: giftLimits.number.limit, subject: offer.senderLineUserId, of: offer.requestId },
  ]);
  if (!taken.ok) return { ok: false, code: 'too-many-tries', until: taken.until };
  return deps.actions.offerGift({
    ...offer,
    way: 'phone-number',
    receiverSubscriptionId: await subscriptionOfNumber(runnerOf(deps.db), deps.clock.now(), msisdn),
    receiverNumberHash: numberHash(deps.lookup, msisdn),
  });
}

import type { Ground } from '../ground.ts';
import { createAmounts } from './amounts.ts';
import { createJoining } from './joining.ts';
import { createPartners } from './partners.ts';
import { createPeople } from './people.ts';
import { createSurfaces } from './surfaces.ts';

export type Features = ReturnType<typeof createFeatures>;

/**
 * Every feature, in groups, lower ones first: each group is given those below it. What a lower one must cause in a higher one is
 * handed to it as a hook, which runs only once all of them are there.
 */
export function createFeatures(ground: Ground, { onSent }: { onSent: () => void }) {
  const people = createPeople(ground, {
    onSubscriptionsOpened: (tx, subscriptions) => amounts.data.grantFirstMonths(tx, subscriptions),
    onUserChanged: (tx, subscription) => partners.ageProof.userChanged(tx, subscription),
    onUserUnlinked: (sql, ended) => partners.ageProof.userUnlinked(sql, ended),
    onForgotten: [
      (tx, { contractorId }) => amounts.billing.forgetCardOf(tx, contractorId),
      (tx, { contractorId }) => amounts.points.forget(tx, contractorId),
      (tx, { subscriptionIds }) => amounts.gifts.forget(tx, subscriptionIds),
      (tx, { subscriptionIds }) => partners.prepay.forget(tx, subscriptionIds),
    ],
    lostWithContractorLink: (sql, link, language) => amounts.points.lostWithLink(sql, link, language),
  });
  const amounts = createAmounts(ground, people);
  const joining = createJoining(ground, people, amounts);
  const partners = createPartners(ground, people, amounts);
  const others = { ...people, ...amounts, ...joining, ...partners };
  return { ...others, ...createSurfaces(ground, others, { onSent }) };
}

import { readInstant } from '../../../base/instant-text.ts';
import type { ContractorChange } from '../contractor-actions.ts';
import type { Home } from '../home.ts';
import type { Contractor } from '../store.ts';
import type { SubscriptionChange } from '../subscription-actions.ts';
import type { SubscriptionRow as Present } from '../subscription-store.ts';
import type { ContractorRow } from './contractor-row.ts';
import type { SubscriptionRow } from './subscription-row.ts';

/** What a row tells of a contractor that is not so yet; a password is only for those who are new. */
export function contractorChange(
  { contractor, home }: { readonly contractor: Contractor; readonly home: Home | null },
  row: ContractorRow,
): ContractorChange {
  const { name, email, kana, birthDate, identityVerified } = row;
  return {
    ...changed(contractor, { name, email, kana, birthDate, isIdentityVerified: identityVerified }),
    ...(row.home && JSON.stringify(home) !== JSON.stringify(row.home) ? { home: row.home } : {}),
  };
}

/** What a row tells of a subscription that is not so yet. The number is its own. */
export function subscriptionChange(present: Present, row: SubscriptionRow): SubscriptionChange {
  const { planCode, optionCodes, userName, userBirthDate, filtering } = row;
  const opensAt = readInstant(row.opensAt);
  const endedAt = row.endedAt == null ? row.endedAt : readInstant(row.endedAt);
  const hasOtherOptions = optionCodes && optionCodes.toSorted().join() !== present.optionCodes.toSorted().join();
  return {
    ...changed(present, { planCode, userName, userBirthDate, filtering }),
    ...(hasOtherOptions ? { optionCodes } : {}),
    ...(opensAt.equals(present.opensAt) ? {} : { opensAt }),
    ...(endedAt === undefined || String(endedAt) === String(present.endedAt) ? {} : { endedAt }),
  };
}

/** Those of the fields told that are different. */
function changed<Fields extends object>(
  present: { readonly [Field in keyof Fields]: unknown },
  told: Fields,
): { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> } {
  const different = Object.entries(told).filter(
    ([field, value]) => value !== undefined && value !== present[field as keyof Fields],
  );
  return Object.fromEntries(different) as { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };
}

import { accept } from '../../src/base/refusal.ts';
import type { BillingDeps } from '../../src/features/billing/index.ts';
import type { DataDeps } from '../../src/features/data/index.ts';
import type { LinkingDeps } from '../../src/features/linking/index.ts';
import type { OrdersDeps } from '../../src/features/orders/index.ts';

// What a feature is handed where the features that have something to say to it are not part of the test.

/** Contractors who have nothing but their passwords, and nothing to lose. */
export const linkingAlone: Pick<
  LinkingDeps,
  'secondFactor' | 'onContractorLink' | 'onUserUnlinked' | 'lostWithContractorLink'
> = {
  secondFactor: () => ({
    waysToLink: async () => [],
    isAsked: async () => false,
    ask: () => Promise.reject(new Error('nobody has a second factor here')),
    prove: async () => ({ ok: false, code: 'not-yet' }),
    passkeyOptions: () => Promise.reject(new Error('nobody has a passkey here')),
  }),
  onContractorLink: async () => undefined,
  onUserUnlinked: async () => undefined,
  lostWithContractorLink: async () => [],
};

/** Orders that cause nothing elsewhere, and whose codes are all good. */
export const ordersAlone: Pick<OrdersDeps, 'onCompleted' | 'onWithdrawn' | 'onChanged' | 'isFeeWaived' | 'checkCodes'> =
  {
    onCompleted: [],
    onWithdrawn: [],
    onChanged: [],
    isFeeWaived: async () => false,
    checkCodes: async () => accept(null),
  };

/** A journal in which nothing was given. */
export const withoutGifts: DataDeps['giftsOf'] = async () => [];

/** Bills that no points pay. */
export const withoutPoints: BillingDeps['pointsFor'] = async () => new Map();

import type { Config } from '../../config.ts';
import { createBilling } from '../../features/billing/index.ts';
import { createData, networkBehind, simulatedNetwork } from '../../features/data/index.ts';
import { createGifts } from '../../features/gifts/index.ts';
import { createPoints } from '../../features/points/index.ts';
import { preparedRunnerOf } from '../../infra/db/index.ts';
import { createStandardWebhook } from '../../infra/outside/standard-webhook.ts';
import type { Ground } from '../ground.ts';
import type { People } from './people.ts';
import { sharedBy } from './shared.ts';

export type Amounts = ReturnType<typeof createAmounts>;

/** What a subscription has and what it costs: data, bills, points, gifts. */
export function createAmounts(ground: Ground, { contractors, linking, credentials }: People) {
  const { config, database, ledger, limits, secrets, line, companies } = ground;
  const shared = sharedBy(ground);
  const requireAwake = credentials.requireAwake();
  const data = createData({
    ...shared,
    reads: preparedRunnerOf(database.pool),
    ledger,
    linking,
    contractors,
    giftsOf: (sql, ids) => gifts.giftsOf(sql, ids),
    network: networkOf(config),
  });

  const points = createPoints({ ...shared, ledger, line, requireAwake });
  const billing = createBilling({
    ...shared,
    ledger,
    linking,
    contractors,
    data,
    requireAwake,
    gateway: companies.payments,
    canMail: ground.mail !== null,
    pointsFor: points.useOnBills,
  });

  const gifts = createGifts({
    ...shared,
    ledger,
    linking,
    data,
    limits,
    secrets,
    recordFees: billing.recordGiftFees,
  });

  return { data, billing, points, gifts };
}

/** Who tells the network of slowing and lifting: the operator's own program, in the demo nobody. */
function networkOf({ networkEvents, isDemo }: Config) {
  if (networkEvents) return networkBehind(createStandardWebhook(networkEvents));
  return isDemo ? simulatedNetwork : null;
}

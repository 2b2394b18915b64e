import { createAgeProof } from '../../features/age-proof/index.ts';
import { createPrepay } from '../../features/prepay/index.ts';
import { preparedRunnerOf } from '../../infra/db/index.ts';
import type { Ground } from '../ground.ts';
import type { Amounts } from './amounts.ts';
import type { People } from './people.ts';
import { sharedBy } from './shared.ts';

/** What other companies' programs, and the operator's own, may ask about a subscription and do with its data. */
export function createPartners(ground: Ground, { staff, contractors, linking }: People, { data, gifts }: Amounts) {
  const { config, log, database, limits, rates, secrets } = ground;
  const shared = sharedBy(ground);
  const ageProof = createAgeProof({
    ...shared,
    sql: preparedRunnerOf(database.pool),
    limits,
    rates,
    trustedProxies: config.trustedProxies,
    secrets,
    contractors,
    linking,
    data,
    onError: (err) => log.error({ err }, 'the OpenID provider stumbled'),
  });
  const prepay = createPrepay({ ...shared, secrets, contractors, data, gifts, staff });
  return { ageProof, prepay };
}

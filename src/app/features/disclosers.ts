import { ageProofDiscloser } from '../../features/age-proof/index.ts';
import { applicationsDiscloser } from '../../features/applications/index.ts';
import { billingDiscloser } from '../../features/billing/index.ts';
import { contractorsDiscloser } from '../../features/contractors/index.ts';
import { conversationsDiscloser } from '../../features/conversations/index.ts';
import { credentialsDiscloser } from '../../features/credentials/index.ts';
import { dataDiscloser } from '../../features/data/index.ts';
import { giftsDiscloser } from '../../features/gifts/index.ts';
import { invitationsDiscloser } from '../../features/invitations/index.ts';
import { linkingDiscloser } from '../../features/linking/index.ts';
import { lineAccountDiscloser } from '../../features/official-account/index.ts';
import { ordersDiscloser } from '../../features/orders/index.ts';
import { pointsDiscloser } from '../../features/points/index.ts';
import { prepayDiscloser } from '../../features/prepay/index.ts';

/** Who answers what is kept of somebody, in the order of the file. A table that none of them names is a fault of a test. */
export const disclosers = [
  contractorsDiscloser,
  linkingDiscloser,
  lineAccountDiscloser,
  credentialsDiscloser,
  billingDiscloser,
  dataDiscloser,
  prepayDiscloser,
  giftsDiscloser,
  pointsDiscloser,
  invitationsDiscloser,
  ordersDiscloser,
  applicationsDiscloser,
  ageProofDiscloser,
  conversationsDiscloser,
];

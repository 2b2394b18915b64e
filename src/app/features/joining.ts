import { createApplications } from '../../features/applications/index.ts';
import { createInvitations, type Invitations } from '../../features/invitations/index.ts';
import { lineAccountsOf } from '../../features/official-account/index.ts';
import { createOrders } from '../../features/orders/index.ts';
import type { Ground } from '../ground.ts';
import type { Amounts } from './amounts.ts';
import { orderHooks } from './order-hooks.ts';
import type { People } from './people.ts';
import { sharedBy } from './shared.ts';

/** How one becomes a customer: the application, the order that comes of it, and who invited. */
export function createJoining(ground: Ground, people: People, { billing, points }: Amounts) {
  const { operator, limits, secrets, isSecure, companies } = ground;
  const { contractors, linking, credentials } = people;
  const shared = sharedBy(ground);
  const canMail = ground.mail !== null;
  const orders = createOrders({
    ...shared,
    secrets,
    isSecure,
    canMail,
    contractors,
    linking,
    provisioning: companies.provisioning,
    ...orderHooks(operator, () => ({ billing, invitations })),
  });

  const invitations: Invitations = createInvitations({
    ...shared,
    secrets,
    contractors,
    linking,
    lineAccountsOf,
    points,
  });

  const applications = createApplications({
    ...shared,
    limits,
    secrets,
    isSecure,
    isOffered: canMail && Object.values(companies).every((company) => company !== null),
    identity: companies.identity,
    payments: companies.payments,
    forgetCards: billing.forgetCards,
    contractors,
    credentials,
    orders,
    invitations,
  });

  return { orders, invitations, applications };
}

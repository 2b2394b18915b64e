import { createApplications } from '../../src/features/applications/index.ts';
import { createInvitations, type Invitations } from '../../src/features/invitations/index.ts';
import { lineAccountsOf } from '../../src/features/official-account/index.ts';
import { createOrders } from '../../src/features/orders/index.ts';
import { createPoints } from '../../src/features/points/index.ts';
import { ordersAlone } from './alone.ts';
import { connectedCompanies } from './companies.ts';
import { myPageWorld } from './my-page.ts';
import { testOperator } from './operator.ts';

export type ApplicationWorld = Awaited<ReturnType<typeof applicationWorld>>;

/** My Page's world with applications and orders in it. */
export async function applicationWorld({ operator = testOperator, isOffered = true } = {}) {
  const world = await myPageWorld();
  const { database, clock, secrets, sessions, limits, contractors, credentials, linking } = world;
  const shared = { db: database.db, clock, operator, secrets, contractors, isSecure: true };
  const publicUrl = 'https://my.example.jp';
  const orders = createOrders({
    ...shared,
    publicUrl,
    canMail: true,
    linking,
    provisioning: null,
    ...ordersAlone,
    onChanged: [(tx, order, change) => invitations.onOrderChanged(tx, order, change)],
  });
  const { companies, identity, payments } = await connectedCompanies(clock);
  const points = createPoints({
    ...shared,
    publicUrl,
    sessions,
    ledger: world.ledger,
    line: { giveStickers: async () => ({ kind: 'ok', value: null, requestId: null }) },
    requireAwake: credentials.requireAwake(),
  });
  const invitations: Invitations = createInvitations({
    ...shared,
    publicUrl,
    sessions,
    linking: world.linking,
    lineAccountsOf,
    points,
  });
  const forgotten: string[] = [];
  const forgetCards = async (_: unknown, references: readonly string[]) => void forgotten.push(...references);
  const outside = { isOffered, identity, payments, forgetCards, invitations };
  const applications = createApplications({ ...shared, ...outside, publicUrl, sessions, limits, credentials, orders });
  world.web.route('/', applications.pages());
  world.web.route('/', invitations.pages());
  return {
    ...world,
    orders,
    applications,
    /** Cards the gateway was to forget. */
    forgotten,
    companies,
    invitations,
    points,
    async close() {
      await companies.stop();
      await world.close();
    },
  };
}

import { createApplications } from '../../src/features/applications/index.ts';
import { createOrders } from '../../src/features/orders/index.ts';
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
  const orders = createOrders({ ...shared, publicUrl, canMail: true, linking, provisioning: null });
  const { companies, identity, payments } = await connectedCompanies(clock);
  const outside = { isOffered, identity, payments };
  const applications = createApplications({ ...shared, ...outside, publicUrl, sessions, limits, credentials, orders });
  world.web.route('/', applications.pages());
  return {
    ...world,
    orders,
    applications,
    companies,
    async close() {
      await companies.stop();
      await world.close();
    },
  };
}

import { Temporal } from 'temporal-polyfill';
import type { AdjustableClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { COMPANY_SECRETS } from '../../src/demo/companies.tsx';
import type { Application, Order } from '../../src/features/orders/index.ts';
import { runnerOf } from '../../src/infra/db/index.ts';
import type { Message } from '../../src/infra/line/talk.ts';
import { openSite } from '../attacks/world.ts';
import { connectedCompanies } from './companies.ts';
import { application, newContractor } from './orders.ts';

export type OrdersSite = Awaited<ReturnType<typeof ordersSite>>;

/** The whole app as operators run it, connected to simulated companies that fail as they are told. */
export async function ordersSite(at = '2026-11-18T14:00:00+09:00') {
  let clock: AdjustableClock | undefined;
  const later = { now: () => (clock ? clock.now() : Temporal.Instant.from(at)) };
  const { companies } = await connectedCompanies(later);
  const site = await openSite(at, {
    PROVISIONING_URL: `${companies.url}/network`,
    PROVISIONING_SECRET: COMPANY_SECRETS.network,
    IDENTITY_URL: `${companies.url}/identity`,
    IDENTITY_SECRET: COMPANY_SECRETS.identity,
    PAYMENTS_URL: `${companies.url}/cards`,
    PAYMENTS_SECRET: COMPANY_SECRETS.cards,
  });
  clock = site.clock;
  const { app, people } = site;
  const sql = runnerOf(app.database.db);
  const agent = { cookie: await people.signInStaff('agent') };
  /** What a job of orders does by now. */
  const due = async (name: string) => app.orders.jobs.find((job) => job.name === name)?.run(site.clock.now());
  let applied = 0;

  async function friend(): Promise<string> {
    applied += 1;
    const lineUserId = `U${String(applied).padStart(32, '0')}`;
    await sql.query(
      `insert into line_account (line_user_id, display_name, is_friend, updated_at) values ($1, '恵', true, $2)`,
      [lineUserId, site.clock.now().toString()],
    );
    return lineUserId;
  }

  /** Somebody else each time. */
  function unsent(given: Partial<Application> = {}): Application {
    applied += 1;
    const name = { family: '山本', given: `恵${applied}` };
    const mail = `p${applied}@example.jp`;
    const contractor = newContractor({
      name,
      mail,
      address: `東京都渋谷区神宮前1-2-${applied}`,
      phone: `0901111${applied}`,
    });
    const payment = { reference: `card-${applied}`, brand: 'Visa', lastFour: '4242', expiresIn: '2029-08' };
    const whole = application({ requestId: newId(), contractor, payment });
    const { birthDate, postalCode, address } = contractor;
    const { identity } = whole;
    const checked = identity && { ...identity, person: { name, birthDate, postalCode, address } };
    return { ...whole, identity: checked, ...given };
  }

  async function place(given: Partial<Application> = {}): Promise<Order> {
    const placed = await app.orders.place(unsent(given));
    if (!placed.ok) throw new Error(placed.code);
    return placed.value;
  }

  const now = async (orderId: string): Promise<Order> => {
    const order = await app.orders.order(sql, orderId);
    if (!order) throw new Error('no such order');
    return order;
  };

  async function step(orderId: string, event: string, reason = '', more: Record<string, string> = {}) {
    const { version } = await now(orderId);
    const form = { event, version: String(version), reason, requestId: newId(), ...more };
    return desk('POST', `/console/orders/${orderId}`, form);
  }

  /** As the agent, who stays signed in however far the clock goes. */
  async function desk(method: string, path: string, form: Record<string, string> = {}) {
    await sql.query('update staff_session set created_at = $1, seen_at = $1', [site.clock.now().toString()]);
    return site.ask(method, path, agent, { form });
  }

  /** What is due at the network now, once. */
  const work = () => due('orders.activate');

  return {
    ...site,
    sql,
    network: companies.network,
    moodOf: companies.manner('network'),
    desk,
    friend,
    unsent,
    place,
    now,
    step,
    work,
    due,
    /** Placed, reviewed and approved. */
    async approved(given: Partial<Application> = {}): Promise<string> {
      const { orderId } = await place(given);
      await step(orderId, 'take');
      const answer = await step(orderId, 'approve');
      if (answer.status !== 303) throw new Error(`not approved: ${answer.text}`);
      return orderId;
    },
    /** Minutes pass, and the network is asked in each. */
    async pass(minutes: number) {
      for (let minute = 0; minute < minutes; minute += 1) {
        await work();
        site.clock.advance('PT1M');
      }
      await work();
    },
    story: async (orderId: string) => (await app.orders.changesOf(sql, orderId)).map(({ event }) => event).join(' '),
    async tap(lineUserId: string, action: string, params: Record<string, string> = {}): Promise<Message[]> {
      const context = {
        db: app.database.db,
        now: site.clock.now(),
        eventId: newId(),
        lineUserId,
        displayName: null,
        language: 'ja' as const,
      };
      return app.orders.talk.hear(context, { kind: 'button', action, params: new URLSearchParams(params) });
    },
    async close() {
      await site.close();
      await companies.stop();
    },
  };
}

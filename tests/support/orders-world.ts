import { newId } from '../../src/base/ids.ts';
import { listenersConsole } from '../../src/features/listeners/index.ts';
import {
  type Application,
  createOrders,
  type Order,
  type Orders,
  type OrdersDeps,
} from '../../src/features/orders/index.ts';
import { runnerOf } from '../../src/infra/db/index.ts';
import { createLive } from '../../src/infra/live/live.ts';
import { ordersAlone } from './alone.ts';
import { testOperator } from './operator.ts';
import { application, newContractor } from './orders.ts';
import { type StaffName, staffWorld } from './staff.ts';

export type OrdersWorld = Awaited<ReturnType<typeof ordersWorld>>;

/** Orders with their pages and the console, beside contractors and linking, on a real database. */
export async function ordersWorld({
  publicUrl = 'https://my.example.jp',
  ...more
}: { publicUrl?: string } & Partial<Pick<OrdersDeps, 'checkCodes'>> = {}) {
  let made: Orders | undefined;
  const world = await staffWorld({
    pages: (staff, common) => listenersConsole({ ...common, staff }),
    feature(staff, ground) {
      made = createOrders({
        db: ground.database.db,
        clock: ground.clock,
        operator: testOperator,
        secrets: ground.secrets,
        publicUrl,
        isSecure: true,
        canMail: true,
        contractors: ground.contractors,
        linking: ground.linking,
        provisioning: null,
        ...ordersAlone,
        ...more,
      });
      ground.web.get('/test/sign-in', async (c) => {
        const { lineUserId = null, contractorId = null } = c.req.query();
        const method = lineUserId ? 'line-login' : 'password';
        await ground.sessions.start(c, { lineUserId, contractorId, method });
        return c.text('signed in');
      });
      ground.web.route('/', made.pages());
      const live = createLive({ url: ground.database.url, topics: [], onError: () => undefined });
      return made.console({ staff, live });
    },
  });
  if (!made) throw new Error('no orders');
  const orders = made;
  const sql = runnerOf(world.database.db);
  let people = 0;

  /** Somebody else each time, so that nobody reaches a limit by accident. */
  async function place(given: Partial<Application> = {}): Promise<Order> {
    people += 1;
    const name = { family: '山本', given: `恵${people}` };
    const contractor = newContractor({
      name,
      address: `東京都渋谷区神宮前1-2-${people}`,
      phone: `090-1111-${String(people).padStart(4, '0')}`,
      mail: `p${people}@example.jp`,
    });
    const whole = application({
      requestId: newId(),
      contractor,
      payment: { reference: `card-${people}`, brand: 'Visa', lastFour: '4242', expiresIn: '2029-08' },
    });
    const { identity } = whole;
    const person = {
      name,
      birthDate: contractor.birthDate,
      postalCode: contractor.postalCode,
      address: contractor.address,
    };
    const placed = await orders.place({ ...whole, identity: identity && { ...identity, person }, ...given });
    if (!placed.ok) throw new Error(placed.code);
    return placed.value;
  }

  const now = async (orderId: string): Promise<Order> => {
    const order = await orders.order(sql, orderId);
    if (!order) throw new Error('no such order');
    return order;
  };

  return {
    ...world,
    orders,
    sql,
    place,
    /** The order as it is now. */
    now,
    /** What happened to it, in one line. */
    story: async (orderId: string) => (await orders.changesOf(sql, orderId)).map(({ event }) => event).join(' '),
    /** A member of staff with a browser, who does things as the page at this moment would send them. */
    async desk(loginId: StaffName) {
      const browser = await world.signIn(loginId);
      return {
        browser,
        see: async (orderId: string) => (await browser.get(`/console/orders/${orderId}`)).text,
        async step(
          orderId: string,
          event: string,
          more: { reason?: string; version?: number; requestId?: string; about?: readonly string[] } = {},
        ) {
          const version = String(more.version ?? (await now(orderId)).version);
          const { reason = '', requestId = newId(), about = [] } = more;
          const topics = Object.fromEntries(about.map((topic) => [`about-${topic}`, 'yes']));
          return browser.post(`/console/orders/${orderId}`, { event, version, reason, requestId, ...topics });
        },
      };
    },
    /** A browser in which somebody is signed in to LINE, or as a contractor. */
    async signedIn(who: { lineUserId?: string; contractorId?: string }) {
      const browser = world.browser();
      await browser.get(`/test/sign-in?${new URLSearchParams(who)}`);
      return browser;
    },
    /** The mails written to somebody, oldest first. */
    async mails(to: string): Promise<{ subject: string; text: string }[]> {
      const rows = await sql.query<{ body: { subject: string; text: string } }>(
        'select body from mail_outbox where recipient = $1 order by created_at, mail_id',
        [to],
      );
      return rows.map(({ body }) => body);
    },
    /** What the talk was told, each message by what is read aloud. */
    async heard(lineUserId: string): Promise<string[]> {
      const rows = await sql.query<{ body: { messages?: { altText?: string; text?: string }[] } }>(
        `select body from outbox where line_user_id = $1 and kind = 'message' order by created_at, outbox_id`,
        [lineUserId],
      );
      return rows.flatMap(({ body }) => (body.messages ?? []).map((each) => each.altText ?? each.text ?? ''));
    },
  };
}

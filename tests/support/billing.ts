import type { Operator } from '../../src/base/operator.ts';
import { createBilling, type PointsFor } from '../../src/features/billing/index.ts';
import { withoutPoints } from './alone.ts';
import { connectedCompanies } from './companies.ts';
import { myPageWorld } from './my-page.ts';
import { testOperator } from './operator.ts';

export type BillingWorld = Awaited<ReturnType<typeof billingWorld>>;

/** My Page's world with billing in it. */
export async function billingWorld(
  operator: Operator = testOperator,
  options: { pointsFor?: PointsFor; hasCompanies?: boolean } = {},
) {
  const world = await myPageWorld();
  const { clock, database, ledger, sessions, contractors, linking, data } = world;
  const outside = options.hasCompanies ? await connectedCompanies(clock) : null;
  const billing = createBilling({
    db: database.db,
    clock,
    operator,
    ledger,
    sessions,
    contractors,
    linking,
    data,
    requireAwake: world.credentials.requireAwake(),
    publicUrl: 'https://my.example.jp',
    apiKey: 'the-key',
    gateway: outside?.payments ?? null,
    canMail: true,
    pointsFor: options.pointsFor ?? withoutPoints,
  });
  world.web.route('/', billing.pages());
  world.web.route('/', billing.api());
  return {
    ...world,
    billing,
    /** The simulated companies; only where they were asked for. */
    get companies() {
      if (!outside) throw new Error('this world has no companies');
      return outside.companies;
    },
    async close() {
      await outside?.companies.stop();
      await world.close();
    },
    /** Moves the clock and does what is due by then, as often as something is. */
    async until(at: string) {
      clock.freeze(at);
      const jobs = [...contractors.jobs, ...data.jobs, ...billing.jobs];
      for (let round = 0; round < 20; round += 1) {
        let done = 0;
        for (const job of jobs) done += await job.run(clock.now());
        if (done === 0) return;
      }
      throw new Error('the jobs find something due for ever');
    },
    /** What a page says, without its tags. */
    words: (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '),
    /** A hidden field of a page's form. */
    hidden: (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '',
    /** Everything the outbox holds for a person: what the notification says. */
    async notified(lineUserId: string): Promise<string[]> {
      return world.sql
        .query<{ alt: string }>(
          `select coalesce(body -> 'messages' -> 0 ->> 'altText', body -> 'messages' -> 0 ->> 'text') as alt
           from outbox where line_user_id = $1 and kind = 'message' order by created_at, outbox_id`,
          [lineUserId],
        )
        .then((rows) => rows.map(({ alt }) => alt));
    },
  };
}

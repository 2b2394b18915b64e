import { Hono } from 'hono';
import { collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import type { Db } from '../db/runner.ts';
import { runnerOf } from '../db/runner.ts';

interface TelemetryDeps {
  db: Db;
  /** Whether the process is on its way out: it still answers, and wants no more. */
  isStopping: () => boolean;
  metrics?: readonly Metric[];
}

/**
 * For machines that watch: `/healthz` (the process lives), `/readyz` (it can serve), `/metrics` (Prometheus), what features
 * measure of themselves included.
 */
export function telemetryRoutes({ db, isStopping, metrics = [] }: TelemetryDeps): Hono {
  const registry = new Registry();
  for (const metric of metrics) registry.registerMetric(metric);
  collectDefaultMetrics({ register: registry });
  const waiting = (name: string, help: string, count: string) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const [row] = await runnerOf(db).query<{ count: number }>(count);
        this.set(row?.count ?? 0);
      },
    });
  waiting(
    'renkei_outbox_waiting',
    'Messages that have not left for LINE yet',
    `select (select count(*) from outbox where state = 'waiting')
            + (select coalesce(sum(message_count), 0) from outbox_parcel) as count`,
  );
  waiting(
    'renkei_outbox_unknown',
    'Messages of which we do not know whether LINE took them',
    `select count(*) as count from outbox where state = 'unknown'`,
  );
  waiting(
    'renkei_line_messages_used',
    'Messages pushed this month that LINE counts, as it said last',
    'select coalesce((select used from line_allowance), 0) as count',
  );
  waiting(
    'renkei_line_messages_limit',
    'Messages that may be pushed in a month; 0 without a limit, or before LINE said',
    'select coalesce((select limit_per_month from line_allowance), 0) as count',
  );
  waiting(
    'renkei_events_waiting',
    'Webhook events stored and not yet answered',
    `select (select count(*) from line_event where done_at is null and parked_at is null)
          + (select coalesce(sum(jsonb_array_length(events::jsonb)), 0) from line_arrival where refusal is null) as count`,
  );
  waiting(
    'renkei_events_parked',
    'Webhook events given up after repeated failures, and what came that could not be read',
    `select (select count(*) from line_event where parked_at is not null)
          + (select count(*) from line_arrival where refusal is not null) as count`,
  );
  waiting(
    'renkei_ledger_agrees',
    'Whether journal and lots agreed at the last look: 1 or 0',
    `select case when coalesce((select finding_count from ledger_check order by checked_at desc limit 1), 0) = 0
                 then 1 else 0 end as count`,
  );
  waiting(
    'renkei_ledger_findings',
    'What did not agree in the ledger at the last look; above 0 gifts rest',
    'select coalesce((select finding_count from ledger_check order by checked_at desc limit 1), 0) as count',
  );

  const isReachable = () =>
    inTime(runnerOf(db).query('select 1')).then(
      () => true,
      () => false,
    );
  new Gauge({
    name: 'renkei_database_reachable',
    help: 'Whether the database answers: 1 or 0; without it, what is counted there is left out',
    registers: [registry],
    async collect() {
      this.set((await isReachable()) ? 1 : 0);
    },
  });

  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'alive' }))
    .get('/readyz', async (c) => {
      if (isStopping()) return c.json({ status: 'stopping' }, 503);
      return (await isReachable()) ? c.json({ status: 'ready' }) : c.json({ status: 'database unreachable' }, 503);
    })
    .get('/metrics', async (c) => c.text(await known(registry), 200, { 'content-type': registry.contentType }));
}

/** Every metric that can be read now: an outage is when somebody looks. */
async function known(registry: Registry): Promise<string> {
  const texts = registry
    .getMetricsAsArray()
    .map(({ name }) => inTime(registry.getSingleMetricAsString(name)).catch(() => ''));
  return `${(await Promise.all(texts)).filter((text) => text !== '').join('\n\n')}\n`;
}

/** Those who watch ask again after ten seconds; a database that says nothing at all must not make us miss that. */
const PATIENCE_MS = 5_000;

function inTime<Answer>(work: Promise<Answer>): Promise<Answer> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error('no answer in time')), PATIENCE_MS);
    work.then(done, fail).finally(() => clearTimeout(late));
  });
}

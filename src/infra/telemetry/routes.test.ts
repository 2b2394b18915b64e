import { Gauge } from 'prom-client';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../db/index.ts';
import { telemetryRoutes } from './routes.ts';

// Nothing listens there.
const database = openDatabase({ url: 'postgresql://renkei@127.0.0.1:9/renkei' });
afterAll(() => database.close());

const own = new Gauge({ name: 'own', help: 'What the process knows by itself', registers: [] });
own.set(7);
let isStopping = false;
const routes = telemetryRoutes({ db: database.db, isStopping: () => isStopping, metrics: [own] });

test('without its database a process lives, is not ready, and says so', async () => {
  expect((await routes.request('/healthz')).status).toBe(200);
  const ready = await routes.request('/readyz');
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'database unreachable' }]);
});

test('without its database it tells the figures it knows, and none that it does not', async () => {
  const response = await routes.request('/metrics');
  expect(response.status).toBe(200);
  const figures = await response.text();
  expect(figures).toMatch(/^own 7$/m);
  expect(figures).toMatch(/^renkei_database_reachable 0$/m);
  expect(figures).toMatch(/^process_resident_memory_bytes \d/m);
  expect(figures).not.toContain('renkei_outbox_waiting');
  expect(figures).not.toContain('renkei_ledger_agrees');
});

test('on its way out it wants no more', async () => {
  isStopping = true;
  const ready = await routes.request('/readyz');
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'stopping' }]);
});

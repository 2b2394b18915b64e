import type { Server } from 'node:http';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { companiesPanel } from './companies-panel.tsx';
import { createSimulatedCardGateway } from './simulated-card-gateway/app.tsx';
import { type Manner, MOODS } from './simulated-company/door.ts';
import { COMPANY_STYLES } from './simulated-company/page.tsx';
import { createSimulatedIdentityProvider } from './simulated-identity-provider/app.tsx';
import { FATES } from './simulated-network/activations.ts';
import { createSimulatedNetwork, type SimulatedNetwork } from './simulated-network/app.tsx';

export const COMPANIES = ['identity', 'cards', 'network'] as const;
export type CompanyName = (typeof COMPANIES)[number];

/** Secrets that exist only here; the demo's settings hand them to both sides. */
export const COMPANY_SECRETS = {
  identity: 'demo-identity-secret-0000000000000000',
  cards: 'demo-payments-secret-0000000000000000',
  network: 'demo-provisioning-secret-000000000000',
} as const;

/** The companies outside, simulated, on a port of their own: to browsers they are somebody else's site. */
export interface Companies {
  readonly url: string;
  readonly network: SimulatedNetwork;
  manner(company: CompanyName): Manner;
  /** Forgets everybody: the demo begins anew. */
  empty(): void;
  stop(): Promise<void>;
}

const settingsForm = z.object({
  fate: z.enum(FATES).optional(),
  minutes: z.coerce.number().min(0).max(1_440).optional(),
});

/** @param dataDir where they remember; null: they do as long as they run. */
export async function startCompanies(options: {
  host: string;
  port: number;
  /** How they are reached. */
  url: string;
  clock: Clock;
  dataDir: string | null;
}): Promise<Companies> {
  const { host, port, url, clock, dataDir } = options;
  const fileOf = (company: CompanyName) => (dataDir === null ? null : companyFile(dataDir, company));
  const common = (company: CompanyName) => ({
    clock,
    url: `${url}/${company}`,
    secret: COMPANY_SECRETS[company],
    file: fileOf(company),
  });
  const network = createSimulatedNetwork(common('network'));
  const companies = {
    identity: createSimulatedIdentityProvider(common('identity')),
    cards: createSimulatedCardGateway(common('cards')),
    network,
  };

  const app = new Hono();
  app.get('/styles.css', (c) => c.body(COMPANY_STYLES, 200, { 'content-type': 'text/css; charset=utf-8' }));
  for (const company of COMPANIES) app.route(`/${company}`, companies[company].app);
  const manner = (company: CompanyName) => companies[company].manner;
  app.route('/', companiesPanel({ network, manner }));
  app.post('/control/:company', async (c) => {
    const company = z.enum(COMPANIES).parse(c.req.param('company'));
    const form = await c.req.parseBody();
    const mood = z.enum(MOODS).safeParse(form.mood);
    if (mood.success) manner(company).mood = mood.data;
    if (company === 'network') Object.assign(network.settings, defined(settingsForm.parse(form)));
    return c.redirect('/', 303);
  });

  const server = await listening(app, host, port);
  return {
    url,
    network,
    manner,
    empty() {
      for (const company of COMPANIES) companies[company].empty();
    },
    async stop() {
      await new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
      for (const company of COMPANIES) companies[company].close();
    },
  };
}

/** Where a company remembers, in the demo's folder. */
export const companyFile = (dataDir: string, company: CompanyName): string =>
  join(dataDir, `simulated-${company}.jsonl`);

const defined = (settings: object) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

function listening(app: Hono, hostname: string, port: number): Promise<Server> {
  return new Promise((done, fail) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => done(server as Server));
    server.once('error', fail);
  });
}

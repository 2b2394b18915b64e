import type { Clock } from '../../src/base/clock.ts';
import { COMPANY_SECRETS, startCompanies } from '../../src/demo/companies.tsx';
import { createIdentityProvider } from '../../src/infra/identity/over-http.ts';
import { createCardGateway } from '../../src/infra/payments/over-http.ts';
import { createProvisioning } from '../../src/infra/provisioning/over-http.ts';
import { freePort } from './free-port.ts';

/** The simulated companies on a free port, and our ports to them, which lose patience soon. */
export async function connectedCompanies(clock: Clock, { dataDir = null }: { dataDir?: string | null } = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const companies = await startCompanies({ host: '127.0.0.1', port, url, clock, dataDir });
  return { companies, ...portsTo(url) };
}

export type ConnectedCompanies = Awaited<ReturnType<typeof connectedCompanies>>;

function portsTo(url: string) {
  const troubles: string[] = [];
  const soon = { timeoutMs: 1_000, pausesMs: [10], onTrouble: ({ why }: { why: string }) => void troubles.push(why) };
  return {
    troubles,
    identity: createIdentityProvider({ ...soon, url: `${url}/identity`, secret: COMPANY_SECRETS.identity }),
    payments: createCardGateway({ ...soon, url: `${url}/cards`, secret: COMPANY_SECRETS.cards }),
    provisioning: createProvisioning({ ...soon, url: `${url}/network`, secret: COMPANY_SECRETS.network }),
  };
}

/** What a person does on a company's page: sends its form, and is told where to go on. */
export async function submitOn(
  url: string,
  form: Record<string, string>,
): Promise<{ status: number; location: string }> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  await response.text();
  return { status: response.status, location: response.headers.get('location') ?? '' };
}

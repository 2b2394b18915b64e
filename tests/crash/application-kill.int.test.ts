import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { COMPANY_SECRETS } from '../../src/demo/companies.tsx';
import type { Database } from '../../src/infra/db/index.ts';
import { digest, makeKeys } from '../../src/infra/secrets.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { type ConnectedCompanies, connectedCompanies, submitOn } from '../support/companies.ts';
import { testDatabase } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';

/** Longer: RENKEI_KILLS=30 npx vitest run --project integration tests/crash/application-kill.int.test.ts */
const KILLS = Number(process.env.RENKEI_KILLS ?? 1);
const PEOPLE = 4 + 2 * KILLS;
/** So many answers after the one before comes the next kill, whoever is where just then. */
const ANSWERS_BETWEEN = 45;
/** The number of who stops half-way: an even one brings a phone number along. */
const HALFWAY = 100;
/** An application has nine steps; some are asked for again after a kill. */
const MOST_STEPS = 40;
const SITE = 'https://my.example.jp';
/** A busy machine takes its time to start an app, and the network is asked every few seconds. */
const PATIENCE = { timeout: 90_000 };

let database: Database;
let companies: ConnectedCompanies['companies'];
let app: AppProcess | undefined;
beforeAll(async () => {
  database = await testDatabase();
  ({ companies } = await connectedCompanies(systemClock));
  companies.network.settings.minutes = 0;
});
afterAll(async () => {
  await app?.kill();
  await companies.stop();
  await database.close();
});

const rowsOf = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await database.pool.query<Row>(text, values)).rows;

test(`the app is killed ${KILLS + 1} times under ${PEOPLE} who apply: no order is lost, none made twice, no number given twice`, {
  timeout: 120_000 + KILLS * 20_000,
}, async () => {
  const options = {
    databaseUrl: database.url,
    port: await freePort(),
    keys: makeKeys(),
    settings: {
      RENKEI_ROLES: 'web,jobs',
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'renkei@example.jp',
      IDENTITY_URL: `${companies.url}/identity`,
      IDENTITY_SECRET: COMPANY_SECRETS.identity,
      PAYMENTS_URL: `${companies.url}/cards`,
      PAYMENTS_SECRET: COMPANY_SECRETS.cards,
      PROVISIONING_URL: `${companies.url}/network`,
      PROVISIONING_SECRET: COMPANY_SECRETS.network,
    },
  };
  let running = await startAppProcess(options);
  app = running;
  let answers = 0;
  let kills = 0;
  let isDown = false;

  async function kill(): Promise<void> {
    isDown = true;
    await running.kill();
    app = undefined;
    running = await startAppProcess(options);
    app = running;
    isDown = false;
    kills += 1;
  }

  /** Asks until there is an answer, as people do whose page does not come. */
  async function ask(browser: Browser, method: string, path: string, form: Record<string, string> = {}) {
    for (;;) {
      const answer = await once(running.url, browser, method, path, form);
      if (answer) {
        answers += 1;
        if (kills < KILLS && !isDown && answers > (kills + 1) * ANSWERS_BETWEEN) await kill();
        return answer;
      }
      await wait(50);
    }
  }

  /** Does on each page what it asks for, until there is no page left; what was done already is not asked for again. */
  async function apply(nth: number): Promise<string> {
    const browser: Browser = { cookies: new Map() };
    const begun = await ask(browser, 'POST', '/apply', { requestId: newId() });
    const at = begun.location.replace(/\/plan$/, '');
    const requestId = newId();
    for (let asked = 0; ; asked += 1) {
      const { location } = await ask(browser, 'GET', at);
      const step = location.slice(at.length + 1);
      if (step === 'review') break;
      // Who does not get on would do so until the test's time is over, and nobody would know where.
      if (asked > MOST_STEPS) throw new Error(`person ${nth} does not get past ${step}`);
      if (step === 'documents')
        for (const code of ['explanation', 'terms']) await ask(browser, 'GET', `${at}/${step}/${code}`);
      const form = { ...(await formOf(step, nth)), requestId };
      // A mail that was just being sent at a kill is not sent a second time, and forgotten: people ask for another.
      if (form.code === '') {
        await ask(browser, 'POST', `${at}/${step}/again`, { requestId: newId() });
        continue;
      }
      const answer = await ask(browser, 'POST', `${at}/${step}`, form);
      if (step === 'identity' || step === 'payment') await visit(answer.location);
      if (step === 'identity' || step === 'payment') await ask(browser, 'GET', `${at}/${step}/back`);
    }
    const sent = await ask(browser, 'POST', `${at}/review`, { requestId });
    expect(sent.location).toBe(`${at}/done`);
    expect((await ask(browser, 'GET', sent.location)).status).toBe(200);
    const [order] = await rowsOf<{ orderId: string }>(
      'select order_id as "orderId" from application_draft where draft_id = $1',
      [at.slice('/apply/'.length)],
    );
    return order?.orderId ?? '';
  }

  /** Two of the staff have the order before them, and both take it and approve it at once. */
  async function approve(orderId: string): Promise<void> {
    const [known] = await rowsOf<{ version: number }>('select version from product_order where order_id = $1', [
      orderId,
    ]);
    await Promise.all(
      agents.map(async (agent) => {
        let version = known?.version ?? 0;
        for (const event of ['take', 'approve']) {
          const form = { event, version: String(version), reason: '', requestId: newId() };
          const { status } = await ask(agent, 'POST', `/console/orders/${orderId}`, form);
          if (status !== 303) return;
          version += 1;
        }
      }),
    );
  }

  const halfway: Browser = { cookies: new Map() };
  const { location } = await ask(halfway, 'POST', '/apply', { requestId: newId() });
  const half = location.replace(/\/plan$/, '');
  for (const step of ['plan', 'sim']) await ask(halfway, 'POST', `${half}/${step}`, await formOf(step, HALFWAY));
  const agents = [await agent('一'), await agent('二')];

  const people = Array.from({ length: PEOPLE }, (_, nth) => nth);
  const orderIds = await Promise.all(
    people.map(async (nth) => {
      const orderId = await apply(nth);
      await approve(orderId);
      return orderId;
    }),
  );
  // The network is at work for some of them.
  await kill();
  const stateOf = 'select state, count(*)::int as count from product_order group by state';
  await expect.poll(() => rowsOf(stateOf), PATIENCE).toEqual([{ state: 'completed', count: PEOPLE }]);

  expect(kills).toBe(KILLS + 1);
  expect(new Set(orderIds).size).toBe(PEOPLE);
  const [made] = await rowsOf('select count(*)::int as all, count(distinct msisdn)::int as numbers from subscription');
  expect(made).toEqual({ all: PEOPLE, numbers: PEOPLE });
  expect(await rowsOf('select count(*)::int as all from contractor')).toEqual([{ all: PEOPLE }]);
  const given = companies.network.activations().map(({ held }) => held.msisdn);
  expect([given.length, new Set(given).size]).toEqual([PEOPLE, PEOPLE]);
  // Who stopped half-way finds everything as it was.
  expect((await ask(halfway, 'GET', half)).location).toBe(`${half}/contractor`);
  const sim = await ask(halfway, 'GET', `${half}/sim`);
  expect(sim.text).toMatch(/value="one-stop"[^>]* checked/);
  expect(sim.text).toContain(`value="${movedNumber(HALFWAY)}"`);
});

const movedNumber = (nth: number) => `0801111${String(2_000 + nth)}`;

/** What a person fills in on a step; each has a number, a name and a mail of their own. */
async function formOf(step: string, nth: number): Promise<Record<string, string> & { code?: string }> {
  const mail = `p${nth}@example.jp`;
  const isMoved = nth % 2 === 0;
  switch (step) {
    case 'plan':
      return { plan: 'p3' };
    case 'sim':
      return isMoved
        ? { simKind: 'esim', number: 'one-stop', phoneNumber: movedNumber(nth), user: 'self' }
        : { simKind: 'sim', number: 'new', user: 'self' };
    case 'contractor':
      return {
        familyName: '山本',
        givenName: `恵${nth}`,
        familyKana: 'ヤマモト',
        givenKana: 'メグミ',
        birthDate: '19880808',
        postalCode: '1500002',
        address: '東京都渋谷区渋谷',
        building: `1-2-${nth}`,
        phone: `0901111${String(3_000 + nth)}`,
        mail,
      };
    case 'mail':
      return { code: await codeMailedTo(mail) };
    case 'identity':
      return { method: 'jpki' };
    case 'documents':
      return { 'agree-explanation': 'yes', 'agree-terms': 'yes' };
    default:
      return {};
  }
}

async function codeMailedTo(mail: string): Promise<string> {
  const [last] = await rowsOf<{ subject: string }>(
    `select body ->> 'subject' as subject from mail_outbox where recipient = $1 order by created_at desc, mail_id desc limit 1`,
    [mail],
  );
  return /\d{6}/.exec(last?.subject ?? '')?.[0] ?? '';
}

/** What a person does at the provider or the gateway, which are not killed. */
async function visit(url: string): Promise<void> {
  if (url.includes('/identity/')) return void (await submitOn(url, { end: 'success' }));
  const typed = await submitOn(url, { number: '4242 4242 4242 4242', expiry: '12/30', code: '123' });
  if (typed.location.includes('/secure/')) await submitOn(typed.location, { answer: 'yes' });
}

interface Browser {
  readonly cookies: Map<string, string>;
}

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

/** One try; null when nothing came back, or only that it does not work now. */
async function once(
  url: string,
  { cookies }: Browser,
  method: string,
  path: string,
  form: Record<string, string>,
): Promise<Answer | null> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const body = method === 'GET' ? {} : { body: new URLSearchParams(form) };
  const headers = { origin: SITE, 'accept-language': 'ja', cookie };
  const answer = await fetch(`${url}${path}`, { method, redirect: 'manual', headers, ...body }).catch(() => null);
  const text = await answer?.text().catch(() => null);
  if (!answer || typeof text !== 'string' || answer.status >= 500) return null;
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    cookies.set(name, value);
  }
  const location = answer.headers.get('location') ?? '';
  return { status: answer.status, location, text };
}

/** Somebody of the staff, signed in. */
async function agent(name: string): Promise<Browser> {
  const staffId = newId();
  await rowsOf(
    `insert into staff (staff_id, login_id, password_hash, name, role, created_at) values ($1, $2, '', $3, 'agent', now())`,
    [staffId, `agent-${name}`, name],
  );
  const secret = randomBytes(32).toString('base64url');
  await rowsOf(
    `insert into staff_session (session_id, secret_hash, staff_id, created_at, seen_at) values ($1, $2, $3, now(), now())`,
    [newId(), digest(secret), staffId],
  );
  return { cookies: new Map([['__Host-renkei-staff', secret]]) };
}

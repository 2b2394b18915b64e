import { Hono } from 'hono';
import { SignJWT } from 'jose';
import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../src/base/ids.ts';
import type { Operator } from '../../src/base/operator.ts';
import { insertLeave, loadWaitingLeaves, settleLeave } from '../../src/features/billing/leave-store.ts';
import { type Credentials, createCredentials } from '../../src/features/credentials/index.ts';
import { createData } from '../../src/features/data/index.ts';
import { createMyPage } from '../../src/features/my-page/index.ts';
import { lineAccountsOf } from '../../src/features/official-account/index.ts';
import { createOrders } from '../../src/features/orders/index.ts';
import { createPasskeys } from '../../src/infra/auth/passkeys.ts';
import { preparedRunnerOf, runnerOf } from '../../src/infra/db/index.ts';
import { createJobs } from '../../src/infra/jobs/jobs.ts';
import { createLineLogin } from '../../src/infra/line/sign-in/login.ts';
import type { Mail } from '../../src/infra/mail/mail.ts';
import { mailJob } from '../../src/infra/mail/mail-job.ts';
import { createLedger } from '../../src/ledger/index.ts';
import { ordersAlone, withoutGifts } from './alone.ts';
import { type Browser, linkingWorld, PASSWORD } from './linking.ts';
import { testOperator } from './operator.ts';
import { serveApp } from './simulated-line.ts';

export type MyPageWorld = Awaited<ReturnType<typeof myPageWorld>>;

const CLIENT = '2000000002';
const CLIENT_SECRET = 'the-login-channel-secret-0000001';

/** Linking's world with My Page and data in it, and a LINE that signs in whoever the test says. */
export async function myPageWorld(operator: Operator = testOperator) {
  const world = await linkingWorld({
    operator,
    secondFactor: () => credentials.linkProof,
    onContractorLink: (sql, change) => credentials.mailOfLink(sql, change),
  });
  const { clock, contractors, linking, sessions, database } = world;
  const ledger = createLedger({ pool: database.pool, clock });
  const nonces = new Map<string, { nonce: string; lineUserId: string }>();

  const line = new Hono();
  line.post('/oauth2/v2.1/token', async (c) => {
    const code = String((await c.req.parseBody()).code);
    const about = nonces.get(code);
    if (!about) return c.json({ error: 'invalid_grant' }, 400);
    const now = Math.floor(clock.now().epochMilliseconds / 1_000);
    const claims = { nonce: about.nonce, iss: 'https://access.line.me', aud: CLIENT, sub: about.lineUserId };
    const token = new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt(now)
      .setExpirationTime(now + 3_600);
    return c.json({ id_token: await token.sign(new TextEncoder().encode(CLIENT_SECRET)) });
  });
  const served = await serveApp(line);

  const common = { db: database.db, clock, operator };
  const data = createData({
    ...common,
    reads: preparedRunnerOf(database.pool),
    ledger,
    linking,
    contractors,
    giftsOf: withoutGifts,
    publicUrl: 'https://my.example.jp',
    apiKey: 'the key',
  });
  const mails: Mail[] = [];
  const credentials: Credentials = createCredentials({
    ...common,
    publicUrl: 'https://my.example.jp',
    sessions,
    limits: world.limits,
    secrets: world.secrets,
    isSecure: true,
    canMail: true,
    passkeys: createPasskeys({ ...common, publicUrl: 'https://my.example.jp', name: 'Renkei' }),
    contractors,
    linking,
    lineAccountsOf,
  });
  const jobs = createJobs({
    locks: database.db,
    clock,
    jobs: [
      ...credentials.jobs,
      mailJob({ db: database.db, transport: { send: async (mail) => void mails.push(mail) }, onLost: () => undefined }),
    ],
    onError: (job, error) => console.error(job, error),
  });
  const orders = createOrders({
    ...common,
    publicUrl: 'https://my.example.jp',
    secrets: world.secrets,
    isSecure: true,
    canMail: true,
    contractors,
    linking,
    provisioning: null,
    ...ordersAlone,
  });
  const myPage = createMyPage({
    ...common,
    sessions,
    tokens: world.secrets.tokens,
    lineLogin: createLineLogin({
      clientId: CLIENT,
      clientSecret: CLIENT_SECRET,
      accessBaseUrl: 'https://access.line.test',
      apiBaseUrl: served.origin,
      redirectUri: 'https://my.example.jp/login/line/callback',
      clock,
    }),
    contractors,
    linking,
    credentials,
    data,
    billing: {
      leaving: loadWaitingLeaves,
      soFar: async () => ({
        month: '2026-11',
        lines: [],
        closesOn: '2026-12-01',
        totalYen: 983,
        taxedYen: 983,
        taxYen: 89,
      }),
    },
    points: { balanceOf: async () => ({ points: 120, end: null }) },
    orders,
    lineAccountsOf,
    canMail: true,
    isSecure: true,
  });
  world.web.route('/', data.pages());
  world.web.route('/', credentials.pages());
  world.web.route('/', myPage.pages());

  return {
    ...world,
    credentials,
    /** The mails that have left by now, oldest first. */
    async mails(): Promise<readonly Mail[]> {
      await jobs.runDue();
      return mails;
    },
    /** A second proof for who is signed in here, by a mailed code: as somebody with nothing else has to. */
    async prove(browser: Browser, next = '/'): Promise<Browser> {
      await browser.post('/proof/mail', { next });
      await jobs.runDue();
      const code = /\d{6}/.exec(mails.at(-1)?.subject ?? '')?.[0] ?? '';
      const answer = await browser.post('/proof/mail/code', { next, code });
      if (answer.status !== 303) throw new Error(`not proven: ${answer.text}`);
      return browser;
    },
    data,
    ledger,
    /** A contractor with one subscription in service that has this month's data. */
    async family(loginId: string, name = loginId) {
      const { contractorId } = await world.contractor(loginId, name);
      const subscription = await world.subscription(contractorId);
      const opensAt = clock.now().subtract({ hours: 24 });
      await data.grantFirstMonths(database.db, [{ subscriptionId: subscription.subscriptionId, opensAt }]);
      return { loginId, ...subscription };
    },
    /** A cancellation asked for, and how it is taken back. */
    async leave(subscriptionId: string, endsAt: Temporal.Instant) {
      const sql = runnerOf(database.db);
      const asked = { subscriptionId, kind: 'cancel', endsAt, reservationNumber: null, requestId: newId() } as const;
      const { leaveId } = await insertLeave(sql, clock.now(), asked);
      return () => settleLeave(sql, clock.now(), { leaveId, state: 'taken-back' });
    },
    async signIn(loginId: string, next = '/', browser = world.browser()): Promise<Browser> {
      const answer = await browser.post('/login', { loginId, password: PASSWORD, next });
      if (answer.status !== 303) throw new Error(`not signed in: ${answer.text}`);
      return browser;
    },
    /** Goes to LINE as far as its door: the address LINE would send the browser back to. */
    async atLine(lineUserId: string, browser: Browser, path = '/login/line') {
      const url = new URL((await browser.get(path)).location);
      const code = `code-${nonces.size}`;
      nonces.set(code, { nonce: url.searchParams.get('nonce') ?? '', lineUserId });
      return `/login/line/callback?code=${code}&state=${url.searchParams.get('state')}`;
    },
    async signInWithLine(lineUserId: string, browser = world.browser(), path = '/login/line'): Promise<Browser> {
      const back = await this.atLine(lineUserId, browser, path);
      const answer = await browser.get(back);
      if (answer.status !== 303) throw new Error(`not signed in: ${answer.text}`);
      return browser;
    },
    async close() {
      await served.stop();
      await ledger.stop();
      await world.close();
    },
  };
}

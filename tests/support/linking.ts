import { randomBytes } from 'node:crypto';
import { checkDigit } from '../../src/base/check-digit.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/base/clock.ts';
import type { Operator } from '../../src/base/operator.ts';
import { type Contractors, type ContractorsDeps, createContractors } from '../../src/features/contractors/index.ts';
import { createLinking, type Linking, type LinkingDeps } from '../../src/features/linking/index.ts';
import { runnerOf } from '../../src/infra/db/index.ts';
import type { Tables } from '../../src/infra/db/tables.ts';
import { createTryLimits } from '../../src/infra/db/try-limits.ts';
import { createSessions } from '../../src/infra/http/session.ts';
import { createWeb } from '../../src/infra/http/web.ts';
import { openParcels } from '../../src/infra/line/outbox/parcel-store.ts';
import type { Message } from '../../src/infra/line/talk.ts';
import { makeKeys, parseKeys } from '../../src/infra/secrets.ts';
import { linkingAlone } from './alone.ts';
import { testDatabase } from './database.ts';
import { testOperator } from './operator.ts';

export const PASSWORD = 'a long enough password';
const ACCESS = 'https://access.line.test';
const SITE = 'https://my.example.jp';

/** Contractors and linking on a real database, with their real pages; LINE is the hand of the test. */
export type LinkingWorld = Awaited<ReturnType<typeof linkingWorld>>;

interface LinkingOptions {
  operator?: Operator;
  poolSize?: number;
  secondFactor?: LinkingDeps['secondFactor'];
  onContractorLink?: LinkingDeps['onContractorLink'];
  tellChange?: ContractorsDeps['tellChange'];
}

export async function linkingWorld(options: LinkingOptions = {}) {
  const database = await testDatabase({ poolSize: options.poolSize ?? 10 });
  const { db } = database;
  const operator = options.operator ?? testOperator;
  const clock = createAdjustableClock('2026-11-18T05:00:00Z');
  const secrets = parseKeys(makeKeys());
  const sessions = createSessions({ db, clock, isSecure: true });
  const limits = createTryLimits({ clock, key: secrets.limits });
  const codes = new Map<string, string>();
  const contractors: Contractors = createContractors({
    db,
    clock,
    operator,
    limits,
    secrets,
    apiKey: 'the-key',
    tellChange: options.tellChange ?? null,
    onSubscriptionsOpened: [
      async (tx, subscriptions) => {
        const ids = subscriptions.map(({ subscriptionId }) => subscriptionId);
        for (const [id, { code }] of await linking.linkCodes.issueAll(tx, ids)) codes.set(id, code);
      },
    ],
    onUserChanged: async () => undefined,
    onForgotten: [],
  });
  const linking: Linking = createLinking({
    db,
    clock,
    operator,
    contractors,
    sessions,
    limits,
    secrets,
    apiKey: 'the-key',
    changeFirstPassword: (c) => c.redirect('/login/first', 303),
    publicUrl: SITE,
    accessBaseUrl: ACCESS,
    ...linkingAlone,
    ...(options.secondFactor ? { secondFactor: options.secondFactor } : {}),
    ...(options.onContractorLink ? { onContractorLink: options.onContractorLink } : {}),
    line: { issueLinkToken: async () => randomBytes(16).toString('base64url') },
  });
  const web = createWeb({
    sessions,
    operator,
    publicUrl: SITE,
    lineAccessBaseUrl: ACCESS,
    trustedProxies: 1,
    log: { info: () => undefined, error: (facts, message) => console.error(message, facts) },
  });
  web.route('/', contractors.api());
  web.route('/', linking.api());
  web.route('/', linking.pages());
  let people = 0;
  let events = 0;
  const nextEvent = () => {
    events += 1;
    return `event-${events}`;
  };

  /** A friend of the official account. */
  async function person(displayName: string, language: 'ja' | 'en' = 'ja'): Promise<string> {
    people += 1;
    const lineUserId = `U${people.toString(16).padStart(32, '0')}`;
    await database.pool.query(
      `insert into line_account (line_user_id, display_name, language, is_friend, updated_at) values ($1, $2, $3, true, $4)`,
      [lineUserId, displayName, language, clock.now().toString()],
    );
    return lineUserId;
  }

  async function contractor(loginId: string, name = loginId) {
    const made = await contractors.createContractor({
      loginId,
      password: PASSWORD,
      name,
      email: `${loginId}@example.jp`,
    });
    if (!made.ok) throw new Error(made.code);
    return made.value;
  }

  let numbers = 0;
  async function subscription(contractorId: string, given: { opensAt?: string; endedAt?: string } = {}) {
    numbers += 1;
    const made = await contractors.createSubscription({
      contractorId,
      msisdn: `0901000${String(numbers).padStart(4, '0')}`,
      planCode: 'p3',
      opensAt: clock.now().subtract({ hours: 24 * 30 }),
      ...(given.opensAt ? { opensAt: clock.now().add(given.opensAt) } : {}),
      ...(given.endedAt ? { endedAt: clock.now().add(given.endedAt) } : {}),
    });
    if (!made.ok) throw new Error(made.code);
    const { subscriptionId } = made.value;
    return { subscriptionId, contractorId, code: () => codes.get(subscriptionId) ?? '' };
  }

  /** What a person taps or types, and what is answered. */
  async function hear(lineUserId: string, said: string, eventId = nextEvent()): Promise<Message[]> {
    const match = /^([a-z-]+)\.([a-z-]+)(?:\?(.*))?$/.exec(said);
    const handler = linking.talk.find((each) => (match ? each.name === match[1] : each.words.includes(said)));
    if (!handler) throw new Error(`nobody hears "${said}"`);
    const context = { db, now: clock.now(), eventId, lineUserId, displayName: null, language: 'ja' as const };
    return handler.hear(
      context,
      match
        ? { kind: 'button', action: match[2] ?? '', params: new URLSearchParams(match[3] ?? '') }
        : { kind: 'word', word: said },
    );
  }

  /** Taps the function in the menu and answers the path of the page its button opens. */
  async function tap(lineUserId: string, purpose: 'contractor' | 'user'): Promise<string> {
    const url = /https:\/\/my\.example\.jp(\/link\/[^"]+)/.exec(
      JSON.stringify(await hear(lineUserId, `link-${purpose}.add`)),
    );
    if (!url?.[1]) throw new Error('no page was offered');
    return url[1];
  }

  /** What LINE reports at the end of its dialogue. */
  function report(nonce: string, outcome: string | 'failed', eventId = nextEvent()) {
    const result =
      outcome === 'failed' ? { result: 'failed' as const } : { result: 'ok' as const, lineUserId: outcome };
    return linking.accountLinked({ eventId, now: clock.now(), nonce, outcome: result });
  }

  /** Opens a link page of this person's and proves a subscription on it. */
  async function prove(lineUserId: string, code: string, browser = browse(web)): Promise<Answer> {
    await browser.open(await tap(lineUserId, 'user'));
    return browser.post('/link/user', { code });
  }

  /** The whole way of an honest person. */
  async function linkUser(lineUserId: string, code: string): Promise<Awaited<ReturnType<typeof report>>> {
    const sent = await prove(lineUserId, code);
    if (sent.status !== 303) throw new Error(`refused: ${sent.text}`);
    return report(nonceOf(sent), lineUserId);
  }

  async function linkContractor(lineUserId: string, loginId: string, password = PASSWORD) {
    const browser = browse(web);
    await browser.open(await tap(lineUserId, 'contractor'));
    let sent = await browser.post('/link/contractor', { loginId, password });
    if (sent.location === '/link/contractor') {
      // Another account is linked already, and its owner taps 「はい、わたしです」.
      await browser.post('/link/contractor/talk', {});
      await database.pool.query(`update proof_tap set answer = 'yes' where answer is null and purpose = 'new-link'`);
      sent = await browser.post('/link/contractor/talk/answered', {});
    }
    if (sent.status !== 303) throw new Error(`refused: ${sent.text}`);
    return report(nonceOf(sent), lineUserId);
  }

  /** What was put into the outbox for a person, as one text, oldest first. */
  async function told(lineUserId: string): Promise<string[]> {
    await openParcels(db);
    const { rows } = await database.pool.query<{ body: { messages?: { text?: string }[] } }>(
      `select body from outbox where line_user_id = $1 and kind = 'message' order by created_at, outbox_id`,
      [lineUserId],
    );
    return rows.map((row) => row.body.messages?.map((message) => message.text ?? '').join('\n') ?? '');
  }

  async function count(table: keyof Tables, where = 'true') {
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*)::integer as count from ${table} where ${where}`,
    );
    return rows[0]?.count ?? 0;
  }

  return {
    database,
    sql: runnerOf(db),
    clock: clock as AdjustableClock,
    contractors,
    linking,
    sessions,
    limits,
    secrets,
    web,
    person,
    contractor,
    subscription,
    hear,
    tap,
    prove,
    report,
    linkUser,
    linkContractor,
    told,
    count,
    /** A browser; with an address when it matters where it stands. */
    browser: (address?: string) => browse(web, address),
    close: () => database.close(),
  };
}

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly text: string;
  readonly headers: Headers;
}

/** A code that is typed right and, but for one chance in 10^15, nobody's. */
export function codeOf(digits: number): string {
  const body = String(digits).padStart(15, '0');
  return body + checkDigit(body);
}

/** The nonce on the way into LINE's dialogue. */
export function nonceOf(answer: { location: string }): string {
  return new URL(answer.location).searchParams.get('nonce') ?? '';
}

/** A browser with cookies that asks the web without a port. It does not follow redirects. */
function browse(web: { request(path: string, init?: RequestInit): Response | Promise<Response> }, address?: string) {
  const cookies = new Map<string, string>();

  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await web.request(`${SITE}${path}`, {
      ...init,
      headers: { 'accept-language': 'ja', cookie, origin: SITE, ...(address ? { 'x-forwarded-for': address } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const { status, headers } = response;
    return { status, headers, location: headers.get('location') ?? '', text: await response.text() };
  }

  return {
    get: (path: string) => ask(path),
    head: (path: string) => ask(path, { method: 'HEAD' }),
    post: (path: string, fields: Record<string, string>) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields) }),
    /** Opens a page with its token and follows to the clean address. */
    async open(path: string): Promise<Answer> {
      const first = await ask(path);
      return first.status === 303 ? ask(first.location) : first;
    },
    cookies,
  };
}

export type Browser = ReturnType<typeof browse>;

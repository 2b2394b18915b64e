import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createApp } from '../../src/app.ts';
import { createAdjustableClock } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { demoEnvironment } from '../../src/demo/environment.ts';
import type { PartnerInput } from '../../src/features/age-proof/index.ts';
import { createLog } from '../../src/infra/telemetry/log.ts';
import { testDatabase } from './database.ts';
import { testFolder } from './folder.ts';
import { freePort } from './free-port.ts';
import { createVisitor } from './visitor.ts';

/** The whole program on a port of its own, with nobody in it yet, and partners that ask it over HTTP. LINE is away. */
export type PartnerWorld = Awaited<ReturnType<typeof partnerWorld>>;

const AGE_SCOPE = 'kyc-age-verification:verify';

export async function partnerWorld({ zone }: { zone?: string } = {}) {
  const port = await freePort();
  const database = await testDatabase({ poolSize: 10 });
  const clock = createAdjustableClock('2026-11-18T05:00:00Z');
  const dataDir = testFolder();
  const settings = demoEnvironment({ PORT: String(port), DATA_DIR: dataDir, RENKEI_ROLES: 'web' });
  const config = loadConfig(settings.app, 'demo');
  const app = await createApp(zone ? { ...config, operator: { ...config.operator, timeZone: zone } } : config, {
    clock,
    log: createLog('silent'),
    database,
  });
  await app.listen();
  const url = config.publicUrl;
  const back = await partnerSite();

  let people = 0;
  /** A subscription of a contractor of its own; its link code with it. */
  async function subscription(
    given: {
      birthDate?: string | null;
      user?: { name: string; birthDate?: string };
      name?: string;
      kana?: string;
      isIdentityVerified?: boolean;
      opensAt?: string;
      endedAt?: string;
      filtering?: 'off' | 'content' | 'parental' | null;
    } = {},
  ) {
    people += 1;
    const loginId = `person-${people}`;
    const contractor = await app.contractors.createContractor({
      loginId,
      password: PASSWORD,
      name: given.name ?? '田中 太郎',
      kana: given.kana ?? null,
      birthDate: given.birthDate === undefined ? '1980-05-05' : given.birthDate,
      email: `${loginId}@example.jp`,
      isIdentityVerified: given.isIdentityVerified ?? false,
    });
    if (!contractor.ok) throw new Error(contractor.code);
    const number = `8190100${String(people).padStart(5, '0')}`;
    const made = await app.contractors.createSubscription({
      contractorId: contractor.value.contractorId,
      msisdn: number,
      planCode: 'p3',
      opensAt: clock.now().add(given.opensAt ?? '-PT720H'),
      endedAt: given.endedAt ? clock.now().add(given.endedAt) : null,
      ...(given.user ? { userName: given.user.name, userBirthDate: given.user.birthDate ?? null } : {}),
      ...(given.filtering === undefined ? {} : { filtering: given.filtering }),
    });
    if (!made.ok) throw new Error(made.code);
    const { subscriptionId, contractorId } = made.value;
    return { subscriptionId, contractorId, loginId, phoneNumber: `+${number}` };
  }

  /** A partner as the staff would write it down; answers its id and secret. */
  async function partner(partnerId: string, change: Partial<PartnerInput> = {}) {
    const added = await app.ageProof.addPartner(
      { kind: 'system' },
      {
        partnerId,
        name: { ja: `${partnerId}の会社`, en: partnerId },
        authMethod: 'secret',
        grants: ['code', 'client-credentials'],
        redirectUris: [back.uri],
        scopes: [AGE_SCOPE],
        purposes: ['dpv:LegalCompliance'],
        ageThresholds: null,
        requestsPerMinute: 1_000,
        consentDays: 30,
        ...change,
      },
    );
    if (!added.ok) throw new Error(added.code);
    return { partnerId, secret: added.value.secret ?? '' };
  }

  async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return answerOf(response);
  }

  return {
    app,
    clock,
    database,
    url,
    issuer: `${url}/oidc`,
    subscription,
    partner,
    post,
    /** Asks the token endpoint as this partner. */
    token: (as: { partnerId: string; secret: string }, form: Record<string, string>) =>
      tokenRequest(`${url}/oidc/token`, as, form),
    /** A two-legged token. */
    async contractToken(as: { partnerId: string; secret: string }, scope = AGE_SCOPE): Promise<string> {
      const { body } = await tokenRequest(`${url}/oidc/token`, as, { grant_type: 'client_credentials', scope });
      return String(body.access_token);
    },
    verify: (token: string, body: unknown, headers: Record<string, string> = {}) =>
      post('/kyc-age-verification/v0.2/verify', body, { authorization: `Bearer ${token}`, ...headers }),
    redirectUri: back.uri,
    /** The link code of a subscription, as its contractor would read it. */
    async codeOf({ subscriptionId }: { subscriptionId: string }): Promise<string> {
      const issued = await app.linking.linkCodes.reissue({
        isProvisioning: true,
        subscriptionId,
        undoLink: false,
        reason: null,
      });
      if (!issued.ok) throw new Error(issued.code);
      return issued.value.code;
    },
    /** Where a partner sends a person's browser, and what it keeps for itself. */
    question(partnerId: string, change: Record<string, string | undefined> = {}): Question {
      const { verifier, challenge } = pkce();
      const address = new URL(`${url}/oidc/auth`);
      const asked: Record<string, string | undefined> = {
        client_id: partnerId,
        response_type: 'code',
        redirect_uri: back.uri,
        scope: `openid ${AGE_SCOPE}`,
        state: randomBytes(16).toString('base64url'),
        nonce: randomBytes(16).toString('base64url'),
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...change,
      };
      for (const [name, value] of Object.entries(asked)) if (value !== undefined) address.searchParams.set(name, value);
      return { address: address.href, verifier, state: asked.state ?? '', nonce: asked.nonce ?? '' };
    },
    /** The whole way of an honest person with a link code: answers what the partner's site is then told. */
    async agree(question: Question, code: string): Promise<URLSearchParams> {
      const browser = createVisitor();
      const first = await browser.go(question.address);
      const second = await first.submit({ code }, '利用コードで進む');
      const end = await second.submit({ decision: 'agree' }, '同意する');
      return end.url.searchParams;
    },
    /** Exchanges a code for tokens. */
    exchange: (as: { partnerId: string; secret: string }, code: string, verifier: string) =>
      tokenRequest(`${url}/oidc/token`, as, {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: back.uri,
      }),
    async close() {
      await back.stop();
      await app.stop();
      await database.close();
    },
  };
}

export interface Question {
  readonly address: string;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** The partner's own site: a page to come back to. */
async function partnerSite(): Promise<{ uri: string; stop(): Promise<void> }> {
  const port = await freePort();
  const server = createServer((_request, response) => response.end('<h1>back</h1>'));
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    uri: `http://127.0.0.1:${port}/back`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export const PASSWORD = 'a long enough password';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body: Record<string, unknown> = text.startsWith('{') ? JSON.parse(text) : { text };
  return { status: response.status, headers: response.headers, body };
}

export async function tokenRequest(
  endpoint: string,
  as: { partnerId: string; secret: string },
  form: Record<string, string>,
): Promise<Answer> {
  const basic = Buffer.from(`${encodeURIComponent(as.partnerId)}:${encodeURIComponent(as.secret)}`).toString('base64');
  return answerOf(
    await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(form),
    }),
  );
}

function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

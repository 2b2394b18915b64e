import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { type Db, runnerOf, type SqlRunner } from '../db/runner.ts';
import { digest } from '../secrets.ts';
import type { FactorOwner } from './one-time-code.ts';
import {
  deletePasskey,
  findPasskey,
  insertChallenge,
  insertPasskey,
  loadPasskeys,
  type Passkey,
  savePasskeyUse,
  takeChallenge,
} from './passkey-store.ts';

export type { Passkey } from './passkey-store.ts';

/** A challenge for a browser, as its `navigator.credentials` takes it (JSON). */
type Options = object;

export interface Passkeys {
  /** For a new passkey of an owner who has proved who they are. */
  registrationOptions(owner: FactorOwner, name: { account: string; person: string }): Promise<Options>;
  /** Keeps a new passkey, in the caller's transaction; false when the response is not one to our challenge. */
  register(sql: SqlRunner, owner: FactorOwner, response: string, userAgent: string | null): Promise<boolean>;
  /** For showing a passkey: whoever's of this kind, or this owner's alone. */
  options(kind: FactorOwner['kind'], ownerId?: string): Promise<Options>;
  /** Whose passkey answered the challenge of `options` with the same arguments; null when nobody's. */
  check(kind: FactorOwner['kind'], response: string, ownerId?: string): Promise<string | null>;
  list(sql: SqlRunner, owner: FactorOwner): Promise<readonly Passkey[]>;
  remove(sql: SqlRunner, owner: FactorOwner, credentialId: string): Promise<boolean>;
}

const MINUTES = 5;
/** ES256, EdDSA, RS256: what every authenticator has. */
const ALGORITHMS = [-7, -8, -257];

const text = z.string().max(20_000);
const common = { id: z.string().max(1_400), rawId: z.string().max(1_400), type: z.literal('public-key') };
const createdShape = z.object({
  ...common,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
});
const shownShape = z.object({
  ...common,
  response: z.object({ clientDataJSON: text, authenticatorData: text, signature: text }),
});
const clientDataShape = z.object({ challenge: z.string().max(200) });

/**
 * Passkeys (WebAuthn) with user verification: two factors in one. A challenge is kept by its hash, for what and whom it
 * was made, and used up by the first answer, right or wrong.
 *
 * A passkey belongs to a name, never to an IP address: at `http://127.0.0.1` (the demo) it is `localhost`'s.
 */
export function createPasskeys(deps: { db: Db; clock: Clock; publicUrl: string; name: string }): Passkeys {
  const { db, clock, name: rpName } = deps;
  const site = new URL(deps.publicUrl);
  const isAddress = isIP(site.hostname.replace(/[[\]]/g, '')) !== 0;
  const rpID = isAddress ? 'localhost' : site.hostname;
  const expectedOrigin = isAddress ? [`${site.protocol}//localhost${site.port ? `:${site.port}` : ''}`] : [site.origin];
  const pool = runnerOf(db);

  async function keep(challenge: string, purpose: string): Promise<void> {
    const now = clock.now();
    const expiresAt = now.add({ minutes: MINUTES });
    await insertChallenge(pool, now, { hash: digest(challenge), purpose, expiresAt });
  }

  /** The challenge a response answers, used up; undefined when it is not one of ours for this. */
  async function challengeOf(clientDataJSON: string, purpose: string): Promise<string | undefined> {
    const clientData = parsed(clientDataShape, Buffer.from(clientDataJSON, 'base64url').toString());
    if (!clientData) return undefined;
    const { challenge } = clientData;
    const isOurs = await takeChallenge(pool, clock.now(), { hash: digest(challenge), purpose });
    return isOurs ? challenge : undefined;
  }

  return {
    async registrationOptions(owner, { account, person }) {
      const known = await loadPasskeys(pool, owner);
      const options = await generateRegistrationOptions({
        rpName,
        rpID,
        userID: new Uint8Array(Buffer.from(`${owner.kind}:${owner.id}`)),
        userName: account,
        userDisplayName: person,
        attestationType: 'none',
        supportedAlgorithmIDs: ALGORITHMS,
        excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      await keep(options.challenge, registering(owner));
      return options;
    },

    async register(sql, owner, posted, userAgent) {
      const response = parsed(createdShape, posted);
      const expectedChallenge = response && (await challengeOf(response.response.clientDataJSON, registering(owner)));
      if (!response || expectedChallenge === undefined) return false;
      const created = await verifyRegistrationResponse({
        response: { ...response, clientExtensionResults: {} },
        expectedChallenge,
        expectedOrigin,
        expectedRPID: rpID,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(() => null);
      if (!created?.verified) return false;
      const { id: credentialId, publicKey, counter } = created.registrationInfo.credential;
      const { transports } = response.response;
      const passkey = { credentialId, owner, publicKey: Buffer.from(publicKey), counter, transports, userAgent };
      return insertPasskey(sql, clock.now(), passkey);
    },

    async options(kind, ownerId) {
      const own = ownerId ? await loadPasskeys(pool, { kind, id: ownerId }) : [];
      const options = await generateAuthenticationOptions({
        rpID,
        userVerification: 'required',
        allowCredentials: own.map(({ credentialId }) => ({ id: credentialId })),
      });
      await keep(options.challenge, showing(kind, ownerId));
      return options;
    },

    async check(kind, posted, ownerId) {
      const response = parsed(shownShape, posted);
      const expectedChallenge =
        response && (await challengeOf(response.response.clientDataJSON, showing(kind, ownerId)));
      const passkey = response && (await findPasskey(pool, kind, response.id));
      if (!response || expectedChallenge === undefined || !passkey) return null;
      if (ownerId !== undefined && passkey.ownerId !== ownerId) return null;
      const { credentialId, publicKey, counter } = passkey;
      const shown = await verifyAuthenticationResponse({
        response: { ...response, clientExtensionResults: {} },
        expectedChallenge,
        expectedOrigin,
        expectedRPID: rpID,
        credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter },
      }).catch(() => null);
      if (!shown?.verified) return null;
      await savePasskeyUse(pool, clock.now(), { credentialId, counter: shown.authenticationInfo.newCounter });
      return passkey.ownerId;
    },

    list: loadPasskeys,
    remove: deletePasskey,
  };
}

const registering = (owner: FactorOwner) => `register:${owner.kind}:${owner.id}`;
const showing = (kind: FactorOwner['kind'], ownerId = 'anybody') => `show:${kind}:${ownerId}`;

/** What a browser posted, when it has the shape; anybody may post anything. */
function parsed<Value>(shape: z.ZodType<Value>, json: string): Value | undefined {
  try {
    return shape.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

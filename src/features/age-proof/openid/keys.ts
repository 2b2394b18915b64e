import { generateKeyPair, type JsonWebKey, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../../../base/clock.ts';
import { type Db, inTransaction, runnerOf } from '../../../infra/db/index.ts';
import { type KeyRing, seal, unseal } from '../../../infra/secrets.ts';
import { planSigningKeys } from '../rules/signing-keys.ts';
import { deleteSigningKeys, insertSigningKey, loadSigningKeys, lockSigningKeys } from './key-store.ts';

export interface SigningKeys {
  /** Private keys as JWKs: the one that signs first, then those shown beside it. Makes the first one. */
  current(): Promise<JsonWebKey[]>;
  /** Makes the next key in time and forgets spent ones; answers how many changes. */
  rotate(): Promise<number>;
}

const makeKey = promisify(generateKeyPair);

/** The keys of ID tokens: RS256, kept sealed, shared by all processes through the database. */
export function createSigningKeys(deps: { db: Db; clock: Clock; key: KeyRing }): SigningKeys {
  const boundTo = (kid: string) => `oidc-signing-key:${kid}`;

  async function rotate(): Promise<number> {
    return inTransaction(deps.db, async (tx) => {
      const sql = runnerOf(tx);
      await lockSigningKeys(sql);
      const now = deps.clock.now();
      const { makeFor, spent } = planSigningKeys(await loadSigningKeys(sql), now);
      if (makeFor) {
        const kid = randomUUID();
        const { privateKey } = await makeKey('rsa', { modulusLength: 2048 });
        const jwk = { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
        await insertSigningKey(sql, now, {
          kid,
          sealed: seal(deps.key, JSON.stringify(jwk), boundTo(kid)),
          signsFrom: makeFor,
        });
      }
      if (spent.length > 0) await deleteSigningKeys(sql, spent);
      return (makeFor ? 1 : 0) + spent.length;
    });
  }

  async function current(): Promise<JsonWebKey[]> {
    const keys = await loadSigningKeys(runnerOf(deps.db));
    const { makeFor, shown } = planSigningKeys(keys, deps.clock.now());
    if (makeFor && shown.length === 0) {
      await rotate();
      return current();
    }
    const sealed = new Map(keys.map((key) => [key.kid, key.sealed]));
    return shown.flatMap((kid) => {
      const found = sealed.get(kid);
      const jwk: JsonWebKey[] = found ? [JSON.parse(unseal(deps.key, found, boundTo(kid)))] : [];
      return jwk;
    });
  }

  return { current, rotate };
}

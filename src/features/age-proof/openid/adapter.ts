import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { Clock } from '../../../base/clock.ts';
import type { SqlRunner } from '../../../infra/db/index.ts';
import { digest, type KeyRing, seal, unseal } from '../../../infra/secrets.ts';
import { loadPartner } from '../partner-store.ts';
import { isPartnerId } from '../rules/partner.ts';
import { clientOf } from './client.ts';
import { consumePayload, deletePayload, loadPayload, type StoredPayload, savePayload } from './payload-store.ts';

/** What lives without a stated end: never in practice, for every model has its time. */
const LONGEST_SECONDS = 366 * 86_400;

/**
 * Keeps what the provider issues in our database. A copy of the table opens nothing: ids are hashes, contents are sealed
 * under their id. How long a thing lives is told by our clock, so that it ends in the demo and in tests when theirs does.
 */
export function createAdapter(deps: {
  sql: SqlRunner;
  clock: Clock;
  key: KeyRing;
  endGrant(grantHash: Buffer): Promise<void>;
}): (model: string) => Adapter {
  const { sql, clock, key, endGrant } = deps;
  const boundTo = (model: string, idHash: Buffer) => `oidc:${model}:${idHash.toString('hex')}`;

  function open(model: string, stored: StoredPayload | null): AdapterPayload | undefined {
    if (!stored) return undefined;
    const payload: AdapterPayload = JSON.parse(unseal(key, stored.sealed, boundTo(model, stored.idHash)));
    return stored.consumedAt
      ? { ...payload, consumed: Math.floor(stored.consumedAt.epochMilliseconds / 1000) }
      : payload;
  }

  const keeper = (model: string): Adapter => ({
    async upsert(id, payload, expiresIn) {
      const idHash = digest(id);
      await savePayload(sql, {
        model,
        idHash,
        sealed: seal(key, JSON.stringify(payload), boundTo(model, idHash)),
        grantHash: typeof payload.grantId === 'string' ? digest(payload.grantId) : null,
        uidHash: typeof payload.uid === 'string' ? digest(payload.uid) : null,
        expiresAt: clock.now().add({ seconds: expiresIn ?? LONGEST_SECONDS }),
      });
    },
    find: async (id) =>
      open(model, await loadPayload(sql, { model, by: 'id_hash', hash: digest(id), now: clock.now() })),
    findByUid: async (uid) =>
      open(model, await loadPayload(sql, { model, by: 'uid_hash', hash: digest(uid), now: clock.now() })),
    findByUserCode: async () => undefined,
    async consume(id) {
      const isFirst = await consumePayload(sql, { model, idHash: digest(id), now: clock.now() });
      if (!isFirst) throw new errors.InvalidGrant('already used');
    },
    destroy: (id) => deletePayload(sql, { model, idHash: digest(id) }),
    // Said once for every model that may have a grant, always for this one; all goes in one step, so once is enough.
    revokeByGrantId: async (grantId) => (model === 'AccessToken' ? endGrant(digest(grantId)) : undefined),
  });

  /** Partners stand in a table of their own; one that is suspended is nobody. */
  const clients: Adapter = {
    ...keeper('Client'),
    async upsert() {},
    async find(id) {
      const partner = isPartnerId(id) ? await loadPartner(sql, id) : null;
      return partner && partner.suspendedAt === null ? clientOf(partner) : undefined;
    },
  };

  return (model) => (model === 'Client' ? clients : keeper(model));
}

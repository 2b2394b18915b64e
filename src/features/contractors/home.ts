import type { SqlRunner } from '../../infra/db/index.ts';
import { type KeyRing, seal, unseal } from '../../infra/secrets.ts';
import { loadHomes } from './store.ts';

/** Where a contractor lives and how they are called back; in neither do we look for anybody, so it lies sealed. */
export interface Home {
  /** Seven digits. */
  readonly postalCode: string;
  readonly address: string;
  /** As people in Japan write it, without hyphens. */
  readonly phone: string;
}

const boundTo = (contractorId: string) => `contractor-home:${contractorId}`;

export const sealHome = (key: KeyRing, contractorId: string, home: Home): Buffer =>
  seal(key, JSON.stringify(home), boundTo(contractorId));

/** Null where the contract was made without it. */
export async function homeOf(sql: SqlRunner, key: KeyRing, contractorId: string): Promise<Home | null> {
  return (await homesOf(sql, key, [contractorId])).get(contractorId) ?? null;
}

/** Of those whose it is known. */
export async function homesOf(
  sql: SqlRunner,
  key: KeyRing,
  contractorIds: readonly string[],
): Promise<ReadonlyMap<string, Home>> {
  const sealed = await loadHomes(sql, contractorIds);
  return new Map(
    sealed.map(({ contractorId, homeCipher }) => [
      contractorId,
      JSON.parse(unseal(key, homeCipher, boundTo(contractorId))),
    ]),
  );
}

import type { SqlRunner } from '../../infra/db/index.ts';
import { type KeyRing, seal, unseal } from '../../infra/secrets.ts';
import { loadHome } from './store.ts';

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
  const cipher = await loadHome(sql, contractorId);
  return cipher && JSON.parse(unseal(key, cipher, boundTo(contractorId)));
}

import { createHmac } from 'node:crypto';
import { newId } from '../../base/ids.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { keyedHash, keyedHashes, type Secrets } from '../../infra/secrets.ts';
import { type GiftCode, giftCodeFrom } from './rules/gift-code.ts';
import { waitingGiftByCode } from './way-store.ts';

/** The codes of gifts that are read out. */
export interface GiftCodes {
  /** The code of a new gift, or again of one that waits. */
  codeOf(giftId: string): GiftCode;
  /** What is stored of a code (hex). */
  hashOf(code: GiftCode): string;
  /** An id for a new gift whose code no waiting gift has. */
  freshGiftId(): Promise<string>;
  /** The gift that waits under a code, or null. */
  find(code: GiftCode): Promise<string | null>;
}

/**
 * Like a claim token, a code is derived from its gift: the database holds only a keyed hash, and the sender can be shown
 * it again. Twelve digits are few, so the hash is keyed, and a code that a waiting gift has is not given to another.
 * Derived with the oldest key, see `createClaimTokens`; the hash is found under every key.
 */
export function createGiftCodes({
  sql,
  secrets,
}: {
  sql: SqlRunner;
  secrets: Pick<Secrets, 'tokens' | 'lookup'>;
}): GiftCodes {
  const key = secrets.tokens.keys.get(Math.min(...secrets.tokens.keys.keys()));
  if (key === undefined) throw new Error('no key for gift codes');
  const hashes = keyedHashes(secrets.lookup);
  // Link codes are found with the same keys: the prefix keeps the two apart.
  const named = (code: GiftCode) => `gift-code:${code}`;
  const codeOf = (giftId: string) =>
    giftCodeFrom(BigInt(`0x${createHmac('sha256', key).update(`gift-code:${giftId}`).digest('hex')}`));
  const find = (code: GiftCode) => waitingGiftByCode(sql, hashes(named(code)));

  return {
    codeOf,
    hashOf: (code) => keyedHash(secrets.lookup, named(code)).toString('hex'),
    async freshGiftId() {
      for (;;) {
        const giftId = newId();
        if ((await find(codeOf(giftId))) === null) return giftId;
      }
    },
    find,
  };
}

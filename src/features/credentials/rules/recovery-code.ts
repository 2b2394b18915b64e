import { plainCode } from '../../../base/typed-code.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Sixteen letters without 0, 1, 8 and 9, in fours, from ten random bytes. */
export function writeRecoveryCode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = bits.match(/.{5}/g)?.map((five) => LETTERS[Number.parseInt(five, 2)] ?? '') ?? [];
  return letters.join('').match(/.{4}/g)?.join('-') ?? '';
}

/** A recovery code as it is hashed, however it was typed; undefined when it cannot be one. */
export function foldRecoveryCode(typed: string): string | undefined {
  const folded = plainCode(typed).toUpperCase();
  return /^[A-Z2-7]{16}$/.test(folded) ? folded : undefined;
}

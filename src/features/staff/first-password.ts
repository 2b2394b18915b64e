import { randomInt } from 'node:crypto';

// Without what looks alike when read aloud or from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A one-time password to hand over: four groups of four, 79 bits. */
export function makeFirstPassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

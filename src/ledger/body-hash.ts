import { hash } from 'node:crypto';
import type { Json } from './family.ts';

/** Tells JSON values apart, whatever the order in which their keys were written: half a SHA-256, hex. */
export function bodyHash(body: Json): string {
  return halfHash(canonicalJson(body));
}

/** What an answer is found by: half a SHA-256 (hex) of whose request it is and of its id. */
export function requestKey(scope: string, requestId: string): string {
  return halfHash(`${scope} ${requestId}`);
}

/** 128 bits: as a `uuid` a fixed 16 bytes in the table and its index. */
function halfHash(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/** JSON with sorted keys and no blanks: equal values have equal texts. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

import { hash } from 'node:crypto';
import type { Json } from './family.ts';

/** A hash by which JSON values are told apart, whatever the order of their keys: half a SHA-256, hex. */
export function bodyHash(body: Json): string {
  return halfHash(canonicalJson(body));
}

/** Half a SHA-256 (hex) of a family's scope and a request id. */
export function requestKey(scope: string, requestId: string): string {
  return halfHash(`${scope} ${requestId}`);
}

/** A UUID of version 7 at the end of a request id: it tells when the request was made. */
const TIMED = /([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MOMENT_DIGITS = 12;

/** The key of a stored answer, and the key it had before keys began with a time. */
export interface AnswerKeys {
  readonly key: string;
  readonly formerKey: string;
}

/**
 * The keys of a request's answer. If the request id contains a time, the key begins with it, so that answers of the same time lie
 * together in the index. `ledger_answer_key` computes the same in the database.
 */
export function answerKeys(scope: string, requestId: string): AnswerKeys {
  const formerKey = requestKey(scope, requestId);
  const timed = TIMED.exec(requestId);
  const key = timed === null ? formerKey : `${timed[1]}${timed[2]}${formerKey.slice(MOMENT_DIGITS)}`;
  return { key, formerKey };
}

/** 128 bits, so that it can be stored as a `uuid` of 16 bytes. */
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
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

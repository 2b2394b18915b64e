import { bodyHash, requestKey } from '../../../ledger/body-hash.ts';
import type { KeyedUse, Use, UseKeys } from '../batch/commands.ts';

/** What a record of use is known by in the ledger: its source and its id within it. */
export function usageRequestId(record: { source: string; id: string }): string {
  return `usage:${JSON.stringify([record.source, record.id])}`;
}

/** The record a request was for; null for a use that came by another way than the feed. */
export function recordOf(requestId: string): { source: string; id: string } | null {
  if (!requestId.startsWith('usage:[')) return null;
  const [source, id]: string[] = JSON.parse(requestId.slice('usage:'.length));
  return source === undefined || id === undefined ? null : { source, id };
}

/** The end of a request whose record's id tells when it was made: a UUID of version 7. */
const TIMED = /^","[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"\]$/;
const TIMED_LENGTH = '","01234567-89ab-7def-8123-456789abcdef"]'.length;
const MOMENT_DIGITS = 12;

/**
 * What a request of use is found by among those that were counted: a hash of it, which an id's moment begins where the id tells
 * one. What was made together then lies together in the index, and `usage_record_key` says the same in the database.
 */
export function useKeys(requestId: string): UseKeys {
  const formerKey = requestKey('data', requestId);
  const end = requestId.slice(-TIMED_LENGTH);
  const key = TIMED.test(end) ? `${end.slice(3, 11)}${end.slice(12, 16)}${formerKey.slice(MOMENT_DIGITS)}` : formerKey;
  return { key, formerKey };
}

/**
 * A use with its key, and with what tells it apart from another under the same key: everything that was asked. Named field by
 * field, for thousands come at once; and what its record tells is not kept beside the hash of it.
 */
export function keyed({ requestId, subscriptionId, endedAt, isZeroRated, amount, record }: Use): KeyedUse {
  const { key, formerKey } = useKeys(requestId);
  const told =
    record === undefined
      ? { kind: 'use', subscriptionId, endedAt, isZeroRated, amount }
      : `${subscriptionId} ${record}`;
  return { requestId, subscriptionId, endedAt, isZeroRated, amount, key, formerKey, hash: bodyHash(told) };
}

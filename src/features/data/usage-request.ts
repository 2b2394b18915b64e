import { bodyHash, requestKey } from '../../ledger/body-hash.ts';
import type { KeyedUse, Use } from './commands.ts';

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

/** What a request of use is found by among those that were counted. */
export function useKey(requestId: string): string {
  return requestKey('data', requestId);
}

/** A use with its key, and with what tells it apart from another under the same key: everything that was asked. */
export function keyed(use: Use): KeyedUse {
  const { requestId, ...asked } = use;
  // A record tells all of it, and thousands come at once.
  const body = asked.record === undefined ? { kind: 'use', ...asked } : `${use.subscriptionId} ${asked.record}`;
  return { ...use, key: useKey(requestId), hash: bodyHash(body) };
}

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

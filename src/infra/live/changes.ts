/**
 * Something a page may show has changed: what kind of thing, and which one. Never its content, which each page fetches as far as
 * its reader may see it.
 *
 * A topic is a PostgreSQL channel that a feature's trigger notifies with the thing's id (`pg_notify('conversation', …)`). Every
 * process hears of it if and when the transaction commits. Commits that notify wait for each other (PostgreSQL keeps their order),
 * so this is for what people do, not for what the network does by the thousand.
 */
export interface Change {
  readonly topic: string;
  readonly key: string;
}

/** Null for what is none of ours. */
export function readChange(channel: string, payload: string | undefined): Change | null {
  return payload !== undefined && /^[\w-]{1,100}$/.test(payload) ? { topic: channel, key: payload } : null;
}

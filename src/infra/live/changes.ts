/**
 * That something a page may show has changed: what kind of thing, and which one. Never what it says: whoever hears of it
 * reads what they may see.
 *
 * A topic is a channel of PostgreSQL's, which a trigger of the feature notifies with the thing's id
 * (`pg_notify('conversation', …)`): every process hears of it once the transaction is committed, and never otherwise. A
 * commit that notifies waits for another that does (PostgreSQL keeps their order), so this is for what people do, not for
 * what the network does by the thousand.
 */
export interface Change {
  readonly topic: string;
  readonly key: string;
}

/** Null for what is none of ours. */
export function readChange(channel: string, payload: string | undefined): Change | null {
  return payload !== undefined && /^[\w-]{1,100}$/.test(payload) ? { topic: channel, key: payload } : null;
}

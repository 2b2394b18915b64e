import { randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { audit, type SqlRunner } from '../db/index.ts';
import { type KeyRing, seal } from '../secrets.ts';
import { type HubName, insertEvent } from './listener-store.ts';

/** Where programs of others say that they want to be told: one for each of TM Forum's interfaces. */
export interface Hub {
  /** As it stands in the database and on record. */
  readonly name: HubName;
  /** As it stands in the events. */
  readonly domain: string;
  readonly eventTypes: readonly string[];
}

/** Tells who listens of what happened, in its transaction: an event stands or falls with what it tells of. */
export function tellHub(
  sql: SqlRunner,
  now: Temporal.Instant,
  { name, domain }: Hub,
  told: { readonly eventType: string; readonly event: object; readonly more?: object },
): Promise<void> {
  const { eventType, event, more = {} } = told;
  const payload = { eventType, eventTime: now.toString(), domain, ...more, event };
  return insertEvent(sql, now, { hub: name, eventType, payload });
}

// As it was when only orders had listeners: their secrets are bound to it.
export const boundTo = (listenerId: string) => `order-listener:${listenerId}`;

/** A secret of its own for each listener: told once, kept sealed. */
export function newListenerSecret(show: KeyRing, listenerId: string) {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretCipher: seal(show, secret, boundTo(listenerId)) };
}

/** Who may be told, and who took that away, on record. @param staffId none where the bearer key was shown */
export function auditListener(
  sql: SqlRunner,
  now: Temporal.Instant,
  change: { hub: HubName; listenerId: string; act: 'added' | 'removed' | 'paused' | 'resumed'; staffId?: string },
): Promise<void> {
  const { hub, listenerId, act, staffId } = change;
  const actor = staffId === undefined ? { kind: 'provisioning' as const } : { kind: 'staff' as const, id: staffId };
  return audit(sql, now, { actor, action: `${hub}.listener-${act}`, detail: { listenerId } });
}

/** Which types a listener's `query` names: all without one; undefined where it asks for something else. */
export function typesOf({ eventTypes }: Hub, query: string | undefined): readonly string[] | undefined {
  if (query === undefined || query === '') return [];
  const [, named = ''] = /^eventType=([A-Za-z,]+)$/.exec(query) ?? [];
  const wanted = named.split(',');
  const known = eventTypes.filter((type) => wanted.includes(type));
  return known.length === wanted.length ? known : undefined;
}

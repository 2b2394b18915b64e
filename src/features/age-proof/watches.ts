import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Operator } from '../../base/operator.ts';
import { monthOf } from '../../base/operator-month.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { type KeyRing, seal } from '../../infra/secrets.ts';
import type { Subscription } from '../contractors/index.ts';
import type { Device } from './device.ts';
import type { Access } from './openid/bearer.ts';
import type { SubjectFault } from './rules/access.ts';
import { watchEventType } from './rules/scopes.ts';
import { isReached, type WatchEnd, type WatchedPercent } from './rules/volume.ts';
import { findSubject } from './subject.ts';
import type { VolumeDeps } from './volume.ts';
import {
  countWatches,
  endWatch,
  insertEvent,
  insertWatch,
  loadWatches,
  markReached,
  type Watch,
} from './watch-store.ts';

export interface WatchDeps extends VolumeDeps {
  readonly db: Db;
  readonly operator: Operator;
  readonly key: KeyRing;
  readonly publicUrl: string;
}

export interface WatchRequest {
  readonly percent: WatchedPercent;
  readonly sink: string;
  readonly credential: { readonly accessToken: string; readonly endsAt: Temporal.Instant } | null;
  readonly device: Device | undefined;
  readonly expiresAt: Temporal.Instant | null;
  readonly maxEvents: number | null;
  readonly wantsInitial: boolean;
}

/** Enough for every share and a few sinks; a partner that makes one at every visit has a fault. */
const WATCHES_PER_SUBSCRIPTION = 50;

export const WATCH_BASE = '/device-data-volume-subscriptions/v0.1';

/** A partner wants to hear. Where the share is used already, it is told of that only when it asked for it. */
export function startWatch(
  deps: WatchDeps,
  access: Access,
  request: WatchRequest,
): Promise<Decision<Watch, SubjectFault | 'quota-exceeded'>> {
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const { device } = request;
    const phoneNumber = device?.phoneNumber;
    const subject = await findSubject(deps, sql, { access, phoneNumber, hasOtherIdentifier: device !== undefined });
    if (!subject.ok) return subject;
    const { partnerId } = access.partner;
    const { subscriptionId } = subject.value;
    if ((await countWatches(sql, { partnerId, subscriptionId })) >= WATCHES_PER_SUBSCRIPTION) {
      return refuse('quota-exceeded');
    }
    const now = deps.clock.now();
    const watchId = newId();
    const watch: Watch = {
      watchId,
      partnerId,
      subscriptionId,
      grantHash: access.grantHash,
      percent: request.percent,
      sink: request.sink,
      credentialSealed: request.credential && seal(deps.key, request.credential.accessToken, boundTo(watchId)),
      credentialEndsAt: request.credential?.endsAt ?? null,
      phoneNumber: phoneNumber ?? null,
      maxEvents: request.maxEvents,
      wantsInitial: request.wantsInitial,
      expiresAt: request.expiresAt,
      startedAt: now,
      reachedMonth: null,
      eventCount: 0,
    };
    await insertWatch(sql, watch);
    await tellLife(deps, sql, now, watch, 'subscription-started', { initiationReason: 'SUBSCRIPTION_CREATED' });
    if (await isReachedNow(deps, sql, now, watch, subject.value)) {
      await tellReached(deps, sql, now, watch, request.wantsInitial);
    }
    return accept(watch);
  });
}

export const boundTo = (watchId: string) => `volume-watch:${watchId}`;

async function isReachedNow(
  deps: WatchDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  watch: Watch,
  subscription: Subscription,
): Promise<boolean> {
  const { monthBytes } = await deps.data.balance(sql, watch.subscriptionId, now);
  const planBytes = planBytesOf(deps.operator, subscription);
  return planBytes !== null && isReached(watch.percent, { usedBytes: monthBytes, planBytes });
}

export function planBytesOf(operator: Operator, subscription: Subscription): number | null {
  return operator.plans.find(({ code }) => code === subscription.planCode)?.monthlyBytes ?? null;
}

/** Marks the share as used this month and, where it is to be told, tells it; ends the watch that has told enough. */
export async function tellReached(
  deps: WatchDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  watch: Watch,
  isTold: boolean,
): Promise<boolean> {
  const month = monthOf(now, deps.operator.timeZone);
  if (!(await markReached(sql, { watchId: watch.watchId, month, isTold }))) return false;
  if (!isTold) return true;
  await tell(deps, sql, now, watch, watchEventType(watch.percent), {});
  if (watch.maxEvents !== null && watch.eventCount + 1 >= watch.maxEvents) {
    await stopWatch(deps, sql, now, watch, 'MAX_EVENTS_REACHED');
  }
  return true;
}

/** Ends a watch and says so to its sink. False when it has ended before. */
export async function stopWatch(
  deps: WatchDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  watch: Watch,
  because: WatchEnd,
): Promise<boolean> {
  if (!(await endWatch(sql, now, { watchId: watch.watchId, because }))) return false;
  await tellLife(deps, sql, now, watch, 'subscription-ended', { terminationReason: because });
  return true;
}

function tellLife(
  deps: WatchDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  watch: Watch,
  what: 'subscription-started' | 'subscription-ended',
  data: object,
): Promise<void> {
  return tell(deps, sql, now, watch, `org.camaraproject.device-data-volume-subscriptions.v0.${what}`, data);
}

async function tell(
  deps: WatchDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  watch: Watch,
  type: string,
  data: object,
): Promise<void> {
  const eventId = newId();
  const device = watch.phoneNumber === null ? {} : { device: { phoneNumber: watch.phoneNumber } };
  const payload = {
    id: eventId,
    source: `${deps.publicUrl}${WATCH_BASE}`,
    type,
    specversion: '1.0',
    datacontenttype: 'application/json',
    time: now.toString(),
    data: { ...device, ...data, subscriptionId: watch.watchId },
  };
  await insertEvent(sql, now, { eventId, watchId: watch.watchId, payload });
}

/** A partner's own watches; with a token of a person's only those about that person. */
export function listWatches(deps: WatchDeps, access: Access, watchId?: string): Promise<readonly Watch[]> {
  return loadWatches(runnerOf(deps.db), {
    partnerId: access.partner.partnerId,
    subscriptionId: access.subscriptionId,
    ...(watchId === undefined ? {} : { watchId }),
  });
}

/** False when there is no such watch of this partner's. */
export function deleteWatch(deps: WatchDeps, access: Access, watchId: string): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const { partnerId } = access.partner;
    const [watch] = await loadWatches(sql, { partnerId, subscriptionId: access.subscriptionId, watchId });
    return watch ? stopWatch(deps, sql, deps.clock.now(), watch, 'SUBSCRIPTION_DELETED') : false;
  });
}

import { Temporal } from 'temporal-polyfill';
import { FIRST_ID } from '../../base/ids.ts';
import { monthOf } from '../../base/operator-month.ts';
import { retryAfterSeconds } from '../../base/retry-after.ts';
import { inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { isAtHome, postOut } from '../../infra/http/post-out.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { unseal } from '../../infra/secrets.ts';
import { serviceState } from '../contractors/index.ts';
import { loadLiveConsent } from './consent-store.ts';
import { hasObjected } from './objection-store.ts';
import { isReached, type WatchEnd } from './rules/volume.ts';
import {
  type DueEvent,
  deleteOldEvents,
  dropEvents,
  endWatch,
  loadDueEvents,
  loadWatchesAfter,
  postponeEvent,
  settleEvent,
  type Watch,
} from './watch-store.ts';
import { boundTo, planBytesOf, stopWatch, tellReached, type WatchDeps } from './watches.ts';

const PORTION = 500;
/** A sink's token is used until shortly before its end, so that the last event can still be delivered. */
const CREDENTIAL_MARGIN = { seconds: 60 };

/** Looks at every watch: ends those whose time is up or whose consent is gone, tells of shares newly used. */
export function watchJob(deps: WatchDeps): Job {
  return {
    name: 'age-proof.volume-watches',
    everySeconds: 30,
    async run(now, stopping) {
      let done = 0;
      for (let after = FIRST_ID; ; ) {
        stopping?.throwIfAborted();
        const portion = await loadWatchesAfter(runnerOf(deps.db), after, PORTION);
        done += await lookAt(deps, now, portion);
        const last = portion.at(-1);
        if (!last || portion.length < PORTION) return done;
        after = last.watchId;
      }
    },
  };
}

async function lookAt(deps: WatchDeps, now: Temporal.Instant, watches: readonly Watch[]): Promise<number> {
  if (watches.length === 0) return 0;
  const sql = runnerOf(deps.db);
  const ids = [...new Set(watches.map(({ subscriptionId }) => subscriptionId))];
  const subscriptions = await deps.contractors.subscriptions(sql, ids);
  const balances = await deps.data.balances(sql, ids, now);
  const used = new Map(balances.map(({ subscriptionId, monthBytes }) => [subscriptionId, monthBytes]));
  const month = monthOf(now, deps.operator.timeZone);
  let done = 0;
  for (const watch of watches) {
    const subscription = subscriptions.get(watch.subscriptionId);
    const isInService = subscription && serviceState(subscription, now) === 'in-service';
    const end = isInService ? await endOf(sql, now, watch) : 'NETWORK_TERMINATED';
    const planBytes = subscription ? planBytesOf(deps.operator, subscription) : null;
    const usedBytes = used.get(watch.subscriptionId) ?? 0;
    const isDue =
      watch.reachedMonth !== month && planBytes !== null && isReached(watch.percent, { usedBytes, planBytes });
    if (!end && !isDue) continue;
    const isDone = await inTransaction(deps.db, (tx) =>
      end ? stopWatch(deps, runnerOf(tx), now, watch, end) : tellReached(deps, runnerOf(tx), now, watch, true),
    );
    if (isDone) done += 1;
  }
  return done;
}

async function endOf(sql: SqlRunner, now: Temporal.Instant, watch: Watch): Promise<WatchEnd | null> {
  const isPast = (at: Temporal.Instant | null) => at !== null && Temporal.Instant.compare(at, now) <= 0;
  if (isPast(watch.expiresAt)) return 'SUBSCRIPTION_EXPIRED';
  if (isPast(watch.credentialEndsAt?.subtract(CREDENTIAL_MARGIN) ?? null)) return 'ACCESS_TOKEN_EXPIRED';
  const { grantHash } = watch;
  const isAllowed = grantHash
    ? (await loadLiveConsent(sql, { grantHash, now })) !== null
    : !(await hasObjected(sql, watch));
  return isAllowed ? null : 'NETWORK_TERMINATED';
}

const DELIVERED_AT_ONCE = 20;
const KEPT = { hours: 30 * 24 };

/** Brings events to their sinks; one that does not take them is tried again, ever more rarely. */
export function deliveryJob(deps: WatchDeps): Job {
  const sql = runnerOf(deps.db);
  return {
    name: 'age-proof.volume-events',
    everySeconds: 5,
    async run(now) {
      const due = await loadDueEvents(sql, now, DELIVERED_AT_ONCE);
      await Promise.all(due.map((event) => deliver(deps, sql, now, event)));
      return due.length + (await deleteOldEvents(sql, now.subtract(KEPT), PORTION));
    },
  };
}

async function deliver(deps: WatchDeps, sql: SqlRunner, now: Temporal.Instant, event: DueEvent): Promise<void> {
  const { eventId, watchId } = event;
  const status = await post(deps, event).catch(() => 0);
  if (status >= 200 && status < 300) return settleEvent(sql, now, { eventId, state: 'delivered' });
  if (status === 410) {
    // The partner says that nobody listens there any more.
    await endWatch(sql, now, { watchId, because: 'NETWORK_TERMINATED' });
    return dropEvents(sql, now, watchId);
  }
  const seconds = retryAfterSeconds(event.attempts + 1);
  if (seconds === null) return settleEvent(sql, now, { eventId, state: 'failed' });
  return postponeEvent(sql, { eventId, nextAttemptAt: now.add({ seconds }) });
}

/** The sink's status. */
function post(deps: WatchDeps, event: DueEvent): Promise<number> {
  const token = event.credentialSealed && unseal(deps.key, event.credentialSealed, boundTo(event.watchId));
  return postOut({
    sink: event.sink,
    isHome: isAtHome(deps.publicUrl),
    headers: {
      'content-type': 'application/cloudevents+json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(event.payload),
  });
}

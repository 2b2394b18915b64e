import type { Temporal } from 'temporal-polyfill';
import { retryAfterSeconds } from '../../base/retry-after.ts';
import { type Db, runnerOf, type SqlRunner } from '../db/index.ts';
import { isAtHome, postOut } from '../http/post-out.ts';
import type { Job } from '../jobs/jobs.ts';
import { SIGNATURE_HEADER, signQuestion, TIME_HEADER } from '../outside/signature.ts';
import { type KeyRing, unseal } from '../secrets.ts';
import { boundTo } from './hub.ts';
import {
  type DueEvent,
  deleteSettledEvents,
  endListener,
  loadDueEvents,
  noteTry,
  postponeEvent,
  settleEvent,
} from './listener-store.ts';

interface ListenersDeps {
  readonly db: Db;
  readonly publicUrl: string;
  readonly secrets: { readonly show: KeyRing };
}

const AT_ONCE = 20;
/** How many events of one listener go in one run, one after the other; whoever is slow holds up the others no longer. */
const ROUNDS = 20;
const PORTION = 500;
const KEPT = { hours: 30 * 24 };

/** Brings events to their listeners; one that does not take them is tried again, ever more rarely. */
export function listenersJob(deps: ListenersDeps): Job {
  const sql = runnerOf(deps.db);
  return {
    name: 'listeners',
    everySeconds: 5,
    async run(now, stopping) {
      let done = await deleteSettledEvents(sql, now.subtract(KEPT), PORTION);
      for (let round = 0; round < ROUNDS; round += 1) {
        stopping?.throwIfAborted();
        // One that was not taken is due again later, and holds up those behind it.
        const due = await loadDueEvents(sql, now, AT_ONCE);
        if (due.length === 0) break;
        await Promise.all(due.map((event) => deliver(deps, sql, now, event)));
        done += due.length;
      }
      return done;
    },
  };
}

async function deliver(deps: ListenersDeps, sql: SqlRunner, now: Temporal.Instant, event: DueEvent): Promise<void> {
  const { eventId, listenerId, callback, payload, attempts } = event;
  const body = JSON.stringify({ eventId, ...payload });
  const status = await postOut({
    sink: callback,
    isHome: isAtHome(deps.publicUrl),
    headers: { 'content-type': 'application/json;charset=utf-8', ...signatureOf(deps, event, body) },
    body,
  }).catch(() => 0);
  await noteTry(sql, now, { listenerId, status });
  if (status >= 200 && status < 300) return settleEvent(sql, now, { eventId, state: 'delivered' });
  // Nobody listens there any more.
  if (status === 410) return void (await endListener(sql, now, { listenerId }));
  const seconds = retryAfterSeconds(attempts + 1);
  if (seconds === null) return settleEvent(sql, now, { eventId, state: 'failed' });
  return postponeEvent(sql, { eventId, nextAttemptAt: now.add({ seconds }) });
}

/** Signed as our questions to companies are, so that a listener knows who speaks. Those from before secrets have none. */
function signatureOf(
  { secrets }: ListenersDeps,
  { listenerId, callback, secretCipher }: DueEvent,
  body: string,
): Record<string, string> {
  if (secretCipher === null) return {};
  const { pathname, search } = new URL(callback);
  const time = String(Math.floor(Date.now() / 1_000));
  const secret = unseal(secrets.show, secretCipher, boundTo(listenerId));
  const signature = signQuestion(secret, { method: 'POST', path: pathname + search, time, body });
  return { [TIME_HEADER]: time, [SIGNATURE_HEADER]: signature };
}

import type { Temporal } from 'temporal-polyfill';
import { parseMsisdn } from '../../base/msisdn.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { Activation, ActivationOrder } from '../../infra/provisioning/provisioning.ts';
import { type ActivationRow, beginEnd, loadDueActivations, lookLater, settleActivation } from './activation-store.ts';
import { changeOrder } from './change.ts';
import { CannotOpen, completeOrder } from './complete.ts';
import type { OrdersDeps } from './deps.ts';
import { type Order, openOrder } from './order.ts';
import { LOOK_SECONDS, type Round, SILENT_SECONDS, withOrder } from './round.ts';
import { afterFailure } from './rules/activation.ts';
import { wholeName } from './rules/application.ts';
import { askForEnd } from './sim-end.ts';
import { loadOrder } from './store.ts';

const PORTION = 20;

/**
 * Asks the network for what was approved and how far it is, stops what was cancelled, completes what works,
 * and ends what is over. The network
 * is asked outside any transaction, under a key to which the number belongs: killed anywhere, the same question is asked again
 * and the same number comes back.
 */
export function activate(deps: OrdersDeps): Job {
  return {
    name: 'orders.activate',
    everySeconds: 5,
    async run(now, stopping) {
      const { provisioning } = deps;
      if (!provisioning) return 0;
      const due = await loadDueActivations(runnerOf(deps.db), now, PORTION);
      const failed: unknown[] = [];
      for (const activation of due) {
        stopping?.throwIfAborted();
        try {
          const isHeard = await askerOf(activation)({ deps, provisioning, activation, now });
          // Who does not answer one does not answer the next: the rest waits for another run, and other jobs do not wait.
          if (!isHeard) break;
        } catch (error) {
          // Whatever is wrong with one order holds up no other: it comes again after them.
          failed.push(error);
          const nextLookAt = now.add({ seconds: SILENT_SECONDS });
          await lookLater(runnerOf(deps.db), activation, { ...activation, nextLookAt });
        }
      }
      if (failed.length > 0) throw new AggregateError(failed, 'orders could not be carried on with');
      return due.length;
    },
  };
}

/** What is asked of the network for a round; each answers whether the network did. */
function askerOf({ state }: ActivationRow): (round: Round) => Promise<boolean> {
  return state === 'undo' ? stop : state === 'ending' ? askForEnd : ask;
}

async function ask({ deps, provisioning, activation, now }: Round): Promise<boolean> {
  const row = await loadOrder(runnerOf(deps.db), activation.orderId);
  if (!row) throw new Error('an activation of an order that is not there');
  const wanted = await activationOrder(deps, openOrder(deps.secrets.show, row), activation.activationKey);
  const isRepeat = activation.attempt > 1;
  const answer = isRepeat
    ? await provisioning.repeat(activation.activationKey, activation.attempt)
    : await provisioning.submit(wanted);
  try {
    await withOrder(deps, activation, async (tx, order, present) => {
      const pause = { attempt: present.attempt, nextLookAt: now.add({ seconds: SILENT_SECONDS }), failure: null };
      if (answer.ok) return settle(deps, tx, { order, activation: present, answer: answer.value, now });
      if (answer.code === 'no-answer') return lookLater(runnerOf(tx), present, { ...pause, failure: answer.code });
      // The network will not hear of it, or has forgotten it: trying again changes nothing.
      return giveBack(deps, tx, order, present, answer.code);
    });
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    await withOrder(deps, activation, async (tx, order, present) => {
      await giveBack(deps, tx, order, present, error.because);
      // It works, and nobody can have it.
      await beginEnd(runnerOf(tx), now, present, { endAttempt: 1, failure: error.because });
    });
  }
  return answer.ok || answer.code !== 'no-answer';
}

interface Settling {
  readonly order: Order;
  readonly activation: ActivationRow;
  readonly answer: Activation;
  readonly now: Temporal.Instant;
}

async function settle(deps: OrdersDeps, tx: Db, { order, activation, answer, now }: Settling): Promise<void> {
  const sql = runnerOf(tx);
  const later = (seconds: number, attempt: number, failure: string | null) =>
    lookLater(sql, activation, { attempt, nextLookAt: now.add({ seconds }), failure });
  switch (answer.state) {
    case 'acknowledged':
    case 'in-progress':
      return later(LOOK_SECONDS, activation.attempt, null);
    case 'completed':
      return completeOrder(deps, tx, order, activation, answer);
    case 'failed': {
      // What was tried anew meanwhile is no failure of this attempt.
      if (answer.attempt < activation.attempt) return later(LOOK_SECONDS, activation.attempt, answer.failure);
      const then = afterFailure(answer.failure, answer.attempt);
      if (then.kind === 'return') return giveBack(deps, tx, order, activation, answer.failure);
      return later(then.afterSeconds, answer.attempt + 1, answer.failure);
    }
    case 'cancelled':
      return giveBack(deps, tx, order, activation, 'cancelled');
  }
}

/** The staff look at the order again; what was begun is stopped, and a new approval begins anew. */
async function giveBack(
  deps: OrdersDeps,
  tx: Db,
  order: Order,
  activation: ActivationRow,
  failure: string,
): Promise<void> {
  const changed = await changeOrder(deps, tx, order, {
    event: 'return',
    actor: { kind: 'system' },
    note: failure,
    patch: { reviewerId: null },
  });
  if (!changed.ok) throw new Error(`an order in progress could not be given back: ${changed.code}`);
  await lookLater(runnerOf(tx), activation, { attempt: activation.attempt, nextLookAt: deps.clock.now(), failure });
}

/** Stops what is not completed; the end of what works already is begun. */
async function stop({ deps, provisioning, activation, now }: Round): Promise<boolean> {
  const answer = await provisioning.cancel(activation.activationKey);
  await withOrder(deps, activation, async (tx, _order, present) => {
    const sql = runnerOf(tx);
    if (!answer.ok && answer.code === 'no-answer') {
      const nextLookAt = now.add({ seconds: SILENT_SECONDS });
      return lookLater(sql, present, { attempt: present.attempt, nextLookAt, failure: answer.code });
    }
    const isWorking = !answer.ok && answer.code === 'refused';
    if (isWorking) return beginEnd(sql, now, present, { endAttempt: 1, failure: null });
    // What the network has never heard of needs no stopping.
    await settleActivation(sql, present, { state: 'undone', failure: null });
  });
  return answer.ok || answer.code !== 'no-answer';
}

async function activationOrder(
  { operator, contractors, db }: OrdersDeps,
  { application }: Order,
  activationKey: string,
): Promise<ActivationOrder> {
  const { planCode, optionCodes, simKind, number, contractor } = application;
  const holder =
    contractor.kind === 'new'
      ? { name: wholeName(contractor.name), kana: wholeName(contractor.kana), birthDate: contractor.birthDate }
      : await contractors.contractor(runnerOf(db), contractor.contractorId);
  if (!holder) throw new Error('an order of a contractor who is not there');
  return {
    activationKey,
    planCode,
    optionCodes,
    hasVoice: operator.plans.find(({ code }) => code === planCode)?.hasVoice ?? false,
    simKind,
    number:
      number.kind === 'new'
        ? { kind: 'new' }
        : {
            kind: 'port-in',
            msisdn: parseMsisdn(number.phoneNumber) ?? number.phoneNumber,
            reservationNumber: number.kind === 'reservation' ? number.reservationNumber : null,
          },
    holder: { name: holder.name, kana: holder.kana ?? '', birthDate: holder.birthDate ?? '' },
  };
}

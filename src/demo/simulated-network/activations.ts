import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import {
  ACTIVATION_FAILURES,
  type Activation,
  type ActivationFailure,
  type Deactivation,
} from '../../infra/provisioning/provisioning.ts';
import { openJournal } from '../simulated-company/journal.ts';
import { esimCodeOf, iccidAt, numberAt } from './numbers.ts';

/** What is asked for, as `ActivationOrder` says it. */
export const order = z.strictObject({
  planCode: z.string(),
  optionCodes: z.array(z.string()),
  hasVoice: z.boolean(),
  simKind: z.enum(['sim', 'esim']),
  number: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('new') }),
    z.strictObject({ kind: z.literal('port-in'), msisdn: z.string(), reservationNumber: z.string().nullable() }),
  ]),
  holder: z.strictObject({ name: z.string(), kana: z.string(), birthDate: z.string() }),
});
type Order = z.infer<typeof order>;

/** What becomes of a try: it works, it fails in the end, or it stays under way until somebody decides. */
export const FATES = ['works', ...ACTIVATION_FAILURES, 'stuck'] as const;
export type Fate = 'works' | ActivationFailure | 'stuck';

const fate = z.enum(FATES);
const entry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('submitted'),
    key: z.string(),
    order,
    atMs: z.number(),
    minutes: z.number(),
    fate,
    /** The number that is its own from now on; null when there was none left. */
    msisdn: z.string().nullable(),
    esimCode: z.string(),
  }),
  z.object({
    kind: z.literal('repeated'),
    key: z.string(),
    attempt: z.number(),
    atMs: z.number(),
    minutes: z.number(),
    fate,
  }),
  z.object({ kind: z.literal('cancelled'), key: z.string() }),
  z.object({
    kind: z.literal('ended'),
    key: z.string(),
    attempt: z.number(),
    atMs: z.number(),
    minutes: z.number(),
    fate,
  }),
]);
type Entry = z.infer<typeof entry>;

export interface Held {
  readonly key: string;
  readonly order: Order;
  readonly msisdn: string | null;
  readonly iccid: string;
  readonly esimCode: string;
  attempt: number;
  atMs: number;
  minutes: number;
  fate: Fate;
  isCancelled: boolean;
  /** Its end, once somebody has asked for it. */
  end: { readonly attempt: number; readonly atMs: number; readonly minutes: number; readonly fate: Fate } | null;
}

/** How the network works now: what becomes of the next try, and how many minutes one takes. */
export interface NetworkSettings {
  fate: Fate;
  minutes: number;
}

/**
 * The activations of a simulated network. A number is given when one is asked for, on disk before anybody hears of it,
 * and belongs to its key: a repeat, a kill or a cancellation frees none. One that came along from another operator may come
 * again once its activation has ended.
 */
export function createActivations({
  clock,
  file,
  settings,
}: {
  clock: Clock;
  file: string | null;
  settings: NetworkSettings;
}) {
  const journal = openJournal(file, entry);
  const held = new Map<string, Held>();
  for (const each of journal.entries) take(each);
  const nowMs = () => clock.now().epochMilliseconds;

  return {
    submit(key: string, asked: Order): Held | 'conflict' {
      const known = held.get(key);
      if (known) return JSON.stringify(known.order) === JSON.stringify(asked) ? known : 'conflict';
      const { msisdn, refused } = numberFor(asked);
      const esimCode = esimCodeOf(randomBytes(10).toString('hex').toUpperCase());
      const tried = { atMs: nowMs(), minutes: settings.minutes, fate: refused ?? settings.fate };
      write({ kind: 'submitted', key, order: asked, ...tried, msisdn, esimCode });
      return held.get(key) ?? 'conflict';
    },
    of: (key: string) => held.get(key),
    /** Tries a failed one anew, once for each attempt; any other stays as it is. */
    repeat(each: Held, attempt: number): void {
      if (attempt !== each.attempt + 1 || stateOf(each).state !== 'failed') return;
      const isTaken = each.msisdn === null || each.fate === 'number-in-use';
      const tried = { atMs: nowMs(), minutes: settings.minutes, fate: isTaken ? each.fate : settings.fate };
      write({ kind: 'repeated', key: each.key, attempt, ...tried });
    },
    cancel(each: Held): boolean {
      if (stateOf(each).state === 'completed') return false;
      if (!each.isCancelled) write({ kind: 'cancelled', key: each.key });
      return true;
    },
    /** Ends what works, once; a failed end is tried anew as its next attempt. False for what does not work. */
    end(each: Held, attempt: number): boolean {
      if (stateOf(each).state !== 'completed') return false;
      const isNext = attempt === (each.end?.attempt ?? 0) + 1;
      if (isNext && (each.end === null || endOf(each)?.state === 'failed')) {
        const { minutes, fate: now } = settings;
        write({ kind: 'ended', key: each.key, attempt, atMs: nowMs(), minutes, fate: now });
      }
      return true;
    },
    endOf,
    stateOf,
    all: () => [...held.values()].reverse(),
    empty() {
      journal.empty();
      held.clear();
    },
    close: () => journal.close(),
  };

  /** A minute until it is taken up, and all its minutes until it is done, by the clock of everybody. */
  function stateOf(each: Held): Activation {
    const { attempt, atMs, minutes, msisdn } = each;
    if (each.isCancelled) return { attempt, state: 'cancelled' };
    const passed = (nowMs() - atMs) / 60_000;
    if (passed < Math.min(1, minutes)) return { attempt, state: 'acknowledged' };
    if (passed < minutes || each.fate === 'stuck') return { attempt, state: 'in-progress' };
    if (each.fate !== 'works' || msisdn === null) {
      return { attempt, state: 'failed', failure: each.fate === 'works' ? 'no-number-left' : each.fate };
    }
    return {
      attempt,
      state: 'completed',
      msisdn,
      iccid: each.iccid,
      esimActivationCode: each.order.simKind === 'esim' ? each.esimCode : null,
      completedAt: Temporal.Instant.fromEpochMilliseconds(atMs + minutes * 60_000).toString(),
    };
  }

  /** How far the end of one is. What fails but a new number or a port is as good as what works here. */
  function endOf({ end }: Held): Deactivation | null {
    if (end === null) return null;
    const { attempt, atMs, minutes, fate: fated } = end;
    const passed = (nowMs() - atMs) / 60_000;
    if (passed < Math.min(1, minutes)) return { attempt, state: 'acknowledged' };
    if (passed < minutes || fated === 'stuck') return { attempt, state: 'in-progress' };
    if (fated === 'network-fault') return { attempt, state: 'failed', failure: fated };
    const endedAt = Temporal.Instant.fromEpochMilliseconds(atMs + minutes * 60_000).toString();
    return { attempt, state: 'completed', endedAt };
  }

  function numberFor({ number }: Order): { msisdn: string | null; refused?: Fate } {
    if (number.kind === 'port-in') {
      const isHere = [...held.values()].some((each) => each.msisdn === number.msisdn && isHolding(each));
      return isHere ? { msisdn: number.msisdn, refused: 'number-in-use' } : { msisdn: number.msisdn };
    }
    const given = [...held.values()].filter((each) => each.order.number.kind === 'new').length;
    return { msisdn: numberAt(given) ?? null };
  }

  /** A number stays until its activation is cancelled or has ended; whom it was refused never had it. */
  function isHolding(each: Held): boolean {
    return !each.isCancelled && each.fate !== 'number-in-use' && endOf(each)?.state !== 'completed';
  }

  function write(each: Entry): void {
    journal.write(each);
    take(each);
  }

  function take(each: Entry): void {
    if (each.kind === 'submitted') {
      const { kind: _, ...submitted } = each;
      held.set(each.key, { ...submitted, iccid: iccidAt(held.size), attempt: 1, isCancelled: false, end: null });
      return;
    }
    const known = held.get(each.key);
    if (!known) return;
    if (each.kind === 'cancelled') known.isCancelled = true;
    else {
      const { attempt, atMs, minutes, fate } = each;
      const tried = { attempt, atMs, minutes, fate };
      Object.assign(known, each.kind === 'ended' ? { end: tried } : tried);
    }
  }
}

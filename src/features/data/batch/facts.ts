import type { Temporal } from 'temporal-polyfill';
import type { Month } from '../../../base/operator-month.ts';
import type { DatedChange } from '../../contractors/index.ts';
import type { Reading } from '../rules/counter.ts';
import type { CorrectCommand, Used } from './commands.ts';

/** What a use needs of a subscription that was turned into the month already. */
export interface UsedSubscription {
  readonly subscriptionId: string;
  readonly planCode: string;
  /** Changes of the plan that wait or came about, in their order. */
  readonly planChanges: readonly DatedChange<string>[];
  /** The last month it has been turned into; moves on within a batch. */
  lastTurned: Month | null;
}

/** What the rules need of a subscription. */
export interface SubscriptionFacts extends UsedSubscription {
  readonly opensAt: Temporal.Instant;
  readonly createdAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
}

/** A use that was counted: what it is found by and told apart by, and as what it was counted. */
export interface CountedUse {
  readonly key: string;
  readonly hash: string;
  readonly used: Used;
}

/** Loaded for a batch, changed by its decisions, saved afterwards. */
export interface DataFacts {
  readonly subscriptions: ReadonlyMap<string, SubscriptionFacts>;
  /** Others, which are only used and were turned into the present month, as nearly all: no more is loaded of them. */
  readonly turned: ReadonlyMap<string, UsedSubscription>;
  /** Those of them with whom this is not noted yet. */
  readonly unnoted: Set<string>;
  /** Uses that were counted before, by key. */
  readonly counted: Map<string, CountedUse>;
  /** Highest readings of cumulative counters, by `counterKey`. */
  readonly counters: Map<string, CounterRow>;
  /** Slices lent to the network, by their ids. */
  readonly reservations: Map<string, ReservationRow>;
  /** What of each subscription is on loan. */
  readonly onLoan: Map<string, number>;
  readonly changes: {
    readonly counted: CountedUse[];
    /** By subscription, all but its newest day. */
    readonly days: Map<string, readonly DayRow[]>;
    readonly months: { readonly subscriptionId: string; readonly month: Month; readonly planCode: string }[];
    readonly readings: Set<string>;
    /** Subscriptions that use left with nothing. */
    readonly dried: Set<string>;
    /** Subscriptions that were given something. */
    readonly filled: Set<string>;
    /** Subscriptions to which a smaller total gave something back. */
    readonly givenBack: Set<string>;
    /** By subscription: a share of the month's volume that use passed. */
    readonly shares: Map<string, PassedShare>;
    readonly corrections: CorrectCommand[];
    /** Reservations that were made or have ended. */
    readonly reservations: Set<string>;
  };
}

/** What is added to one day of one subscription. */
export interface DayRow {
  readonly subscriptionId: string;
  readonly usedOn: string;
  readonly usedBytes: number;
  readonly zeroRatedBytes: number;
  readonly overBytes: number;
}

export interface PassedShare {
  readonly percent: number;
  readonly leftBytes: number;
  /** The month and what was last granted in it: a share is told once for each. */
  readonly about: string;
}

export interface CounterRow extends Reading {
  readonly subscriptionId: string;
  readonly source: string;
  readonly session: string;
}

/** A slice lent to the network. */
export interface ReservationRow {
  readonly reservationId: string;
  readonly subscriptionId: string;
  readonly bytes: number;
  readonly reservedAt: Temporal.Instant;
  readonly validUntil: Temporal.Instant;
  readonly state: 'open' | 'settled' | 'released' | 'expired';
  readonly usedBytes: number;
  readonly overBytes: number;
  readonly endedAt: Temporal.Instant | null;
}

export function counterKey(counter: { subscriptionId: string; source: string; session: string }): string {
  return JSON.stringify([counter.subscriptionId, counter.source, counter.session]);
}

/** What is loaded for a batch. */
export interface Loaded {
  readonly subscriptions: readonly SubscriptionFacts[];
  readonly turned?: ReadonlyMap<string, UsedSubscription>;
  readonly unnoted?: Set<string>;
  readonly counted?: readonly CountedUse[];
  readonly counters?: readonly CounterRow[];
  readonly reservations?: readonly ReservationRow[];
  readonly onLoan?: ReadonlyMap<string, number>;
}

/** What was loaded, with nothing changed yet. */
export function newFacts(loaded: Loaded): DataFacts {
  const {
    subscriptions,
    turned = new Map(),
    unnoted = new Set(),
    counted = [],
    counters = [],
    reservations = [],
    onLoan = [],
  } = loaded;
  return {
    subscriptions: new Map(subscriptions.map((facts) => [facts.subscriptionId, facts])),
    turned,
    unnoted,
    counted: new Map(counted.map((use) => [use.key, use])),
    counters: new Map(counters.map((counter) => [counterKey(counter), counter])),
    reservations: new Map(reservations.map((reservation) => [reservation.reservationId, reservation])),
    onLoan: new Map(onLoan),
    changes: {
      counted: [],
      days: new Map(),
      months: [],
      readings: new Set(),
      dried: new Set(),
      filled: new Set(),
      givenBack: new Set(),
      shares: new Map(),
      corrections: [],
      reservations: new Set(),
    },
  };
}

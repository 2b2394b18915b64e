import type { Month } from '../../../base/operator-month.ts';
import type { Correction, CorrectionRefusal } from '../rules/correction.ts';

/** One record of use. */
export interface Use {
  /** What it counts once by. */
  readonly requestId: string;
  readonly subscriptionId: string;
  /** The end of the use, ISO 8601. */
  readonly endedAt: string;
  /** Counted, but draws nothing. */
  readonly isZeroRated: boolean;
  readonly amount:
    | { readonly mode: 'delta'; readonly bytes: number }
    | {
        /** `cumulative` only ever adds; a `total` replaces the one before, also by less. */
        readonly mode: 'cumulative' | 'total';
        readonly readBytes: number;
        readonly source: string;
        readonly session: string;
      };
  /** Everything the record tells, as one text: the same key with another record is a conflict. */
  readonly record?: string;
}

/** What a use is found by among those that were counted: 128 bits, hex. */
export interface UseKeys {
  readonly key: string;
  /** The key of uses that were counted before keys told their moment. */
  readonly formerKey: string;
}

/** A use with what it is found by, and what tells it apart from others under its key: half a hash, hex. */
export interface KeyedUse extends Omit<Use, 'record'>, UseKeys {
  readonly hash: string;
}

/** Records of use that are counted together, in their order, each once by itself. */
export interface UseCommand {
  readonly kind: 'use';
  readonly requestId: string;
  readonly uses: readonly KeyedUse[];
}

/** Turns a subscription into every month up to this one. */
export interface TurnCommand {
  readonly kind: 'turn';
  readonly requestId: string;
  readonly subscriptionId: string;
  readonly month: Month;
}

/** What one turn of one subscription is known by. */
export function turnRequestId(month: Month, subscriptionId: string): string {
  return `turn:${month}:${subscriptionId}`;
}

/** Data bought. Who pays, and how, is not the ledger's matter. */
export interface TopUpCommand {
  readonly kind: 'top-up';
  readonly requestId: string;
  readonly subscriptionId: string;
  readonly amountBytes: number;
}

/** A correction by staff: adds data of a kind, or takes from what is there in the order of use. */
export interface CorrectCommand extends Correction {
  readonly kind: 'correct';
  readonly requestId: string;
  readonly subscriptionId: string;
}

/** Takes out of the book what has ended outside the turn of the month. */
export interface EndCommand {
  readonly kind: 'end';
  readonly requestId: string;
  readonly subscriptionId: string;
}

/** Lends the network a slice ahead of use. The id is made before, so that the ledger knows the owner of what is lent. */
export interface ReserveCommand {
  readonly kind: 'reserve';
  readonly requestId: string;
  readonly reservationId: string;
  readonly subscriptionId: string;
  readonly bytes: number;
  readonly validForSeconds: number;
}

/** What was used of a slice; that ends it. */
export interface SettleCommand {
  readonly kind: 'settle';
  readonly requestId: string;
  readonly reservationId: string;
  readonly subscriptionId: string;
  readonly usedBytes: number;
  /** The end of the use, ISO 8601; null: now. */
  readonly endedAt: string | null;
}

/** A slice comes back unused. */
export interface ReturnSliceCommand {
  readonly kind: 'return-slice';
  readonly requestId: string;
  readonly reservationId: string;
  readonly subscriptionId: string;
  readonly reason: 'released' | 'expired';
}

export type DataCommand =
  | UseCommand
  | TurnCommand
  | TopUpCommand
  | CorrectCommand
  | EndCommand
  | ReserveCommand
  | SettleCommand
  | ReturnSliceCommand;

export type DataRefusal =
  | 'unknown-subscription'
  | 'from-the-future'
  | 'too-old'
  | 'not-in-service'
  | 'nothing-left'
  | 'unknown-reservation'
  | 'already-settled'
  | 'already-released'
  | CorrectionRefusal;

/** What a record of use was counted as. */
export type Used = {
  readonly usedOn: string;
  /** Both below zero where a smaller total replaced one: what came back. */
  readonly drawnBytes: number;
  readonly overBytes: number;
  readonly isLate: boolean;
};

export type Refused = { readonly result: 'refused'; readonly code: DataRefusal };

/** What became of one record. A conflict: its key was used for another record. */
export type UseOutcome =
  | { readonly status: 'accepted' | 'duplicate'; readonly used: Used }
  | { readonly status: 'conflict' }
  | { readonly status: 'refused'; readonly code: DataRefusal };

export type DataAnswer =
  | { readonly result: 'counted'; readonly outcomes: readonly UseOutcome[] }
  | { readonly result: 'turned'; readonly months: readonly Month[] }
  | { readonly result: 'changed'; readonly totalBytes: number }
  | { readonly result: 'ended'; readonly bytes: number }
  | {
      readonly result: 'reserved';
      readonly reservationId: string;
      /** May be less than was asked for. */
      readonly bytes: number;
      readonly validUntil: string;
    }
  | {
      readonly result: 'settled';
      readonly reservationId: string;
      readonly usedOn: string;
      readonly drawnBytes: number;
      readonly overBytes: number;
      readonly returnedBytes: number;
      readonly isLate: boolean;
    }
  | { readonly result: 'slice-returned'; readonly reservationId: string; readonly returnedBytes: number }
  | Refused;

/** Whose data a command touches. */
export function subscriptionsOf(command: DataCommand): readonly string[] {
  if (command.kind !== 'use') return [command.subscriptionId];
  return [...new Set(command.uses.map((use) => use.subscriptionId))];
}

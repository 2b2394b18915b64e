import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import type { Book } from '../../ledger/book.ts';
import type { PointAnswer, PointRefusal } from './commands.ts';
import type { PointEvent, PointFacts } from './facts.ts';
import { balanceOf } from './rules/lots.ts';

/** Everything a decision rests on beside the command. */
export interface Deciding {
  readonly facts: PointFacts;
  readonly book: Book;
  readonly now: Temporal.Instant;
  readonly operator: Operator;
  /** When what is earned now ends, exclusive. */
  readonly earnedUntil: Temporal.Instant;
}

export function refused(code: PointRefusal): PointAnswer {
  return { result: 'refused', code };
}

/** Notes what happened, with the balance it leaves. */
export function note(event: Omit<PointEvent, 'balanceAfter'>, { facts, book, now }: Deciding): void {
  const balanceAfter = balanceOf(book.lotsOf(event.contractorId), now);
  facts.changes.events.push({ ...event, balanceAfter });
}

import { Temporal } from 'temporal-polyfill';
import { usableBytes } from '../rules/balance.ts';
import { decideCorrection } from '../rules/correction.ts';
import type { CorrectCommand, DataAnswer } from './commands.ts';
import { type Deciding, refused, take } from './deciding.ts';
import type { SubscriptionFacts } from './facts.ts';

/** Adds data of the kind and end that were named, or takes from what is there in the order of use. */
export function correct(command: CorrectCommand, { endedAt }: SubscriptionFacts, on: Deciding): DataAnswer {
  const { book, facts, now, calendar } = on;
  const { subscriptionId, amountBytes, into } = command;
  const usable = usableBytes(book.lotsOf(subscriptionId), now);
  const code = decideCorrection({ ...command, now, usableBytes: usable, endedAt });
  if (code !== undefined) return refused(code);
  if (amountBytes < 0) {
    take(subscriptionId, { bytes: -amountBytes, at: now, month: calendar.monthOf(now) }, 'adjustment', on);
  } else if (into !== null) {
    const expiresAt = Temporal.Instant.from(into.expiresAt);
    const lot = book.open({ ownerId: subscriptionId, unit: 'byte', kind: into.bucket, grantedAt: now, expiresAt });
    book.bring('adjustment', lot, amountBytes);
    facts.changes.filled.add(subscriptionId);
  }
  facts.changes.corrections.push(command);
  return { result: 'changed', totalBytes: usable + amountBytes };
}

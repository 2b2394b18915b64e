import { Temporal } from 'temporal-polyfill';
import type { ConversationState } from './state.ts';

export interface DueFacts {
  readonly state: ConversationState;
  readonly origin: 'talk' | 'message';
  readonly askedAt: Temporal.Instant;
  readonly takenAt: Temporal.Instant | null;
  readonly personSpokeAt: Temporal.Instant | null;
  /** Of a message being written. */
  readonly writingSince: Temporal.Instant | null;
  readonly staffSpokeAt: Temporal.Instant | null;
  readonly warnedAt: Temporal.Instant | null;
  /** When staff last went home, or null where they are there now or never were. */
  readonly closedSince: Temporal.Instant | null;
  readonly silence: { readonly warnAfterMinutes: number; readonly endAfterMinutes: number };
}

/** What time alone makes of a conversation. */
export type Due =
  | 'nothing'
  /** The person is asked whether they are still there. */
  | 'warn'
  | 'end'
  /** A message left was answered, and nothing came back: nothing more is said. */
  | 'end-quietly'
  /** Nobody is there any more: what was said waits as a message left. */
  | 'becomes-message'
  /** The message being written counts as finished. */
  | 'message-finished'
  /** It was begun, and nothing was written. */
  | 'nothing-said';

/** Who left a message yesterday does not sit in front of the talk today. */
const ANSWER_TO_MESSAGE_HOURS = 24;
/** Staff may go on with what they have after the hours. */
const OVERTIME_MINUTES = 60;

/** What is due by now. */
export function dueOf(facts: DueFacts, now: Temporal.Instant): Due {
  const { silence, personSpokeAt, staffSpokeAt } = facts;
  switch (facts.state) {
    case 'waiting':
      return facts.closedSince === null ? 'nothing' : 'becomes-message';
    case 'leaving':
      if (minutesSince(later(personSpokeAt, facts.writingSince) ?? facts.askedAt) < silence.warnAfterMinutes) {
        return 'nothing';
      }
      return personSpokeAt === null ? 'nothing-said' : 'message-finished';
    case 'open':
      return whileOpen();
    default:
      return 'nothing';
  }

  function whileOpen(): Due {
    const isAnswered = staffSpokeAt !== null && (personSpokeAt === null || isBefore(personSpokeAt, staffSpokeAt));
    if (!isAnswered || staffSpokeAt === null) {
      const isDeserted = facts.closedSince !== null && minutesSince(facts.closedSince) >= OVERTIME_MINUTES;
      return isDeserted ? 'becomes-message' : 'nothing';
    }
    const hasComeBack = personSpokeAt !== null && facts.takenAt !== null && isBefore(facts.takenAt, personSpokeAt);
    if (facts.origin === 'message' && !hasComeBack) {
      return minutesSince(staffSpokeAt) >= ANSWER_TO_MESSAGE_HOURS * 60 ? 'end-quietly' : 'nothing';
    }
    if (facts.warnedAt !== null) return minutesSince(facts.warnedAt) >= silence.endAfterMinutes ? 'end' : 'nothing';
    return minutesSince(staffSpokeAt) >= silence.warnAfterMinutes ? 'warn' : 'nothing';
  }

  function minutesSince(moment: Temporal.Instant): number {
    return now.since(moment).total('minutes');
  }
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

function later(a: Temporal.Instant | null, b: Temporal.Instant | null): Temporal.Instant | null {
  if (a === null || b === null) return a ?? b;
  return isBefore(a, b) ? b : a;
}

import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';

/** A message object already checked. */
export type CheckedMessage = { type: string } & Record<string, unknown>;

export interface SentMessage {
  id: string;
  quoteToken?: string;
}

const quotable = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template']);

/**
 * Puts the account's messages into the talks of those who can be reached. Everybody else is passed over in silence:
 * LINE answers 200 for people who blocked the account.
 * @param canReach who is reached, when it is not who may be pushed to
 */
export function deliver(
  { world }: Platform,
  people: PersonRecord[],
  messages: CheckedMessage[],
  canReach: (nowMs: number, person: PersonRecord) => boolean = isReached,
): SentMessage[] {
  const sent = messages.map((message) => ({
    message,
    id: world.ids.messageId(),
    quoteToken: quotable.has(message.type) ? world.ids.quoteToken() : null,
  }));
  for (const person of people) {
    if (!canReach(world.clock.now(), person)) continue;
    for (const { id, message } of sent) {
      world.talks.add(person.userId, { id, from: 'account', at: world.clock.instant(), message });
    }
    world.changes.tell({ type: 'screen', userId: person.userId });
  }
  return sent.map(({ id, quoteToken }) => (quoteToken ? { id, quoteToken } : { id }));
}

const strangerWindowMs = 7 * 24 * 60 * 60_000;

/** A friend who has not blocked, or somebody who wrote within the last seven days. */
export function isReached(nowMs: number, person: PersonRecord): boolean {
  if (person.isBlocked || person.hasLeft) return false;
  return person.isFriend || (person.lastWroteAtMs !== null && nowMs - person.lastWroteAtMs <= strangerWindowMs);
}

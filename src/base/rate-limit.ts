import { Temporal } from 'temporal-polyfill';

/** How often something may be done: at most `most` times within any `windowSeconds`. For limits on tries see `try-limit.ts`. */
export interface RateLimit {
  /** `feature:what`, under which it is counted. */
  readonly name: string;
  readonly most: number;
  readonly windowSeconds: number;
}

/** How many were drawn in one slot of time; slots are numbered from the epoch. */
export interface Slot {
  readonly slot: number;
  readonly drawn: number;
}

/** What somebody may do within a slot, or until when nothing. */
export interface Draw {
  readonly slot: number;
  readonly granted: number;
  /** What is to be remembered. */
  readonly slots: readonly Slot[];
  /** When there may be some again; null while there are. */
  readonly until: Temporal.Instant | null;
}

/** A window has so many slots: what is drawn in one counts until the window after its end is over, never less. */
const SLOTS_A_WINDOW = 60;

const slotMs = (limit: RateLimit): number => Math.ceil((limit.windowSeconds * 1_000) / SLOTS_A_WINDOW);

export const slotAt = (limit: RateLimit, at: Temporal.Instant): number =>
  Math.floor(at.epochMilliseconds / slotMs(limit));

/**
 * Draws up to `wanted` for use within the present slot. Any window touches at most one slot more than it has, and of so many
 * slots in a row no more than `most` are ever drawn: so no window sees more, whoever draws how many ahead.
 */
export function decideDraw(
  limit: RateLimit,
  asked: { readonly drawn: readonly Slot[]; readonly now: Temporal.Instant; readonly wanted: number },
): Draw {
  // Another process's clock may be ahead of ours: time does not go back for what is counted.
  const slot = Math.max(slotAt(limit, asked.now), ...asked.drawn.map((each) => each.slot));
  const counted = asked.drawn.filter((each) => each.drawn > 0 && each.slot >= slot - SLOTS_A_WINDOW);
  const room = limit.most - counted.reduce((sum, { drawn }) => sum + drawn, 0);
  const granted = Math.max(0, Math.min(asked.wanted, room));
  if (granted === 0) return { slot, granted, slots: counted, until: roomAgainAt(limit, counted) };
  const before = counted.find((each) => each.slot === slot)?.drawn ?? 0;
  const others = counted.filter((each) => each.slot !== slot);
  return { slot, granted, slots: [...others, { slot, drawn: before + granted }], until: null };
}

/** When the oldest of what is counted no longer is. */
function roomAgainAt(limit: RateLimit, counted: readonly Slot[]): Temporal.Instant {
  const oldest = Math.min(...counted.map(({ slot }) => slot));
  return Temporal.Instant.fromEpochMilliseconds((oldest + SLOTS_A_WINDOW + 1) * slotMs(limit));
}

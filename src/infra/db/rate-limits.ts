import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { type Draw, decideDraw, type RateLimit, type Slot, slotAt } from '../../base/rate-limit.ts';
import { type KeyRing, keyedHash } from '../secrets.ts';
import { type Db, runnerOf } from './runner.ts';
import { inTransaction } from './transaction.ts';

export interface RateLimits {
  /** Counts one of what is limited. Null: go on; else until when nobody may. */
  pass(limit: RateLimit, subject: string): Promise<Temporal.Instant | null>;
  /** Forgets whom nobody counts any more, at most so many. Answers how many. */
  sweep(portion: number): Promise<number>;
}

interface Waiting {
  answer(until: Temporal.Instant | null): void;
  fail(cause: unknown): void;
}

/** What this process knows of one subject: what it drew ahead, good for one slot, and who waits. */
interface Held {
  slot: number;
  left: number;
  /** Used in this slot: how fast it goes. */
  used: number;
  until: Temporal.Instant | null;
  readonly queue: Waiting[];
  isDrawing: boolean;
}

/** So many subjects are held at a time; who is put out of mind for others is only counted anew in the database. */
const MOST_HELD = 10_000;
/** A process draws at most this share of a limit ahead, so that several of them do not hold it among themselves. */
const SHARE_AHEAD = 20;
/** Longer than any window. */
const KEEP_HOURS = 24;

/**
 * Counts how often somebody comes, for all processes together, with few writes. A process reserves portions that grow with use,
 * one for everybody who waits for it meanwhile; refusals are answered from memory. No window ever sees more than the limit, and it
 * sees less by whatever a process reserved and did not use. Guessing is `TryLimits`' business, which writes every try down.
 */
export function createRateLimits(deps: { db: Db; clock: Clock; key: KeyRing; mostHeld?: number }): RateLimits {
  const { db, clock, key, mostHeld = MOST_HELD } = deps;
  const known = new Map<string, Held>();

  function heldOf(name: string): Held {
    const found = known.get(name);
    if (found) return found;
    const [eldest] = known.keys();
    if (eldest !== undefined && known.size >= mostHeld) known.delete(eldest);
    const fresh: Held = { slot: -1, left: 0, used: 0, until: null, queue: [], isDrawing: false };
    known.set(name, fresh);
    return fresh;
  }

  function pass(limit: RateLimit, subject: string): Promise<Temporal.Instant | null> {
    const held = heldOf(`${limit.name} ${subject}`);
    const now = clock.now();
    if (held.left > 0 && held.slot >= slotAt(limit, now)) {
      held.left -= 1;
      held.used += 1;
      return Promise.resolve(null);
    }
    if (held.until && Temporal.Instant.compare(held.until, now) > 0) return Promise.resolve(held.until);
    return new Promise((answer, fail) => {
      held.queue.push({ answer, fail });
      if (!held.isDrawing) void serve(limit, subject, held);
    });
  }

  /** Draws for all who wait, and again for those who came meanwhile, until nobody does. */
  async function serve(limit: RateLimit, subject: string, held: Held): Promise<void> {
    held.isDrawing = true;
    while (held.queue.length > 0) {
      const ahead = Math.min(held.used, Math.floor(limit.most / SHARE_AHEAD));
      try {
        const { slot, granted, until } = await drawFrom(limit, subject, held.queue.length + ahead);
        if (slot !== held.slot) Object.assign(held, { slot, left: 0, used: 0 });
        held.until = until;
        const served = held.queue.splice(0, until ? held.queue.length : granted);
        if (!until) {
          held.used += served.length;
          held.left += granted - served.length;
        }
        for (const each of served) each.answer(until);
      } catch (cause) {
        for (const each of held.queue.splice(0)) each.fail(cause);
      }
    }
    held.isDrawing = false;
  }

  function drawFrom(limit: RateLimit, subject: string, wanted: number): Promise<Draw> {
    const hidden = keyedHash(key, JSON.stringify([subject])).toString('base64url');
    return inTransaction(db, async (tx) => {
      const sql = runnerOf(tx);
      const now = clock.now();
      // Locks the row, so that processes draw one after the other and each sees what the one before drew.
      const [row] = await sql.query<{ slots: readonly Slot[] }>(
        `insert into rate_window (limit_name, subject, slots, drawn_at) values ($1, $2, '[]', $3)
         on conflict (limit_name, subject) do update set drawn_at = excluded.drawn_at returning slots`,
        [limit.name, hidden, now.toString()],
      );
      const draw = decideDraw(limit, { drawn: row?.slots ?? [], now, wanted });
      await sql.query('update rate_window set slots = $3::jsonb where limit_name = $1 and subject = $2', [
        limit.name,
        hidden,
        JSON.stringify(draw.slots),
      ]);
      return draw;
    });
  }

  async function sweep(portion: number): Promise<number> {
    const before = clock.now().subtract({ hours: KEEP_HOURS }).toString();
    const rows = await runnerOf(db).query(
      `delete from rate_window where (limit_name, subject) in (
         select limit_name, subject from rate_window where drawn_at < $1 limit $2) returning 1`,
      [before, portion],
    );
    return rows.length;
  }

  return { pass, sweep };
}

import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { blockedUntil, refusedUntil, type TryLimit } from '../../base/try-limit.ts';
import { type KeyRing, keyedHash } from '../secrets.ts';
import { type Db, runnerOf, type SqlRunner } from './runner.ts';
import { inTransaction } from './transaction.ts';

export interface TryCheck {
  readonly limit: TryLimit;
  /** Who or what is limited; kept as a keyed hash only. */
  readonly subject: string;
  /** When given, only different values count: at most so many different login IDs from an address. */
  readonly of?: string;
}

/** What a try counted on; give it back when the try turned out right. */
interface TryReceipt {
  readonly at: Temporal.Instant;
  readonly counted: readonly Counted[];
}

interface Counted {
  readonly limit: TryLimit;
  readonly name: string;
  readonly subject: string;
}

type Taken =
  /** `reached` names the limits that this try has used up. */
  | { readonly ok: true; readonly receipt: TryReceipt; readonly reached: readonly string[] }
  | { readonly ok: false; readonly until: Temporal.Instant; readonly limit: string };

export interface TryLimits {
  /**
   * Counts a try on all its limits, or on none when one of them refuses. Given the pool it commits by itself, before
   * anything is looked up, so that a failure afterwards cannot undo the count and parallel tries cannot pass together.
   * Given a transaction it counts there: for what is limited by how often it is done, so that what is not done, such as
   * the same form sent again, is not counted.
   */
  take(db: Db, checks: readonly TryCheck[]): Promise<Taken>;
  /** Takes a count back: the try was right. What block there is then stands on the wrong ones that are left. */
  giveBack(db: Db, receipt: TryReceipt): Promise<void>;
  /** Removes what no limit reads any more, at most so much. Answers how many rows. */
  sweep(db: Db, portion: number): Promise<number>;
}

/** Longer than any window or block. */
const KEEP_HOURS = 96;

/** Counts tries in the database, for all processes together; whom it counts it keeps as keyed hashes only. */
export function createTryLimits({ clock, key }: { clock: Clock; key: KeyRing }): TryLimits {
  const hide = (...parts: string[]) => keyedHash(key, JSON.stringify(parts)).toString('base64url');

  async function take(db: Db, checks: readonly TryCheck[]): Promise<Taken> {
    const now = clock.now();
    const asked = checks.map((check) => ({
      ...check,
      hidden: hide(check.subject),
      seenName: `${check.limit.name}=`,
      seen: check.of === undefined ? null : hide(check.subject, check.of),
    }));
    return within(db, async (tx) => {
      const sql = runnerOf(tx);
      const blocks = await lock(sql, now, asked);
      const counts = await count(
        sql,
        [
          ...asked.map(({ limit, hidden }) => ({ limit, name: limit.name, subject: hidden })),
          ...asked.flatMap(({ limit, seenName, seen }) => (seen ? [{ limit, name: seenName, subject: seen }] : [])),
        ],
        now,
      );
      const of = (name: string, subject: string) => counts.get(`${name} ${subject}`)?.tries ?? 0;

      const due = asked.filter(({ seenName, seen }) => seen === null || of(seenName, seen) === 0);
      const refusals = due.flatMap(({ limit, hidden }) => {
        const until = refusedUntil(limit, of(limit.name, hidden), blocks.get(`${limit.name} ${hidden}`), now);
        return until ? [{ ok: false as const, until, limit: limit.name }] : [];
      });
      const longest = refusals.sort((a, b) => Temporal.Instant.compare(b.until, a.until))[0];
      if (longest) return longest;

      const counted = due.flatMap(({ limit, hidden, seenName, seen }): Counted[] => [
        { limit, name: limit.name, subject: hidden },
        ...(seen ? [{ limit, name: seenName, subject: seen }] : []),
      ]);
      await add(sql, now, counted);
      await block(
        sql,
        due.flatMap(({ limit, hidden }) => {
          const until = blockedUntil(limit, of(limit.name, hidden) + 1, now);
          return until ? [{ name: limit.name, subject: hidden, until }] : [];
        }),
      );
      const reached = due
        .filter(({ limit, hidden }) => of(limit.name, hidden) + 1 === limit.tries)
        .map(({ limit }) => limit.name);
      return { ok: true, receipt: { at: now, counted }, reached };
    });
  }

  async function giveBack(db: Db, receipt: TryReceipt): Promise<void> {
    const now = clock.now();
    await inTransaction(db, async (tx) => {
      const sql = runnerOf(tx);
      const own = receipt.counted.filter(({ limit, name }) => limit.name === name);
      await lock(
        sql,
        now,
        own.map(({ limit, subject }) => ({ limit, hidden: subject })),
      );
      await sql.query(
        `update try_window w set tries = w.tries - 1
         from unnest($1::text[], $2::text[]) as given (limit_name, subject)
         where w.limit_name = given.limit_name and w.subject = given.subject and w.window_start = $3 and w.tries > 0`,
        [receipt.counted.map(({ name }) => name), receipt.counted.map(({ subject }) => subject), receipt.at.toString()],
      );
      const left = await count(sql, own, now);
      await block(
        sql,
        own.map(({ limit, name, subject }) => {
          const { tries, lastAt } = left.get(`${name} ${subject}`) ?? NO_TRIES;
          return { name, subject, until: (lastAt && blockedUntil(limit, tries, lastAt)) ?? now };
        }),
      );
    });
  }

  async function sweep(db: Db, portion: number): Promise<number> {
    const sql = runnerOf(db);
    const before = clock.now().subtract({ hours: KEEP_HOURS }).toString();
    const windows = await sql.query(
      `delete from try_window where ctid = any(array(
         select ctid from try_window where window_start < $1 limit $2)) returning 1`,
      [before, portion],
    );
    const blocks = await sql.query(
      `delete from try_block where ctid = any(array(
         select ctid from try_block where blocked_until < $1 limit $2)) returning 1`,
      [before, portion - windows.length],
    );
    return windows.length + blocks.length;
  }

  return { take, giveBack, sweep };
}

/** In the transaction that was handed in, or in one of its own. */
function within<Result>(db: Db, work: (tx: Db) => Promise<Result>): Promise<Result> {
  return db.isTransaction ? work(db) : inTransaction(db, work);
}

/** Locks one row a subject, in one order everywhere, and reads its block. Whoever comes later waits here. */
async function lock(
  sql: SqlRunner,
  now: Temporal.Instant,
  subjects: readonly { limit: TryLimit; hidden: string }[],
): Promise<Map<string, Temporal.Instant>> {
  const rows = await sql.query<{ limit_name: string; subject: string; blocked_until: Temporal.Instant }>(
    `insert into try_block (limit_name, subject, blocked_until)
     select distinct limit_name, subject, $3::timestamptz
     from unnest($1::text[], $2::text[]) as asked (limit_name, subject)
     order by limit_name, subject
     on conflict (limit_name, subject) do update set blocked_until = try_block.blocked_until
     returning limit_name, subject, blocked_until`,
    [subjects.map(({ limit }) => limit.name), subjects.map(({ hidden }) => hidden), now.toString()],
  );
  return new Map(rows.map((row) => [`${row.limit_name} ${row.subject}`, row.blocked_until]));
}

interface TriesInWindow {
  readonly tries: number;
  readonly lastAt: Temporal.Instant | null;
}

const NO_TRIES: TriesInWindow = { tries: 0, lastAt: null };

/** Tries in each window. A statement of its own: it must see what was committed while we waited for the lock. */
async function count(
  sql: SqlRunner,
  asked: readonly Counted[],
  now: Temporal.Instant,
): Promise<Map<string, TriesInWindow>> {
  const rows = await sql.query<TriesInWindow & { limit_name: string; subject: string }>(
    `select asked.limit_name, asked.subject, coalesce(sum(w.tries), 0)::integer as tries,
       max(w.window_start) filter (where w.tries > 0) as "lastAt"
     from unnest($1::text[], $2::text[], $3::timestamptz[]) as asked (limit_name, subject, since)
     left join try_window w
       on w.limit_name = asked.limit_name and w.subject = asked.subject and w.window_start > asked.since
     group by asked.limit_name, asked.subject`,
    [
      asked.map(({ name }) => name),
      asked.map(({ subject }) => subject),
      asked.map(({ limit }) => now.subtract({ seconds: limit.windowSeconds }).toString()),
    ],
  );
  return new Map(rows.map((row) => [`${row.limit_name} ${row.subject}`, row]));
}

async function add(sql: SqlRunner, now: Temporal.Instant, counted: readonly Counted[]): Promise<void> {
  await sql.query(
    `insert into try_window (limit_name, subject, window_start, tries)
     select limit_name, subject, $3::timestamptz, 1 from unnest($1::text[], $2::text[]) as row (limit_name, subject)
     on conflict (limit_name, subject, window_start) do update set tries = try_window.tries + 1`,
    [counted.map(({ name }) => name), counted.map(({ subject }) => subject), now.toString()],
  );
}

async function block(
  sql: SqlRunner,
  blocks: readonly { name: string; subject: string; until: Temporal.Instant }[],
): Promise<void> {
  if (blocks.length === 0) return;
  await sql.query(
    `update try_block b set blocked_until = row.blocked_until
     from unnest($1::text[], $2::text[], $3::timestamptz[]) as row (limit_name, subject, blocked_until)
     where b.limit_name = row.limit_name and b.subject = row.subject`,
    [blocks.map(({ name }) => name), blocks.map(({ subject }) => subject), blocks.map(({ until }) => until.toString())],
  );
}

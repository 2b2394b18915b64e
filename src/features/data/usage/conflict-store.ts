import type { Temporal } from 'temporal-polyfill';
import { isId, newId } from '../../../base/ids.ts';
import { jsonTexts, plainArray, textArray } from '../../../infra/db/array-text.ts';
import { audit } from '../../../infra/db/audit.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import type { Used } from '../batch/commands.ts';
import { countedUses } from '../batch/counted-use-store.ts';
import type { UsageRecord } from './record-reader.ts';
import { usageRequestId, useKeys } from './request-key.ts';

/** A record that came under a source and id that had been used for another one; it was not counted. */
export interface UsageConflict {
  readonly conflictId: string;
  readonly source: string;
  readonly recordId: string;
  readonly subscriptionId: string;
  readonly receivedAt: Temporal.Instant;
  /** As it came. */
  readonly record: unknown;
  /** What the record that came first was counted as; null when that is no longer known. */
  readonly counted: Used | null;
}

const CONFLICT = `usage_conflict_id as "conflictId", source, event_id as "recordId",
  subscription_id as "subscriptionId", received_at as "receivedAt", record`;

const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Conflicts that nobody has put away yet, newest first; `before` is the last id of the page before. */
export async function listConflicts(
  sql: SqlRunner,
  asked: { before?: string | null; limit?: number; subscriptionId?: string } = {},
): Promise<readonly UsageConflict[]> {
  const { before = null, limit = 50, subscriptionId = null } = asked;
  if ([before, subscriptionId].some((id) => id !== null && !isId(id))) return [];
  const rows = await sql.query<Omit<UsageConflict, 'counted'>>(
    `select ${CONFLICT}
     from usage_conflict
     where usage_conflict_id < $1 and ($2::uuid is null or subscription_id = $2)
     order by usage_conflict_id desc
     limit $3`,
    [before ?? AFTER_ALL, subscriptionId, limit],
  );
  const counted = await countedFirst(sql, rows);
  return rows.map((row) => ({ ...row, counted: counted.get(requestOf(row)) ?? null }));
}

/** One that nobody has put away yet. */
export async function findConflict(sql: SqlRunner, conflictId: string): Promise<UsageConflict | null> {
  if (!isId(conflictId)) return null;
  const [row] = await sql.query<Omit<UsageConflict, 'counted'>>(
    `select ${CONFLICT} from usage_conflict where usage_conflict_id = $1`,
    [conflictId],
  );
  if (row === undefined) return null;
  return { ...row, counted: (await countedFirst(sql, [row])).get(requestOf(row)) ?? null };
}

const requestOf = ({ source, recordId }: Pick<UsageConflict, 'source' | 'recordId'>) =>
  usageRequestId({ source, id: recordId });

/** What the records were counted as that came first, by their request. */
async function countedFirst(
  sql: SqlRunner,
  conflicts: readonly Pick<UsageConflict, 'source' | 'recordId'>[],
): Promise<ReadonlyMap<string, UsageConflict['counted']>> {
  if (conflicts.length === 0) return new Map();
  const asked = conflicts.map((conflict) => {
    const request = requestOf(conflict);
    return { request, ...useKeys(request) };
  });
  const counted = await countedUses(sql, asked);
  const usedOf = new Map(counted.map(({ key, used }) => [key, used]));
  return new Map(asked.map(({ request, key }) => [request, usedOf.get(key) ?? null]));
}

/**
 * Puts a conflict away after somebody has looked at it; what is to be counted after all is a correction. Answers
 * whether there was one: a second person finds nothing.
 */
export function removeConflict(
  db: Db,
  asked: { conflictId: string; staffId: string; reason: string; now: Temporal.Instant },
): Promise<boolean> {
  if (!isId(asked.conflictId)) return Promise.resolve(false);
  return inTransaction(db, async (tx) => {
    const sql = runnerOf(tx);
    const [gone] = await sql.query<{ subscriptionId: string; source: string; recordId: string }>(
      `delete from usage_conflict where usage_conflict_id = $1
       returning subscription_id as "subscriptionId", source, event_id as "recordId"`,
      [asked.conflictId],
    );
    if (gone === undefined) return false;
    await audit(sql, asked.now, {
      actor: { kind: 'staff', id: asked.staffId },
      action: 'data.usage-conflict-removed',
      subscriptionId: gone.subscriptionId,
      detail: { source: gone.source, recordId: gone.recordId, reason: asked.reason },
    });
    return true;
  });
}

/** A record whose key had been used for another one. */
export interface Conflict {
  readonly record: UsageRecord;
  readonly subscriptionId: string;
  /** As it came, or, where that is nested without end, what it tells. */
  readonly sent: unknown;
}

/** Records whose key was used for something else: not counted, kept for people to look at. */
export async function keepAside(sql: SqlRunner, now: Temporal.Instant, conflicts: readonly Conflict[]): Promise<void> {
  if (conflicts.length === 0) return;
  await sql.query(
    `insert into usage_conflict (usage_conflict_id, source, event_id, subscription_id, received_at, record)
     select id, source, event_id, subscription_id, $6, record::jsonb
     from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], string_to_array($5, chr(31)))
       as row (id, source, event_id, subscription_id, record)`,
    [
      plainArray(conflicts.map(() => newId())),
      textArray(conflicts.map(({ record }) => record.source)),
      textArray(conflicts.map(({ record }) => record.id)),
      plainArray(conflicts.map(({ subscriptionId }) => subscriptionId)),
      jsonTexts(conflicts.map(({ sent }) => keepable(JSON.stringify(sent)))),
      now.toString(),
    ],
  );
}

/** JSON without what no column keeps: a NUL and half a character, wherever in it, become the sign for what cannot be shown. */
function keepable(json: string): string {
  return json.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (escaped) => (escaped === '\\\\' ? escaped : '\\ufffd'));
}

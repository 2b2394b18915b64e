import { randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { plainArray, textArray } from './array-text.ts';
import type { AuditEntry } from './audit.ts';
import type { SqlRunner } from './runner.ts';

/**
 * The same entries, with an alias for each LINE account: what stands in the log is part of the chain and can never be taken out,
 * whose alias it is can be forgotten.
 */
export async function underAliases(
  sql: SqlRunner,
  now: Temporal.Instant,
  entries: readonly AuditEntry[],
): Promise<readonly AuditEntry[]> {
  const people = [...new Set(entries.flatMap(peopleIn))].sort();
  const aliases = await aliasesOf(sql, now, people);
  return entries.map(({ actor, detail, ...entry }) => ({
    ...entry,
    actor: actor.kind === 'line-account' && actor.id ? { ...actor, id: aliasIn(aliases, actor.id) } : actor,
    ...(detail && {
      detail:
        typeof detail.lineUserId === 'string' ? { ...detail, lineUserId: aliasIn(aliases, detail.lineUserId) } : detail,
    }),
  }));
}

/** Whether any of them names a LINE account. */
export function namesPeople(entries: readonly AuditEntry[]): boolean {
  return entries.some((entry) => peopleIn(entry).length > 0);
}

function peopleIn({ actor, detail }: AuditEntry): string[] {
  const named = actor.kind === 'line-account' ? [actor.id, detail?.lineUserId] : [detail?.lineUserId];
  return named.filter((each) => typeof each === 'string' && each !== '').map(String);
}

function aliasIn(aliases: ReadonlyMap<string, string>, lineUserId: string): string {
  if (lineUserId === '') return '';
  const alias = aliases.get(lineUserId);
  if (!alias) throw new Error('an alias just made is not there');
  return alias;
}

async function aliasesOf(
  sql: SqlRunner,
  now: Temporal.Instant,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = await load(sql, people);
  const missing = people.filter((person) => !known.has(person));
  if (missing.length === 0) return known;
  // In the order of their ids, so that two who do this at once do not wait for each other.
  await sql.query(
    `insert into audit_person (alias, line_user_id, made_at)
     select alias, line_user_id, $3 from unnest($1::text[], $2::text[]) as person (alias, line_user_id)
     on conflict (line_user_id) do nothing`,
    [plainArray(missing.map(() => `L${randomBytes(16).toString('hex')}`)), textArray(missing), now.toString()],
  );
  return load(sql, people);
}

async function load(sql: SqlRunner, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ lineUserId: string; alias: string }>(
    'select line_user_id as "lineUserId", alias from audit_person where line_user_id = any ($1::text[])',
    [textArray(people)],
  );
  return new Map(rows.map(({ lineUserId, alias }) => [lineUserId, alias]));
}

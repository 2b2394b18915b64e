import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { enqueueRichMenu } from '../../infra/line/outbox/outbox.ts';

/** A person as the official account knows them. */
export interface LineAccount {
  readonly lineUserId: string;
  readonly displayName: string | null;
  readonly language: Language;
  readonly isFriend: boolean;
}

interface Row {
  line_user_id: string;
  display_name: string | null;
  language: Language;
  is_friend: boolean;
}

const columns = 'line_user_id, display_name, language, is_friend';

function read(row: Row): LineAccount {
  return {
    lineUserId: row.line_user_id,
    displayName: row.display_name,
    language: row.language,
    isFriend: row.is_friend,
  };
}

/** Several people at once, by LINE user id; those never heard of are missing. */
export async function lineAccountsOf(
  sql: SqlRunner,
  lineUserIds: readonly string[],
): Promise<Map<string, LineAccount>> {
  if (lineUserIds.length === 0) return new Map();
  const rows = await sql.query<Row>(`select ${columns} from line_account where line_user_id = any($1::text[])`, [
    lineUserIds,
  ]);
  return new Map(rows.map((row) => [row.line_user_id, read(row)]));
}

/** What LINE tells of a person; null parts are not known and leave what is stored. */
export interface KnownProfile {
  readonly displayName: string | null;
  readonly language: Language | null;
}

/**
 * Notes that a person is a friend as of `occurredAt` (a follow, or words, which only friends send). Answers false when a
 * block that happened later is already known, so that events arriving out of order leave the state right.
 */
export async function saveFriend(
  sql: SqlRunner,
  now: Temporal.Instant,
  person: { lineUserId: string; occurredAt: Temporal.Instant; profile: KnownProfile },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into line_account (line_user_id, display_name, language, is_friend, followed_at, updated_at)
     values ($1, $2, coalesce($3, 'ja'), true, $4, $5)
     on conflict (line_user_id) do update set
       display_name = coalesce(excluded.display_name, line_account.display_name),
       language = coalesce($3, line_account.language),
       is_friend = true,
       followed_at = greatest(line_account.followed_at, excluded.followed_at),
       updated_at = excluded.updated_at
     where line_account.unfollowed_at is null or line_account.unfollowed_at <= excluded.followed_at
     returning line_user_id`,
    [
      person.lineUserId,
      person.profile.displayName,
      person.profile.language,
      person.occurredAt.toString(),
      now.toString(),
    ],
  );
  return rows.length > 0;
}

/** Notes a block (or a deleted account, which LINE tells in the same way) unless a later follow is already known. */
export async function saveBlocked(
  sql: SqlRunner,
  now: Temporal.Instant,
  person: { lineUserId: string; occurredAt: Temporal.Instant },
): Promise<void> {
  await sql.query(
    `insert into line_account (line_user_id, is_friend, unfollowed_at, updated_at) values ($1, false, $2, $3)
     on conflict (line_user_id) do update set
       is_friend = false, unfollowed_at = excluded.unfollowed_at, updated_at = excluded.updated_at
     where (line_account.followed_at is null or line_account.followed_at < excluded.unfollowed_at)
       and (line_account.unfollowed_at is null or line_account.unfollowed_at < excluded.unfollowed_at)`,
    [person.lineUserId, person.occurredAt.toString(), now.toString()],
  );
}

/** In which language a person is spoken to from now on. */
export async function saveLanguage(
  sql: SqlRunner,
  now: Temporal.Instant,
  chosen: { lineUserId: string; language: Language },
): Promise<void> {
  await sql.query(`update line_account set language = $2, updated_at = $3 where line_user_id = $1`, [
    chosen.lineUserId,
    chosen.language,
    now.toString(),
  ]);
}

/**
 * Gives a person the menu of their state, after the caller's commit; nothing when they have it. Call it in the
 * transaction that changes the links.
 */
export async function refreshMenu(
  sql: SqlRunner,
  now: Temporal.Instant,
  lineUserId: string,
  state: LinkState,
): Promise<void> {
  const rows = await sql.query<{ menu: string }>(
    `update line_account set menu = $2 || ':' || language, updated_at = $3
     where line_user_id = $1 and menu is distinct from $2 || ':' || language returning menu`,
    [lineUserId, state, now.toString()],
  );
  const menu = rows[0]?.menu;
  if (menu) await enqueueRichMenu(sql, now, { lineUserId, menu, dedupeKey: `menu:${lineUserId}:${newId()}` });
}

/** As `refreshMenu`, though the person may seem to have it: LINE forgets per-person menus while it is blocked. */
export async function restoreMenu(
  sql: SqlRunner,
  now: Temporal.Instant,
  lineUserId: string,
  state: LinkState,
): Promise<void> {
  await sql.query(`update line_account set menu = null where line_user_id = $1`, [lineUserId]);
  await refreshMenu(sql, now, lineUserId, state);
}

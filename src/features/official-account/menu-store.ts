import { sql as statement } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db, SqlRunner } from '../../infra/db/index.ts';

/** Works on the menus while no other process does: LINE itself has no lock. */
export async function inOneProcess(db: Db, work: () => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    const key = statement`hashtextextended('renkei:menus', 0)`;
    await statement`select pg_advisory_lock(${key})`.execute(connection);
    try {
      await work();
    } finally {
      await statement`select pg_advisory_unlock(${key})`.execute(connection);
    }
  });
}

/** The menus as LINE has them, by name. */
export async function loadMenus(sql: SqlRunner): Promise<Map<string, { fingerprint: string; lineRichMenuId: string }>> {
  const rows = await sql.query<{ name: string; fingerprint: string; line_rich_menu_id: string }>(
    `select name, fingerprint, line_rich_menu_id from rich_menu`,
  );
  return new Map(
    rows.map((row) => [row.name, { fingerprint: row.fingerprint, lineRichMenuId: row.line_rich_menu_id }]),
  );
}

/** Remembers a new menu and moves everybody onto it who had its forerunner. */
export async function saveMenu(
  sql: SqlRunner,
  now: Temporal.Instant,
  menu: { readonly name: string; readonly fingerprint: string },
  richMenuId: string,
): Promise<void> {
  await sql.query(
    `insert into rich_menu (name, fingerprint, line_rich_menu_id, created_at) values ($1, $2, $3, $4)
     on conflict (name) do update set
       fingerprint = excluded.fingerprint, line_rich_menu_id = excluded.line_rich_menu_id,
       created_at = excluded.created_at`,
    [menu.name, menu.fingerprint, richMenuId, now.toString()],
  );
  await sql.query(
    `insert into outbox (outbox_id, line_user_id, kind, body, dedupe_key, created_at, next_attempt_at)
     select gen_random_uuid(), line_user_id, 'rich-menu', jsonb_build_object('menu', menu),
            'menu:' || line_user_id || ':' || $2, $3, $3
     from line_account where menu = $1 and is_friend
     on conflict do nothing`,
    [menu.name, richMenuId, now.toString()],
  );
}

/** Whether somebody is still being given a menu. */
export async function isSomebodyMoving(sql: SqlRunner): Promise<boolean> {
  const rows = await sql.query(`select from outbox where kind = 'rich-menu' and state = 'waiting' limit 1`);
  return rows.length > 0;
}

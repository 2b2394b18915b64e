import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

/** The kinds a LINE account has switched off. */
export async function kindsOff(sql: SqlRunner, lineUserId: string): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ kind: string }>('select kind from notice_off where line_user_id = $1', [lineUserId]);
  return new Set(rows.map(({ kind }) => kind));
}

/** Switches a kind on or off; the same again changes nothing. */
export async function switchKind(
  sql: SqlRunner,
  choice: { lineUserId: string; kind: string; isOn: boolean; now: Temporal.Instant },
): Promise<void> {
  const { lineUserId, kind } = choice;
  if (choice.isOn) {
    await sql.query('delete from notice_off where line_user_id = $1 and kind = $2', [lineUserId, kind]);
  } else {
    await sql.query(
      'insert into notice_off (line_user_id, kind, off_since) values ($1, $2, $3) on conflict do nothing',
      [lineUserId, kind, choice.now.toString()],
    );
  }
}

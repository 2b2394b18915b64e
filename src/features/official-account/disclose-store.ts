import { textArray } from '../../infra/db/array-text.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';

/** The contractor's own LINE accounts, as this account knows them. */
export const lineAccountDiscloser: Discloser = {
  tables: ['line_account', 'notice_off'],
  keptBack: {
    rich_menu: 'nothing of anybody',
    line_allowance: 'nothing of anybody',
  },
  async disclose(sql, { ownAccounts }) {
    const ownLineAccounts = await sql.query(
      `select display_name as "nameOnLine", language, is_friend as "isFriend", followed_at as "addedAt",
         unfollowed_at as "blockedAt", updated_at as "changedAt",
         (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'offSince', n.off_since) order by n.kind), '[]')
          from notice_off n where n.line_user_id = a.line_user_id) as "noticesSwitchedOff"
       from line_account a where line_user_id = any($1::text[]) order by line_user_id`,
      [textArray(ownAccounts)],
    );
    return { ownLineAccounts };
  },
};

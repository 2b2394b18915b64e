import { plainArray } from '../../infra/db/array-text.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';

/** Who is and was linked, by the names on LINE as the page of links shows them, and the link codes by their last four digits. */
export const linkingDiscloser: Discloser = {
  tables: ['contractor_link', 'user_link', 'link_code'],
  keptBack: {
    link_attempt: 'a link in the making, for 72 hours, perhaps by somebody else; what came of it is in the record',
  },
  async disclose(sql, { contractorId, subscriptionIds }) {
    const ids = plainArray(subscriptionIds);
    const asContractor = await sql.query(
      `select a.display_name as "nameOnLine", l.linked_at as "linkedAt", l.unlinked_at as "unlinkedAt",
         l.unlinked_from as "unlinkedFrom"
       from contractor_link l left join line_account a on a.line_user_id = l.line_user_id and l.unlinked_at is null
       where l.contractor_id = $1 order by l.linked_at, l.contractor_link_id`,
      [contractorId],
    );
    const asUser = await sql.query(
      `select l.subscription_id as "subscriptionId", a.display_name as "nameOnLine", l.linked_at as "linkedAt",
         l.unlinked_at as "unlinkedAt", l.unlinked_from as "unlinkedFrom"
       from user_link l left join line_account a on a.line_user_id = l.line_user_id and l.unlinked_at is null
       where l.subscription_id = any($1::uuid[]) order by l.linked_at, l.user_link_id`,
      [ids],
    );
    const linkCodes = await sql.query(
      `select subscription_id as "subscriptionId", last_four as "lastFourDigits", issued_at as "issuedAt",
         revoked_at as "revokedAt"
       from link_code where subscription_id = any($1::uuid[]) order by issued_at, link_code_id`,
      [ids],
    );
    return { lineLinks: { asContractor, asUser }, linkCodes };
  },
};

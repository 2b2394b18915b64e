import type { Discloser } from '../../infra/db/disclosure.ts';

/** Applications that a contractor has begun; what is typed so far stands on the application's own pages. */
export const applicationsDiscloser: Discloser = {
  tables: ['application_draft'],
  keptBack: { application_browser: 'which browser holds a draft, as a hash' },
  async disclose(sql, { contractorId }) {
    const begunApplications = await sql.query(
      `select begun_at as "begunAt", expires_at as "keptUntil", sent_at as "sentAt" from application_draft
       where contractor_id = $1 order by begun_at, draft_id`,
      [contractorId],
    );
    return { begunApplications };
  },
};

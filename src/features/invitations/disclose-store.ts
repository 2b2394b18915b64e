import type { Discloser } from '../../infra/db/disclosure.ts';

/** Invitations that the contractor made; whom they brought is that person's own business. */
export const invitationsDiscloser: Discloser = {
  tables: ['invitation'],
  keptBack: {
    entry_code: 'a code of the operator’s; that one was used is in the order',
    entry_code_batch: 'nothing of customers',
  },
  async disclose(sql, { contractorId }) {
    const invitations = await sql.query(
      `select made_at as "madeAt", expires_at as "expiresAt", redeemed_at as "redeemedAt", due_at as "pointsDueAt",
         settled_at as "settledAt", outcome
       from invitation where contractor_id = $1 order by made_at, invitation_id`,
      [contractorId],
    );
    return { invitations };
  },
};

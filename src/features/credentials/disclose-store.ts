import type { Discloser } from '../../infra/db/disclosure.ts';

/** Sign-ins and devices, and which ways of signing in there are; never what opens the door. */
export const credentialsDiscloser: Discloser = {
  tables: ['web_session', 'passkey', 'one_time_seed', 'recovery_code'],
  keptBack: {
    proof_mail_code: 'a secret, as a hash',
    proof_tap: 'a question in the talk, for a day; the answer is in the record',
    password_reset: 'a secret, as a hash',
    password_reset_request: 'a login ID as somebody typed it, for a day',
    passkey_challenge: 'a random number, for minutes',
  },
  async disclose(sql, { contractorId }) {
    const signIns = await sql.query(
      `select method, user_agent as device, created_at as "signedInAt", seen_at as "lastSeenAt", ended_at as "endedAt",
         line_user_id is not null as "isWithLine"
       from web_session where contractor_id = $1 order by created_at, session_id`,
      [contractorId],
    );
    const passkeys = await sql.query(
      `select user_agent as "addedOnDevice", created_at as "addedAt", last_used_at as "lastUsedAt"
       from passkey where owner_kind = 'contractor' and owner_id = $1 order by created_at, credential_id`,
      [contractorId],
    );
    const [codes] = await sql.query<{ authenticatorSince: unknown; recoveryCodesLeft: number }>(
      `select (select created_at from one_time_seed where owner_kind = 'contractor' and owner_id = $1) as "authenticatorSince",
         (select count(*)::integer from recovery_code where contractor_id = $2 and used_at is null) as "recoveryCodesLeft"`,
      [contractorId, contractorId],
    );
    return { signIns, waysToSignIn: { passkeys, ...codes } };
  },
};

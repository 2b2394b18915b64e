import { createHash, randomBytes } from 'node:crypto';
import type { App } from '../../src/app.ts';
import type { Clock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';

export const STAFF = ['agent', 'supervisor', 'auditor', 'admin'] as const;
export type StaffRole = (typeof STAFF)[number];

export type Run = (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

export interface Family {
  readonly contractorId: string;
  /** In the order of the users' names. */
  readonly subscriptionIds: readonly string[];
  /** As people write them and as programs do. */
  readonly numbers: readonly string[];
}

/** Contractors, links and sessions as if each had gone the long way; the ways themselves have tests of their own. */
export function createPeople(app: App, run: Run, clock: Clock) {
  let people = 0;
  const now = () => clock.now().toString();

  async function session(table: 'web_session' | 'staff_session', columns: Record<string, unknown>): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const hash = createHash('sha256').update(secret).digest();
    const row = { session_id: newId(), secret_hash: hash, created_at: now(), seen_at: now(), ...columns };
    const places = Object.keys(row).map((_, nth) => `$${nth + 1}`);
    await run(`insert into ${table} (${Object.keys(row).join()}) values (${places.join()})`, Object.values(row));
    return `__Host-renkei${table === 'staff_session' ? '-staff' : ''}=${secret}`;
  }

  return {
    async family(loginId: string, name: string, users: readonly string[]): Promise<Family> {
      const made = await app.contractors.createContractor({
        loginId,
        password: 'a long enough password',
        name,
        kana: name,
        birthDate: '1980-05-05',
        email: `${loginId}@example.jp`,
        isIdentityVerified: true,
      });
      if (!made.ok) throw new Error(made.code);
      const { contractorId } = made.value;
      const subscriptionIds: string[] = [];
      const numbers: string[] = [];
      for (const userName of users) {
        people += 1;
        const msisdn = `090-7${String(people).padStart(3, '0')}-${String(9_000 - people)}`;
        const opensAt = clock.now().subtract({ hours: 1 });
        const asked = { contractorId, msisdn, planCode: 'p12', opensAt, userName, userBirthDate: '1990-01-01' };
        const opened = await app.contractors.createSubscription(asked);
        if (!opened.ok) throw new Error(opened.code);
        subscriptionIds.push(opened.value.subscriptionId);
        numbers.push(msisdn, opened.value.msisdn);
      }
      return { contractorId, subscriptionIds, numbers };
    },
    async linkContractor(lineUserId: string, contractorId: string): Promise<string> {
      const id = newId();
      await run(
        'insert into contractor_link (contractor_link_id, contractor_id, line_user_id, linked_at) values ($1, $2, $3, $4)',
        [id, contractorId, lineUserId, now()],
      );
      return id;
    },
    async linkUser(lineUserId: string, subscriptionId: string, displayName: string): Promise<string> {
      const id = newId();
      await run(
        `insert into line_account (line_user_id, display_name, is_friend, chosen_subscription_id, updated_at)
         values ($1, $2, true, $3, $4)`,
        [lineUserId, displayName, subscriptionId, now()],
      );
      await run(
        `insert into user_link (user_link_id, subscription_id, line_user_id, link_code_id, linked_at)
         select $1, subscription_id, $3, link_code_id, $4 from link_code where subscription_id = $2 and revoked_at is null`,
        [id, subscriptionId, lineUserId, now()],
      );
      return id;
    },
    /** A signed-in browser that has just given a second proof, so that nothing but the owner checks is in its way. */
    signIn: ({
      contractorId = null,
      lineUserId = null,
    }: {
      contractorId?: string | null;
      lineUserId?: string | null;
    }) =>
      session('web_session', {
        contractor_id: contractorId,
        line_user_id: lineUserId,
        method: lineUserId ? 'line-login' : 'password',
        authenticated_at: now(),
        proven_at: now(),
        proven_by: lineUserId ? 'line' : 'mail-code',
      }),
    async signInStaff(role: StaffRole, loginId: string = role): Promise<string> {
      const input = { loginId, name: role, role, password: 'a long enough password' };
      const added = await app.staff.addStaff(input, { kind: 'system' });
      if (!added.ok) throw new Error(added.code);
      return session('staff_session', { staff_id: added.value.member.staffId });
    },
  };
}

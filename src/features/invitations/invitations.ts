import { randomBytes } from 'node:crypto';
import { newId } from '../../base/ids.ts';
import { addDays, dayOf, endOfDay } from '../../base/operator-month.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { audit, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { digest, seal, unseal } from '../../infra/secrets.ts';
import type { InvitationsDeps } from './deps.ts';
import { findInvitation, type InvitationRow, loadInvitations, openInvitation } from './invitation-store.ts';
import { type InvitationRefusal, type InvitedApplicant, invitationRefusal } from './rules/invitation.ts';

/** A link with its address. */
export interface Invitation extends Omit<InvitationRow, 'tokenSealed'> {
  readonly url: string;
}

const SHOWN = 60;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;
const boundTo = (invitationId: string) => `invitation:${invitationId}`;

/** Today's link of a contractor: made, or the one that is there. Only for those whose LINE account is linked. */
export async function inviteToday(
  deps: InvitationsDeps,
  sql: SqlRunner,
  contractorId: string,
): Promise<Decision<Invitation, 'not-linked'>> {
  const { clock, operator, secrets } = deps;
  const links = await deps.linking.lineAccountsOfContractor(sql, contractorId);
  if (links.length === 0) return refuse('not-linked');
  const now = clock.now();
  const madeOn = dayOf(now, operator.timeZone);
  const invitationId = newId();
  const token = randomBytes(16).toString('base64url');
  const row = await openInvitation(sql, now, {
    invitationId,
    contractorId,
    madeOn,
    // People are told a day, so it works until that day is over.
    expiresAt: endOfDay(addDays(madeOn, operator.invitations.linkDays), operator.timeZone),
    tokenHash: digest(token),
    tokenSealed: seal(secrets.show, token, boundTo(invitationId)),
  });
  if (row.invitationId === invitationId) {
    const actor = { kind: 'contractor', id: contractorId } as const;
    await audit(sql, now, { actor, action: 'invitations.link-made', contractorId, detail: { invitationId } });
  }
  return accept(opened(deps, row));
}

/** The link that a contractor has made today, if any. */
export async function inviteOfToday(deps: InvitationsDeps, contractorId: string): Promise<Invitation | undefined> {
  const [newest] = await invitationsOf(deps, contractorId);
  return newest?.madeOn === dayOf(deps.clock.now(), deps.operator.timeZone) ? newest : undefined;
}

/** A contractor's links, newest first. */
export async function invitationsOf(deps: InvitationsDeps, contractorId: string): Promise<readonly Invitation[]> {
  const rows = await loadInvitations(runnerOf(deps.db), contractorId, SHOWN);
  return rows.map((row) => opened(deps, row));
}

function opened({ secrets, publicUrl }: InvitationsDeps, { tokenSealed, ...row }: InvitationRow): Invitation {
  return { ...row, url: `${publicUrl}/invite/${unseal(secrets.show, tokenSealed, boundTo(row.invitationId))}` };
}

/** Whether somebody can follow a link now. In a transaction with the lock, it stays so until its end. */
export async function checkInvitation(
  deps: InvitationsDeps,
  sql: SqlRunner,
  { token, applicant, lock = '' }: { token: string; applicant: InvitedApplicant; lock?: '' | 'for update' },
): Promise<Decision<InvitationRow, InvitationRefusal>> {
  const row = TOKEN.test(token) ? await findInvitation(sql, digest(token), lock) : null;
  const inviter = row && (await deps.contractors.contractor(sql, row.contractorId));
  const links = row ? await deps.linking.lineAccountsOfContractor(sql, row.contractorId) : [];
  const invitation = row && inviter && { ...row, inviter, lineUserIds: links.map(({ lineUserId }) => lineUserId) };
  const refusal = invitationRefusal({ invitation, applicant, now: deps.clock.now() });
  if (refusal !== undefined) return refuse(refusal);
  if (!row) throw new Error('an invitation that is not there was not refused');
  return accept(row);
}

/** Who invites, by the name on LINE, or null where LINE has not told one. */
export async function inviterName(deps: InvitationsDeps, contractorId: string): Promise<string | null> {
  const sql = runnerOf(deps.db);
  const links = await deps.linking.lineAccountsOfContractor(sql, contractorId);
  const people = await deps.lineAccountsOf(
    sql,
    links.map(({ lineUserId }) => lineUserId),
  );
  return (
    links.map(({ lineUserId }) => people.get(lineUserId)?.displayName ?? null).find((name) => name !== null) ?? null
  );
}

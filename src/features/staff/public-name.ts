import { type Accepted, accept, type Refused, refuse } from '../../base/refusal.ts';
import { audit, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { staffActor } from './accounts.ts';
import type { StaffDeps } from './deps.ts';
import { type PublicNameFault, publicNameFault } from './rules/public-name.ts';
import { type StaffMember, savePublicName } from './store.ts';

/** What customers are told this member is called; with nothing, just that they are one of the staff. */
export async function choosePublicName(
  { db, clock }: Pick<StaffDeps, 'db' | 'clock'>,
  member: StaffMember,
  typed: string,
): Promise<Accepted<null> | Refused<PublicNameFault>> {
  const name = typed.normalize('NFC').trim();
  const fault = publicNameFault(name);
  if (fault) return refuse(fault);
  return inTransaction(db, async (tx) => {
    const sql = runnerOf(tx);
    await savePublicName(sql, member.staffId, name === '' ? null : name);
    await audit(sql, clock.now(), { actor: staffActor(member), action: 'staff.public-name-changed', detail: { name } });
    return accept(null);
  });
}

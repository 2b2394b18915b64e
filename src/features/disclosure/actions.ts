import type { Temporal } from 'temporal-polyfill';
import { type Accepted, accept, type Refused, refuse } from '../../base/refusal.ts';
import { audit, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { DisclosureDeps } from './deps.ts';
import { type FileAsked, makeFile } from './file.ts';
import { disclosureLimits } from './rules/limits.ts';

/** The contractor's own file, under the limit of the day; on record before it is made. */
export async function takeFile(
  deps: DisclosureDeps,
  asked: FileAsked,
): Promise<Accepted<string> | (Refused<'too-many'> & { readonly until: Temporal.Instant })> {
  const { contractorId } = asked;
  const now = deps.clock.now();
  const taken = await inTransaction(deps.db, async (tx) => {
    const counted = await deps.limits.take(tx, [{ limit: disclosureLimits.file.limit, subject: contractorId }]);
    if (counted.ok) {
      const actor = { kind: 'contractor', id: contractorId } as const;
      await audit(runnerOf(tx), now, { actor, action: 'disclosure.file-taken', contractorId });
    }
    return counted;
  });
  if (!taken.ok) return { ...refuse('too-many'), until: taken.until };
  return accept(await makeFile(deps, runnerOf(deps.db), now, asked));
}

/** The same file for staff who send it to whoever asked by letter or phone; on record with the reason before it is made. */
export async function giveFile(
  deps: DisclosureDeps,
  asked: FileAsked,
  { staffId, reason }: { staffId: string; reason: string },
): Promise<string> {
  const { contractorId } = asked;
  const sql = runnerOf(deps.db);
  const now = deps.clock.now();
  const actor = { kind: 'staff', id: staffId } as const;
  await audit(sql, now, { actor, action: 'disclosure.file-given', contractorId, detail: { reason } });
  return makeFile(deps, sql, now, asked);
}

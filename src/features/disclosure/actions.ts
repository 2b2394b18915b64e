import type { Temporal } from 'temporal-polyfill';
import { type Accepted, accept, type Refused, refuse } from '../../base/refusal.ts';
import { audit, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { formatMoment } from '../../infra/ui/format.ts';
import type { DisclosureDeps } from './deps.ts';
import { type FileAsked, makeFile } from './file.ts';
import { disclosureLimits } from './rules/limits.ts';
import { disclosureText } from './text.ts';

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

/**
 * The same file for staff who send it to whoever asked by letter or phone. Before it is made it is on record with the
 * reason, and the contractor is told: it is everything about them at once. Of two taps in a minute they are told once.
 */
export async function giveFile(
  deps: DisclosureDeps,
  asked: FileAsked,
  { staffId, reason }: { staffId: string; reason: string },
): Promise<string> {
  const { contractorId } = asked;
  const now = deps.clock.now();
  const actor = { kind: 'staff', id: staffId } as const;
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    await audit(sql, now, { actor, action: 'disclosure.file-given', contractorId, detail: { reason } });
    await deps.credentials.tellContractor(sql, {
      contractorId,
      cause: `file-given:${contractorId}:${now.round({ smallestUnit: 'minute', roundingMode: 'floor' }).toString()}`,
      words: (language) => {
        const t = disclosureText(language).given;
        const moment = formatMoment(now, deps.operator.timeZone, language);
        return { subject: t.subject, body: t.body(moment), ifUnexpected: t.ifUnexpected };
      },
    });
  });
  return makeFile(deps, runnerOf(deps.db), now, asked);
}

import { FIRST_ID } from '../../base/ids.ts';
import type { Operator } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { BESIDE_PEOPLE, idPortions, sideBySide } from '../../infra/jobs/portions.ts';
import type { Bulk } from '../../ledger/bulk.ts';
import type { GrantCommand } from './commands.ts';
import { endRun, haveEnded, lastGrantedMonth, linkedAround, markRun, openRun } from './due-store.ts';
import { decideGrantOfMany } from './grant-of-many.ts';
import type { PointJobDeps } from './jobs.ts';
import { loadPointFacts } from './load-store.ts';
import { endAfterDays, lastDueMonth, linkMoment, monthsDue, tellingMoment } from './rules/calendar.ts';
import { insertGranted } from './save-store.ts';

/** While the database writes one the program decides the other. */
const AT_ONCE = 2;

interface GrantDeps extends PointJobDeps {
  readonly operator: Operator;
}

/**
 * Grants what is due, month by month. A run can stop anywhere: its row says up to which contractor all is done, and what
 * was done beyond is found by its own row, once for each contractor and month.
 */
export function grantMonths(deps: GrantDeps): Job {
  return {
    name: 'points.grant',
    everySeconds: 60,
    async run(now, stopping) {
      const { sql, operator } = deps;
      const due = lastDueMonth(now, operator.points.grantDay, operator.timeZone);
      let done = 0;
      for (const month of monthsDue(await lastGrantedMonth(sql), due)) {
        const run = await openRun(sql, month, now);
        if (run.doneAt !== null) continue;
        done += await grantMonth(deps, month, { through: run.through ?? FIRST_ID, stopping });
        await endRun(sql, month, now);
      }
      return done;
    },
  };
}

/** Asks about everybody behind a contractor, a portion after the other, and answers how many they were. */
async function grantMonth(
  deps: GrantDeps,
  month: Month,
  { through, stopping }: { through: string; stopping: AbortSignal | undefined },
): Promise<number> {
  const { sql, ledger, operator } = deps;
  const at = linkMoment(month, operator.timeZone);
  let done = 0;
  const portions = idPortions(BESIDE_PEOPLE, through, (after, size) => linkedAround(sql, { at, after, size }));

  async function grantPortion(contractorIds: readonly string[]): Promise<void> {
    const started = performance.now();
    const others = await ledger.inBulk((bulk) => grantTogether(bulk, contractorIds, { month, operator }));
    portions.took(contractorIds.length, performance.now() - started);
    await grantOneByOne(others, { ...deps, month });
    done += contractorIds.length;
  }

  // A mark says that all up to it is done, so a portion is noted when those before it have been.
  let noted: Promise<unknown> = Promise.resolve();
  async function grantAndNote(portion: readonly string[], before: Promise<unknown>): Promise<void> {
    await grantPortion(portion);
    await before;
    await markRun(sql, { month, through: portion.at(-1) ?? through, granted: portion.length });
  }
  await sideBySide({ atOnce: AT_ONCE, stopping }, portions.next, (portion) => {
    noted = grantAndNote(portion, noted);
    return noted;
  });
  return done;
}

/** Grants those of whom nothing has ended, which is nearly all, and answers the others. */
async function grantTogether(
  bulk: Bulk,
  contractorIds: readonly string[],
  { month, operator }: { month: Month; operator: Operator },
): Promise<readonly string[]> {
  const { now } = bulk;
  const zone = operator.timeZone;
  const commands = contractorIds.map((contractorId) => grantOf(contractorId, month));
  // Asked together, in one round trip; the database loads what it has locked.
  const [, facts, ended] = await Promise.all([
    bulk.lock(contractorIds),
    loadPointFacts(bulk.asker, commands, zone),
    haveEnded(bulk.asker, contractorIds, now),
  ]);
  const { granted, others } = decideGrantOfMany({ contractorIds, month, facts, ended: new Set(ended), operator });
  if (granted.length === 0) return others;

  const expiresAt = endAfterDays(now, operator.points.daysToLive, zone);
  const lot = { source: 'point-grant', unit: 'point', kind: 'monthly', grantedAt: now, expiresAt } as const;
  const shares = granted.map(({ contractorId, points }) => ({ ownerId: contractorId, amount: points }));
  bulk.addEach(shares, lot, { scope: 'point', requestId: `grant:${month}` });
  // Behind what came, for it says what is there now.
  await insertGranted(bulk.teller, granted, { month, now, tellAt: tellingMoment(now, zone) });
  return others;
}

/** Each as a command, with what ends for them. */
async function grantOneByOne(
  contractorIds: readonly string[],
  { ledger, family, month }: Pick<GrantDeps, 'ledger' | 'family'> & { month: Month },
): Promise<void> {
  await Promise.all(contractorIds.map((contractorId) => ledger.submit(family, grantOf(contractorId, month))));
}

function grantOf(contractorId: string, month: Month): GrantCommand {
  return { kind: 'grant', requestId: `grant:${month}:${contractorId}`, contractorId, month };
}

import type { Temporal } from 'temporal-polyfill';
import { runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { serviceState } from '../contractors/index.ts';
import type { InvitationsDeps } from './deps.ts';
import { type DueInvitation, loadDue, settleInvitations } from './invitation-store.ts';
import { rewardOutcome } from './rules/invitation.ts';

/** Few, because people wait behind a portion in the ledger's queue. */
const PORTION = 128;

/**
 * Gives both sides of what is due their points. The ledger knows each by its request, so a run that stopped anywhere goes
 * on where it was, and nobody gets points twice.
 */
export function rewardInvitations(deps: InvitationsDeps): Job {
  return {
    name: 'invitations.reward',
    everySeconds: 60,
    async run(now, stopping) {
      let done = 0;
      for (;;) {
        stopping?.throwIfAborted();
        const due = await loadDue(runnerOf(deps.db), now, PORTION);
        await rewardPortion(deps, due, now);
        done += due.length;
        if (due.length < PORTION) return done;
      }
    },
  };
}

async function rewardPortion(
  deps: InvitationsDeps,
  due: readonly DueInvitation[],
  now: Temporal.Instant,
): Promise<void> {
  if (due.length === 0) return;
  const sql = runnerOf(deps.db);
  const owned = await deps.contractors.subscriptionsOfAll(
    sql,
    due.flatMap(({ inviterId, invitedId }) => [inviterId, invitedId]),
  );
  const inService = new Set(
    owned.filter((each) => serviceState(each, now) === 'in-service').map(({ contractorId }) => contractorId),
  );
  const decided = Map.groupBy(due, ({ inviterId, invitedId }) =>
    rewardOutcome({ isInviterInService: inService.has(inviterId), isInvitedInService: inService.has(invitedId) }),
  );
  const { points } = deps.operator.invitations;
  const given = decided.get('given') ?? [];
  await Promise.all(
    given.flatMap(({ invitationId, inviterId, invitedId }) =>
      (['inviting', 'invited'] as const).map((part) =>
        deps.points.rewardInvitation({
          requestId: `invitation:${invitationId}:${part}`,
          contractorId: part === 'inviting' ? inviterId : invitedId,
          points,
          part,
        }),
      ),
    ),
  );
  for (const [outcome, settled] of decided) {
    await settleInvitations(sql, now, { invitationIds: settled.map(({ invitationId }) => invitationId), outcome });
  }
}

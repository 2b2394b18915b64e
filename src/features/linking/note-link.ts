import type { Temporal } from 'temporal-polyfill';
import type { AuditEntry, SqlRunner } from '../../infra/db/index.ts';
import type { LinkingDeps } from './deps.ts';
import type { UnlinkedFrom } from './store.ts';

/** Has the operator's own systems told of a link; the LINE account is between the person and LINE, and not named. */
export function noteLink(
  deps: Pick<LinkingDeps, 'contractors'>,
  sql: SqlRunner,
  now: Temporal.Instant,
  link: {
    readonly type: 'link.made' | 'link.undone';
    readonly kind: 'contractor' | 'user';
    readonly linkId: string;
    readonly contractorId: string;
    readonly subscriptionId?: string;
  },
  /** Where it was undone, and by what kind of person or program. */
  undo?: { readonly from: UnlinkedFrom; readonly actor: Pick<AuditEntry['actor'], 'kind'> },
): Promise<void> {
  const { type, contractorId, subscriptionId = null, linkId, kind } = link;
  const undone = undo ? { undoneFrom: undo.from, undoneBy: undo.actor.kind } : {};
  const detail = { linkId, kind, ...undone };
  return deps.contractors.changes.note(sql, now, [{ type, contractorId, subscriptionId, fields: [], detail }]);
}

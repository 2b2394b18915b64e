import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import { audit, type Db, inTransaction, runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import type { Staff } from '../../staff/index.ts';

export const MESSAGES = '/console/messages';

export interface MessagesConsole {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly staff: Staff;
}

/** Does something and puts it on record with its reason, in one transaction; nothing where `act` says that it was done before. */
export async function onRecord(
  { db, clock }: Pick<MessagesConsole, 'db' | 'clock'>,
  { staffId, reason }: { readonly staffId: string; readonly reason: string },
  action: string,
  act: (sql: SqlRunner) => Promise<Readonly<Record<string, unknown>> | null>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const sql = runnerOf(tx);
    const detail = await act(sql);
    if (detail === null) return;
    const actor = { kind: 'staff', id: staffId } as const;
    await audit(sql, clock.now(), { actor, action, detail: { ...detail, reason } });
  });
}

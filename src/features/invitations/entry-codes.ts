import { randomInt } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { dayOf, endOfDay } from '../../base/operator-month.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { audit, type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { keyedHash, keyedHashes, seal, unseal } from '../../infra/secrets.ts';
import type { InvitationsDeps } from './deps.ts';
import {
  type Batch,
  type CodeRow,
  findCode,
  insertBatch,
  insertCodes,
  loadBatch,
  loadCodes,
  withdrawBatch,
} from './entry-code-store.ts';
import {
  ALPHABET,
  type EntryCodeRefusal,
  entryCodeOf,
  entryCodeRefusal,
  isEntryCode,
  RANDOM_SIGNS,
  readEntryCode,
} from './rules/entry-code.ts';

export const MOST_CODES = 500;
const LONGEST_PURPOSE = 100;
/** A code lives at most so long: one that lies about for years is found by somebody. */
const LONGEST_DAYS = 366;

type Deps = Pick<InvitationsDeps, 'db' | 'clock' | 'operator' | 'secrets'>;

export type BatchFault = 'purpose-missing' | 'count-out-of-range' | 'end-out-of-range';

/** Makes codes together. The same batch again makes none. @param lastDay ISO day, the last on which they can be used */
export async function makeBatch(
  deps: Deps,
  asked: { batchId: string; staffId: string; purpose: string; count: number; lastDay: string },
): Promise<Decision<{ batchId: string }, BatchFault>> {
  const { operator, clock, db } = deps;
  const now = clock.now();
  const purpose = asked.purpose.trim().slice(0, LONGEST_PURPOSE);
  if (purpose === '') return refuse('purpose-missing');
  if (!Number.isSafeInteger(asked.count) || asked.count < 1 || asked.count > MOST_CODES)
    return refuse('count-out-of-range');
  const expiresAt = endOf(asked.lastDay, operator.timeZone, now);
  if (!expiresAt) return refuse('end-out-of-range');
  const { batchId, staffId } = asked;
  await inTransaction(db, async (tx) => {
    const sql = runnerOf(tx);
    if (!(await insertBatch(sql, now, { batchId, purpose, madeBy: staffId, expiresAt }))) return;
    await insertCodes(
      sql,
      batchId,
      Array.from({ length: asked.count }, () => newCode(deps)),
    );
    await audit(sql, now, {
      actor: { kind: 'staff', id: staffId },
      action: 'invitations.entry-codes-made',
      detail: { batchId, count: asked.count, purpose },
    });
  });
  return accept({ batchId });
}

/** The first moment after a day of the operator's, when that lies ahead and not too far. */
function endOf(day: string, zone: string, now: Temporal.Instant): Temporal.Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const latest = dayOf(now.add({ hours: LONGEST_DAYS * 24 }), zone);
  if (day < dayOf(now, zone) || day > latest) return null;
  try {
    return endOfDay(day, zone);
  } catch {
    return null;
  }
}

function newCode({ secrets }: Deps) {
  const entryCodeId = newId();
  const code = entryCodeOf(Array.from({ length: RANDOM_SIGNS }, () => randomInt(ALPHABET.length)));
  return {
    entryCodeId,
    hash: keyedHash(secrets.lookup, hashText(code)),
    sealed: seal(secrets.show, code, boundTo(entryCodeId)),
  };
}

const hashText = (code: string) => `entry-code:${code}`;
const boundTo = (entryCodeId: string) => `entry-code:${entryCodeId}`;

/** A batch with its codes, opened. That it was looked at is on record. */
export async function lookAtBatch(
  { db, clock, secrets }: Deps,
  { batchId, staffId }: { batchId: string; staffId: string },
): Promise<{ batch: Batch; codes: readonly (CodeRow & { code: string })[] } | null> {
  const sql = runnerOf(db);
  const batch = await loadBatch(sql, batchId);
  if (!batch) return null;
  const rows = await loadCodes(sql, batchId);
  await audit(sql, clock.now(), {
    actor: { kind: 'staff', id: staffId },
    action: 'invitations.entry-codes-seen',
    detail: { batchId },
  });
  return {
    batch,
    codes: rows.map((row) => ({ ...row, code: unseal(secrets.show, row.sealed, boundTo(row.entryCodeId)) })),
  };
}

/** What is not used of a batch cannot be from now on; a second time changes nothing. */
export async function withdraw(deps: Deps, { batchId, staffId }: { batchId: string; staffId: string }): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    if (!(await withdrawBatch(sql, now, batchId))) return;
    const actor = { kind: 'staff', id: staffId } as const;
    await audit(sql, now, { actor, action: 'invitations.entry-codes-withdrawn', detail: { batchId } });
  });
}

/** Whether a typed code can be used now. The answer is the code as it is kept. */
export async function checkEntryCode(
  deps: Deps,
  sql: SqlRunner,
  typed: string,
): Promise<Decision<string, EntryCodeRefusal>> {
  const found = await find(deps, sql, typed, '');
  return found.ok ? accept(found.value.code) : found;
}

/** The same under the code's lock, in the transaction that sends an order with it. */
export async function lockEntryCode(
  deps: Deps,
  tx: Db,
  typed: string,
): Promise<Decision<{ code: string; entryCodeId: string }, EntryCodeRefusal>> {
  return find(deps, runnerOf(tx), typed, 'for update of c');
}

async function find(
  { clock, secrets }: Deps,
  sql: SqlRunner,
  typed: string,
  lock: '' | 'for update of c',
): Promise<Decision<{ code: string; entryCodeId: string }, EntryCodeRefusal>> {
  const code = readEntryCode(typed);
  const isWritten = isEntryCode(code);
  const row = isWritten ? await findCode(sql, keyedHashes(secrets.lookup)(hashText(code)), lock) : null;
  const refusal = entryCodeRefusal({ isWritten, code: row, now: clock.now() });
  if (refusal !== undefined) return refuse(refusal);
  if (!row) throw new Error('an entry code that is not there was not refused');
  return accept({ code, entryCodeId: row.entryCodeId });
}

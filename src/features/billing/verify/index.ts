import { FIRST_ID } from '../../../base/ids.ts';
import type { Operator } from '../../../base/operator.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { type ContractorFacts, loadClosedMonths, loadFacts } from './facts-store.ts';
import { recomputeBills } from './recompute.ts';

const PORTION = 500;

/** Every contractor's facts, a portion at a time, in id order. */
export async function* exportFacts(sql: SqlRunner): AsyncGenerator<ContractorFacts> {
  let after = FIRST_ID;
  for (;;) {
    const portion = await loadFacts(sql, after, PORTION);
    yield* portion;
    const last = portion.at(-1);
    if (last === undefined || portion.length < PORTION) return;
    after = last.contractorId;
  }
}

/** Works out every bill anew, and answers how many there are and what does not agree. */
export async function verifyBills(
  sql: SqlRunner,
  operator: Operator,
): Promise<{ readonly bills: number; readonly findings: readonly string[] }> {
  const months = await loadClosedMonths(sql);
  const findings: string[] = [];
  let bills = 0;
  for await (const facts of exportFacts(sql)) {
    bills += facts.bills.length;
    findings.push(...recomputeBills(facts, operator, months));
  }
  return { bills, findings };
}

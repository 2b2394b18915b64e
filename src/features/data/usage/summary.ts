import type { RecordOutcome } from './feed.ts';

/** So many problems are listed; a feed that is wrong in every line says the same in the first thousand. */
const LISTED = 1_000;

/** What became of many records, told as they are answered. */
export interface UsageSummary {
  /** @param sent the records as they came, in the order of the outcomes */
  add(sent: readonly unknown[], outcomes: readonly RecordOutcome[]): void;
  told(): {
    readonly accepted: number;
    readonly duplicates: number;
    readonly conflicts: number;
    readonly refused: number;
    readonly problems: readonly { index: number; id: string | null; code: string }[];
    readonly problemsNotListed: number;
  };
}

export function createUsageSummary(): UsageSummary {
  const counts: Record<RecordOutcome['status'], number> = { accepted: 0, duplicate: 0, conflict: 0, refused: 0 };
  const problems: { index: number; id: string | null; code: string }[] = [];
  let seen = 0;
  return {
    add(sent, outcomes) {
      for (const [at, outcome] of outcomes.entries()) {
        counts[outcome.status] += 1;
        const code = problemCode(outcome);
        if (code !== undefined && problems.length < LISTED)
          problems.push({ index: seen + at, id: idOf(sent[at]), code });
      }
      seen += outcomes.length;
    },
    told: () => ({
      accepted: counts.accepted,
      duplicates: counts.duplicate,
      conflicts: counts.conflict,
      refused: counts.refused,
      problems,
      problemsNotListed: counts.conflict + counts.refused - problems.length,
    }),
  };
}

function problemCode(outcome: RecordOutcome): string | undefined {
  if (outcome.status === 'refused') return outcome.code;
  return outcome.status === 'conflict' ? 'conflicting-record' : undefined;
}

function idOf(record: unknown): string | null {
  const id = typeof record === 'object' && record !== null ? Reflect.get(record, 'id') : undefined;
  return typeof id === 'string' ? id : null;
}

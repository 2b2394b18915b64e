import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createReport, csvRows, fileAt, type ImportSummary, type Rejected } from '../../../infra/csv/csv-file.ts';
import { eventOf, usageColumns } from './csv.ts';
import { PORTION, type RecordOutcome, takePortions } from './feed.ts';
import { type LookDeps, type LookedAt, lookAtPortions } from './look.ts';

export interface ImportRequest {
  readonly path: string;
  /** The feed's name; files of one feed have the same, so that a later total replaces an earlier one. */
  readonly source: string;
  /** Writes nothing but the report, and says what would happen. */
  readonly isDryRun: boolean;
  /** Where every rejected row is written; made when there is one. */
  readonly reportPath: string;
  onProgress(summary: ImportSummary): void;
  /** Hears which columns of the file are not read. */
  onIgnored?(columns: readonly string[]): void;
}

/**
 * Counts a file of usage by the rules of the feed, row by row as it is read, in portions. Whatever stops it, the same
 * again goes on where it was: rows that were counted are duplicates.
 */
export async function importUsage(
  deps: LookDeps,
  { path, source, isDryRun, reportPath, onProgress, onIgnored }: ImportRequest,
): Promise<ImportSummary> {
  const file = { source, name: basename(path), hash: await hashOf(path), zone: deps.calendar.zone };
  const report = createReport(reportPath);
  const counts = { rows: 0, accepted: 0, duplicates: 0, rejected: 0 };
  const linesUnderWay: number[][] = [];

  async function* portions(): AsyncGenerator<readonly unknown[]> {
    let events: unknown[] = [];
    let lines: number[] = [];
    for await (const { row, line, number } of csvRows(fileAt(path), {
      columns: usageColumns,
      onFault: (faulty) => report.add(faulty),
      onIgnored,
    })) {
      events.push(eventOf(row, number, file));
      lines.push(line);
      if (events.length < PORTION) continue;
      linesUnderWay.push(lines);
      yield events;
      [events, lines] = [[], []];
    }
    linesUnderWay.push(lines);
    yield events;
  }

  try {
    const answered: AsyncIterable<readonly (RecordOutcome | LookedAt)[]> = isDryRun
      ? lookAtPortions(deps, portions())
      : takePortions(deps, portions());
    for await (const outcomes of answered) {
      const lines = linesUnderWay.shift() ?? [];
      for (const [at, outcome] of outcomes.entries()) {
        if (outcome.status === 'conflict' || outcome.status === 'refused') {
          report.add({ line: lines[at] ?? 0, ...reasonOf(outcome) });
        } else counts[outcome.status === 'accepted' ? 'accepted' : 'duplicates'] += 1;
      }
      await report.flush();
      counts.rejected = report.count();
      counts.rows = counts.accepted + counts.duplicates + counts.rejected;
      onProgress({ ...counts });
    }
  } finally {
    await report.close();
  }
  return counts;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex').slice(0, 16);
}

function reasonOf(
  outcome: { status: 'conflict' } | Extract<RecordOutcome, { status: 'refused' }>,
): Omit<Rejected, 'line'> {
  if (outcome.status === 'conflict') {
    return { code: 'conflicting-record', reason: 'its key was used for another row; it is kept aside for staff' };
  }
  const { code, detail } = outcome;
  return { code, reason: detail ?? WORDS.get(code) ?? code };
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['unknown-subscription', 'no subscription has this phone number or id'],
  ['from-the-future', 'it ends in the future'],
  ['too-old', 'it is of longer ago than single uses are kept: whether it was counted before is no longer known'],
]);

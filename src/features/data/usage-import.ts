import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import type { DataFamily } from './family.ts';
import { type CsvRow, eventOf, missingColumns } from './usage-csv.ts';
import { type FeedDeps, PORTION, type RecordOutcome, takePortions } from './usage-feed.ts';
import { type LookedAt, lookAtPortions } from './usage-look.ts';

/** What became of a file. */
export interface ImportSummary {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  /** Rows that were not counted; each is in the report with its line and a reason. */
  readonly rejected: number;
}

export interface ImportRequest {
  readonly path: string;
  /** The feed's name; files of one feed have the same, so that a later total replaces an earlier one. */
  readonly source: string;
  /** Writes nothing but the report, and says what would happen. */
  readonly isDryRun: boolean;
  /** Where every rejected row is written; made when there is one. */
  readonly reportPath: string;
  onProgress(summary: ImportSummary): void;
}

/** A file that cannot be read as usage at all. */
export class NotUsage extends Error {
  override readonly name = 'NotUsage';
}

/**
 * Counts a file of usage by the rules of the feed, row by row as it is read, in portions. Whatever stops it, the same
 * again goes on where it was: rows that were counted are duplicates.
 */
export async function importUsage(
  deps: FeedDeps & { family: DataFamily },
  { path, source, isDryRun, reportPath, onProgress }: ImportRequest,
): Promise<ImportSummary> {
  const file = { source, name: basename(path), hash: await hashOf(path), zone: deps.calendar.zone };
  const report = createReport(reportPath);
  const counts = { rows: 0, accepted: 0, duplicates: 0, rejected: 0 };
  const linesUnderWay: number[][] = [];

  async function* portions(): AsyncGenerator<readonly unknown[]> {
    let events: unknown[] = [];
    let lines: number[] = [];
    for await (const { row, line, number } of rowsOf(path, (faulty) => report.add(faulty))) {
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

interface Rejected {
  readonly line: number;
  readonly code: string;
  readonly reason: string;
}

/** The rows as they are read, with the line each begins on; what is no row at all is told and left out. */
async function* rowsOf(path: string, onFault: (rejected: Rejected) => void) {
  const parser = parse({
    bom: true,
    columns: (header: string[]) => {
      const missing = missingColumns(header);
      if (missing.length > 0) throw new NotUsage(`${basename(path)} lacks ${missing.join('; ')}`);
      return header;
    },
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
  });
  parser.on('skip', (error: { message: string; lines: number }) =>
    onFault({ line: error.lines, code: 'not-a-row', reason: error.message }),
  );
  const reading = pipeline(createReadStream(path), parser);
  // Heard where the rows are read.
  reading.catch(() => undefined);
  let number = 0;
  for await (const { record, info } of parser as AsyncIterable<{ record: CsvRow; info: { lines: number } }>) {
    number += 1;
    yield { row: record, line: info.lines, number };
  }
  await reading;
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

/** The report, a CSV file of its own; made with the first row. */
function createReport(path: string) {
  let waiting: string[] = [];
  let count = 0;
  let file: Awaited<ReturnType<typeof open>> | undefined;
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  async function flush(): Promise<void> {
    if (waiting.length === 0) return;
    if (file === undefined) {
      file = await open(path, 'w');
      await file.write('line,code,reason\n');
    }
    await file.write(waiting.join(''));
    waiting = [];
  }
  return {
    count: () => count,
    add({ line, code, reason }: Rejected): void {
      count += 1;
      waiting.push(`${line},${code},${quoted(reason)}\n`);
    },
    flush,
    async close(): Promise<void> {
      await flush();
      await file?.close();
    },
  };
}

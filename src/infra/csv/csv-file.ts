import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';

/** A row of a file as the parser hands it out: by column, every value a text. */
export type CsvRow = Readonly<Record<string, string | undefined>>;

/** What became of a file that was imported. */
export interface ImportSummary {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  /** Rows that were not taken; each is in the report with its line and a reason. */
  readonly rejected: number;
}

/** A file that cannot be read as what it should be at all. */
export class WrongFile extends Error {
  override readonly name = 'WrongFile';
  /** The columns that it does have, for whoever says it in other words. */
  readonly header: readonly string[];

  constructor(message: string, header: readonly string[]) {
    super(message);
    this.header = header;
  }
}

export interface Rejected {
  readonly line: number;
  readonly code: string;
  readonly reason: string;
}

/** Where rows are read from, and what that is called. */
export interface CsvSource {
  readonly name: string;
  open(): Readable;
}

export const fileAt = (path: string): CsvSource => ({ name: basename(path), open: () => createReadStream(path) });
export const textOf = (name: string, text: string): CsvSource => ({ name, open: () => Readable.from([text]) });

/**
 * The rows of a file as they are read, with the line each begins on; what is no row at all is told and left out.
 *
 * @param options.missing the columns a header lacks, in words
 * @throws WrongFile when it lacks some, or holds nothing at all
 */
export async function* csvRows(
  source: CsvSource,
  options: { missing(columns: readonly string[]): readonly string[]; onFault(rejected: Rejected): void },
): AsyncGenerator<{ row: CsvRow; line: number; number: number }> {
  let hasHeader = false;
  const parser = parse({
    bom: true,
    columns: (header: string[]) => {
      hasHeader = true;
      const missing = options.missing(header);
      if (missing.length > 0) throw new WrongFile(`${source.name} lacks ${missing.join('; ')}`, header);
      return header;
    },
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
  });
  parser.on('skip', (error: { message: string; lines: number }) =>
    options.onFault({ line: error.lines, code: 'not-a-row', reason: error.message }),
  );
  const reading = pipeline(source.open(), parser);
  // Heard where the rows are read.
  reading.catch(() => undefined);
  let number = 0;
  for await (const { record, info } of parser as AsyncIterable<{ record: CsvRow; info: { lines: number } }>) {
    number += 1;
    yield { row: record, line: info.lines, number };
  }
  await reading;
  if (!hasHeader) throw new WrongFile(`${source.name} holds nothing`, []);
}

/** The columns that a header lacks, in words. @param needed what each is called, and what it holds */
export function missingOf(needed: Readonly<Record<string, string>>, columns: readonly string[]): readonly string[] {
  return Object.entries(needed).flatMap(([name, says]) => (columns.includes(name) ? [] : [says]));
}

/** Undefined for what is neither. */
export function yesOrNo(text: string): boolean | undefined {
  if (/^(1|yes|true)$/i.test(text)) return true;
  return /^(0|no|false)$/i.test(text) ? false : undefined;
}

/** The report of what was rejected, a CSV file of its own; made with the first row. */
export function createReport(path: string) {
  let waiting: string[] = [];
  let count = 0;
  let file: Awaited<ReturnType<typeof open>> | undefined;
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
      waiting.push(`${line},${code},"${reason.replaceAll('"', '""')}"\n`);
    },
    flush,
    async close(): Promise<void> {
      await flush();
      await file?.close();
    },
  };
}

/** A line of a file for people's spreadsheets: what would begin a formula there is kept from it. */
export function csvLine(values: readonly (string | number)[]): string {
  const cells = values.map((value) => {
    if (typeof value === 'number') return String(value);
    const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  });
  return `${cells.join(',')}\r\n`;
}

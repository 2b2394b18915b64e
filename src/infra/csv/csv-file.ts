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
  /** Those of them that it has more than once. */
  readonly repeated: readonly string[];

  constructor(message: string, header: readonly string[], repeated: readonly string[] = []) {
    super(message);
    this.header = header;
    this.repeated = repeated;
  }
}

/** The columns of one kind of file. */
export interface Columns {
  /** All that are read, by name; a file may have others. */
  readonly known: readonly string[];
  /** Those a header lacks, in words. */
  missing(header: readonly string[]): readonly string[];
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

/** Letters that were no UTF-8 (as in a file of Shift_JIS), and one that no text in the database may hold. */
const UNREADABLE = /[\ufffd\0]/;

/**
 * The rows of a file as they are read, with the line each ends on; what is no row at all is told and left out.
 *
 * @param options.onIgnored hears of columns that are not read, which may be misspelt
 * @throws WrongFile when it lacks columns, has one twice that is read, or holds nothing at all
 */
export async function* csvRows(
  source: CsvSource,
  options: {
    readonly columns: Columns;
    onFault(rejected: Rejected): void;
    onIgnored?: ((columns: readonly string[]) => void) | undefined;
  },
): AsyncGenerator<{ row: CsvRow; line: number; number: number }> {
  let hasHeader = false;
  const parser = parse({
    bom: true,
    columns: (header: string[]) => {
      hasHeader = true;
      requireColumns(source, header, options.columns);
      const ignored = header.filter((name) => name !== '' && !options.columns.known.includes(name));
      if (ignored.length > 0) options.onIgnored?.(ignored);
      return header;
    },
    info: true,
    // A row with a cell too many has a comma in it that was not quoted, and what follows stands under wrong names.
    relax_column_count_less: true,
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
    if (Object.values(record).some((value) => UNREADABLE.test(value ?? ''))) {
      options.onFault({
        line: info.lines,
        code: 'not-utf-8',
        reason: 'it holds letters that are not written in UTF-8',
      });
    } else yield { row: record, line: info.lines, number };
  }
  await reading;
  if (!hasHeader) throw new WrongFile(`${source.name} holds nothing`, []);
}

/** Of two columns with one name nobody knows which is meant; of those that are not read it does not matter. */
function requireColumns({ name }: CsvSource, header: readonly string[], { known, missing }: Columns): void {
  const lacking = missing(header);
  if (lacking.length > 0) throw new WrongFile(`${name} lacks ${lacking.join('; ')}`, header);
  const repeated = known.filter((column) => header.indexOf(column) < header.lastIndexOf(column));
  if (repeated.length === 0) return;
  throw new WrongFile(
    `${name} has more than one column ${repeated.join(' and more than one column ')}`,
    header,
    repeated,
  );
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

import {
  type Columns,
  type CsvRow,
  createReport,
  csvRows,
  fileAt,
  type ImportSummary,
  type Rejected,
} from './csv-file.ts';

/** Why a row is not taken. */
export type RowRefusal = Omit<Rejected, 'line'>;

/** What became of a row: `duplicate` when it had been taken before, and nothing is different now. */
export type RowOutcome =
  | { readonly status: 'accepted' }
  | { readonly status: 'duplicate' }
  | ({ readonly status: 'rejected' } & RowRefusal);

/** How the rows of one kind of file are read and taken. */
export interface RowsOf<Item> {
  readonly columns: Columns;
  /** A row as what it stands for, or what is wrong with it. */
  read(row: CsvRow): { readonly item: Item } | { readonly fault: RowRefusal };
  /** Rows that are taken together. */
  readonly portion: number;
  /** Answers what became of each, in their order. */
  take(items: readonly Item[]): Promise<readonly RowOutcome[]>;
}

/** The file, and where what it does not take is told. */
export interface RowsAsked {
  readonly path: string;
  /** Where every rejected row is written; made when there is one. */
  readonly reportPath: string;
  onProgress(summary: ImportSummary): void;
  /** Hears which columns of the file are not read. */
  onIgnored?(columns: readonly string[]): void;
}

/** Rows as they were read, and what could not be. */
interface Portion<Item> {
  readonly rows: { readonly line: number; readonly item: Item }[];
  readonly faults: Rejected[];
}

/**
 * Takes a file's rows in portions, one after the other; while one is taken the next is read. What is rejected goes into the report
 * with its line.
 *
 * @throws WrongFile when the file lacks columns
 */
export async function importRows<Item>(
  { path, reportPath, onProgress, onIgnored }: RowsAsked,
  { columns, read, portion, take }: RowsOf<Item>,
): Promise<ImportSummary> {
  const report = createReport(reportPath);
  const counts = { rows: 0, accepted: 0, duplicates: 0, rejected: 0 };
  let next: Portion<Item> = { rows: [], faults: [] };
  let underWay: Promise<unknown> = Promise.resolve();

  async function finish({ rows, faults }: Portion<Item>): Promise<void> {
    const outcomes = await take(rows.map(({ item }) => item));
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome.status === 'accepted') counts.accepted += 1;
      else if (outcome.status === 'duplicate') counts.duplicates += 1;
      else faults.push({ line: rows[at]?.line ?? 0, code: outcome.code, reason: outcome.reason });
    }
    for (const fault of faults.toSorted((one, other) => one.line - other.line)) report.add(fault);
    await report.flush();
    counts.rejected = report.count();
    counts.rows = counts.accepted + counts.duplicates + counts.rejected;
    onProgress({ ...counts });
  }

  async function begin(): Promise<void> {
    const full = next;
    next = { rows: [], faults: [] };
    await underWay;
    underWay = finish(full);
    // Heard when the next begins, or at the end.
    underWay.catch(() => undefined);
  }

  try {
    const rows = csvRows(fileAt(path), { columns, onFault: (faulty) => next.faults.push(faulty), onIgnored });
    for await (const { row, line } of rows) {
      const found = read(row);
      if ('fault' in found) next.faults.push({ line, ...found.fault });
      else next.rows.push({ line, item: found.item });
      if (next.rows.length + next.faults.length >= portion) await begin();
    }
    await begin();
    await underWay;
    return counts;
  } finally {
    await underWay.catch(() => undefined);
    await report.close();
  }
}

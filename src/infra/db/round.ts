import pg from 'pg';
import { textArray } from './array-text.ts';

/** What a statement of a round is answered with. */
export interface Answered<Row> {
  readonly rows: readonly Row[];
  /** What the database says that it has done: `SELECT 3`, `COMMIT`. */
  readonly command: string;
}

/** How the columns of a statement's rows are read; empty when it has none. */
type Columns = readonly { readonly name: string; read(text: string): unknown }[];

/** The statements that each connection has prepared, with their columns. */
const preparedOn = new WeakMap<pg.Connection, Map<string, Columns>>();

interface Asked {
  readonly name: string;
  readonly text: string;
  readonly values: (string | Buffer | null)[];
  /** Known when the connection has prepared the statement, else told with its rows. */
  columns: Columns | undefined;
  readonly rows: unknown[];
  /** A value that could not be read. */
  fault: unknown;
  answer(answered: Answered<unknown>): void;
  fail(error: unknown): void;
}

/**
 * Statements sent together, with a single Sync behind the last: `client.query(round)`. The driver sends a Sync with each query, so
 * the database answers each by itself, and program and database wake each other every time. Here they do so once, and the columns
 * of a prepared statement are sent once per connection. After a failure the database skips the remaining statements, which fail
 * with it.
 */
export class Round extends pg.Query {
  readonly #client: pg.ClientBase;
  /** Those not yet answered, in order. */
  readonly #waiting: Asked[] = [];
  #prepared = new Map<string, Columns>();

  constructor(client: pg.ClientBase) {
    super('a round');
    this.#client = client;
  }

  /** One more statement, prepared under its name; without a name it is planned each time. Throws for what cannot be sent. */
  add<Row>(name: string | undefined, text: string, values: readonly unknown[]): Promise<Answered<Row>> {
    const sent = values.map((value) => (value instanceof Buffer ? value : textOf(value)));
    return new Promise((answer, fail) => {
      this.#waiting.push({
        // Not a name under which the driver's own queries have prepared one.
        name: name === undefined ? '' : `round-${name}`,
        text,
        values: sent,
        columns: undefined,
        rows: [],
        fault: undefined,
        // The caller says what its rows are, as with every query.
        answer: (answered) => answer(answered as Answered<Row>),
        fail,
      });
    });
  }

  // From here on it is the driver who calls.

  override submit = (connection: pg.Connection): void => {
    this.#prepared = preparedOn.get(connection) ?? this.#prepared;
    preparedOn.set(connection, this.#prepared);
    connection.stream.cork();
    for (const asked of this.#waiting) {
      asked.columns = this.#prepared.get(asked.name);
      send(connection, asked);
    }
    connection.sync();
    connection.stream.uncork();
  };

  handleRowDescription({ fields }: { fields: readonly pg.FieldDef[] }): void {
    const [asked] = this.#waiting;
    if (asked === undefined) return;
    asked.columns = fields.map(({ name, dataTypeID }) => ({
      name,
      read: this.#client.getTypeParser(dataTypeID, 'text'),
    }));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const [asked] = this.#waiting;
    if (asked?.columns === undefined) return;
    try {
      asked.rows.push(rowOf(asked.columns, fields));
    } catch (error) {
      asked.fault ??= error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const asked = this.#waiting.shift();
    if (asked === undefined) return;
    if (asked.name !== '') this.#prepared.set(asked.name, asked.columns ?? []);
    if (asked.fault === undefined) asked.answer({ rows: asked.rows, command: text });
    else asked.fail(asked.fault);
  }

  handleError(error: unknown): void {
    for (const asked of this.#waiting.splice(0)) asked.fail(error);
  }

  handleReadyForQuery(): void {
    // Made only where it is needed: an error notes where it was made, which takes as long as a statement.
    if (this.#waiting.length > 0) this.handleError(new Error('the database left a statement unanswered'));
  }
}

function send(connection: pg.Connection, { name, text, values, columns }: Asked): void {
  if (columns === undefined) {
    // An earlier round may have failed between preparing the statement and hearing of it.
    if (name !== '') connection.close({ type: 'S', name }, true);
    connection.parse({ name, text, types: [] }, true);
  }
  connection.bind({ statement: name, values }, true);
  if (columns === undefined) connection.describe({ type: 'P' }, true);
  connection.execute(null, true);
}

function rowOf(columns: Columns, fields: readonly (string | null)[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  let i = 0;
  for (const { name, read } of columns) {
    const text = fields[i++] ?? null;
    row[name] = text === null ? null : read(text);
  }
  return row;
}

/** Texts, numbers and truth values, and arrays of them; bytes go as they are. Other objects are made text by whoever knows what they mean. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return textArray(value.map(textOf));
  if (typeof value === 'object') throw new TypeError('an object is sent as text, or not at all');
  return String(value);
}

import { Temporal } from 'temporal-polyfill';
import { type Columns, type CsvRow, yesOrNo } from '../../../infra/csv/csv-file.ts';

/** What is known of all rows of a file. */
export interface CsvFile {
  /** The feed's name; counters of several files are the same when this is. */
  readonly source: string;
  /** The file's name without its folder. */
  readonly name: string;
  /** Of its content: a corrected file is another one. */
  readonly hash: string;
  /** IANA name: the zone of `day`. */
  readonly zone: string;
}

const READ = [
  'subject',
  'end',
  'day',
  'bytes',
  'uplinkBytes',
  'downlinkBytes',
  'mode',
  'session',
  'ratingGroup',
  'zeroRated',
  'id',
];

export const usageColumns: Columns = { known: READ, missing: missingColumns };

function missingColumns(columns: readonly string[]): readonly string[] {
  const has = (name: string) => columns.includes(name);
  return [
    ...(has('subject') ? [] : ['subject (phone number or id of the subscription)']),
    ...(has('end') || has('day') ? [] : ['end (a moment like 2026-04-10T12:00:00+09:00) or day (2026-04-10)']),
    ...(has('bytes') || (has('uplinkBytes') && has('downlinkBytes'))
      ? []
      : ['bytes, or uplinkBytes and downlinkBytes']),
  ];
}

/**
 * A row as a record of the feed, not yet looked at. Its key is the file's name, the hash of its content and the row's own
 * key, so a file that is read again counts nothing twice and a corrected one is new. A row of a whole `day` is a total
 * that replaces the one before; it belongs to the day's first moment, whatever the time of the import.
 *
 * @param number which row of the file it is: its key, when it has none of its own
 */
export function eventOf(row: CsvRow, number: number, file: CsvFile): unknown {
  const { subject, day, end, session, ratingGroup, bytes, uplinkBytes, downlinkBytes } = filled(row);
  const isDaily = day !== undefined;
  const mode = filled(row).mode ?? (isDaily ? 'total' : 'delta');
  const zeroRated = row.zeroRated ? (yesOrNo(row.zeroRated) ?? row.zeroRated) : false;
  const parts = [subject, day, session, ratingGroup, zeroRated === true ? 'zero-rated' : undefined];
  const key = filled(row).id ?? (isDaily ? parts.filter((part) => part !== undefined).join(' ') : `row ${number}`);
  return {
    specversion: '1.0',
    type: 'usage',
    source: file.source,
    id: `${file.name} ${file.hash} ${key}`,
    subject,
    time: isDaily ? (startOf(day, file.zone) ?? day) : end,
    data: {
      mode,
      session,
      ratingGroup,
      uplinkBytes: bytes === undefined ? whole(uplinkBytes) : 0,
      downlinkBytes: whole(bytes ?? downlinkBytes),
      zeroRated,
    },
  };
}

function filled(row: CsvRow): CsvRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
}

/** A number, or the text as it is: then the record is refused for it, in words. */
function whole(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : text;
}

function startOf(day: string, zone: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' }).toZonedDateTime(zone).toInstant().toString();
  } catch {
    return undefined;
  }
}

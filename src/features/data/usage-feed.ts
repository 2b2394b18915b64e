import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { parseMsisdn } from '../../base/msisdn.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { bodyHash } from '../../ledger/body-hash.ts';
import type { DataActions } from './actions.ts';
import type { DataAnswer, DataRefusal } from './commands.ts';
import type { Calendar } from './rules/calendar.ts';
import { endOf, tellingOf, type UsageEvent, usageEvent } from './usage-events.ts';
import { usageRequestId } from './usage-request.ts';

/** What became of one record. */
export type RecordOutcome =
  | { readonly status: 'accepted' | 'duplicate'; readonly used: Extract<DataAnswer, { result: 'used' }> }
  | { readonly status: 'conflict' }
  | { readonly status: 'refused'; readonly code: DataRefusal | 'malformed-record'; readonly detail?: string };

interface FeedDeps {
  readonly sql: SqlRunner;
  readonly actions: DataActions;
  readonly calendar: Calendar;
  readonly now: () => Temporal.Instant;
}

/** How many records wait for the ledger at once. */
const PORTION = 1_024;

/** Takes records in, each once by (source, id), and answers what became of each, in their order. */
export async function takeRecords(deps: FeedDeps, records: readonly unknown[]): Promise<RecordOutcome[]> {
  const outcomes: RecordOutcome[] = [];
  for (let start = 0; start < records.length; start += PORTION) {
    outcomes.push(...(await takePortion(deps, records.slice(start, start + PORTION))));
  }
  return outcomes;
}

async function takePortion(deps: FeedDeps, records: readonly unknown[]): Promise<RecordOutcome[]> {
  const read = records.map((record) => usageEvent.safeParse(record));
  const events = read.flatMap((each) => (each.success ? [each.data] : []));
  const subscriptions = await subscriptionsBySubject(deps.sql, events);
  const conflicts: { event: UsageEvent; subscriptionId: string }[] = [];
  const outcomes = await Promise.all(
    read.map(async (each): Promise<RecordOutcome> => {
      if (!each.success) {
        const fault = each.error.issues[0];
        const detail = fault ? `${fault.path.join('.')}: ${fault.message}` : 'not a record';
        return { status: 'refused', code: 'malformed-record', detail };
      }
      const subscriptionId = subscriptions.get(each.data.subject);
      if (subscriptionId === undefined) return { status: 'refused', code: 'unknown-subscription' };
      const outcome = await take(deps, each.data, subscriptionId);
      if (outcome.status === 'conflict') conflicts.push({ event: each.data, subscriptionId });
      return outcome;
    }),
  );
  await keepAside(deps.sql, deps.now(), conflicts);
  return outcomes;
}

async function take(
  { actions, calendar }: FeedDeps,
  event: UsageEvent,
  subscriptionId: string,
): Promise<RecordOutcome> {
  const endedAt = endOf(event);
  const { mode, uplinkBytes, downlinkBytes, zeroRated } = event.data;
  const bytes = uplinkBytes + downlinkBytes;
  // A feed without sessions counts from nought each day.
  const session = event.data.session ?? calendar.dayOf(endedAt);
  const submitted = await actions.recordUse({
    requestId: usageRequestId(event),
    subscriptionId,
    endedAt: endedAt.toString(),
    isZeroRated: zeroRated,
    amount: mode === 'delta' ? { mode, bytes } : { mode, readBytes: bytes, source: event.source, session },
    record: bodyHash(tellingOf(event)),
  });
  if (!submitted.ok) return { status: 'conflict' };
  if (submitted.answer.result === 'refused') return { status: 'refused', code: submitted.answer.code };
  if (submitted.answer.result !== 'used') throw new Error('a record of use was answered as something else');
  return { status: submitted.isReplay ? 'duplicate' : 'accepted', used: submitted.answer };
}

/** By phone number (with or without a plus sign) or by id. */
async function subscriptionsBySubject(sql: SqlRunner, events: readonly UsageEvent[]): Promise<Map<string, string>> {
  const subjects = [...new Set(events.map((event) => event.subject))];
  if (subjects.length === 0) return new Map();
  const keys = subjects.map((subject) => (/^[0-9a-f-]{36}$/.test(subject) ? subject : msisdnOf(subject)));
  const rows = await sql.query<{ subject: string; subscriptionId: string }>(
    `select subject, s.subscription_id as "subscriptionId"
     from unnest($1::text[], $2::text[]) as asked (subject, key)
     join subscription s on s.msisdn = asked.key
     union all
     select subject, s.subscription_id
     from unnest($1::text[], $2::text[]) as asked (subject, key)
     join subscription s on length(asked.key) = 36 and s.subscription_id = asked.key::uuid`,
    [textArray(subjects), textArray(keys)],
  );
  return new Map(rows.map((row) => [row.subject, row.subscriptionId]));
}

function msisdnOf(subject: string): string {
  const digits = subject.replace(/^(tel:|msisdn:)?\+?/i, '');
  return parseMsisdn(digits) ?? digits;
}

/** Records whose key was used for something else: not counted, kept for people to look at. */
async function keepAside(
  sql: SqlRunner,
  now: Temporal.Instant,
  conflicts: readonly { event: UsageEvent; subscriptionId: string }[],
): Promise<void> {
  if (conflicts.length === 0) return;
  await sql.query(
    `insert into usage_conflict (usage_conflict_id, source, event_id, subscription_id, received_at, record)
     select id, source, event_id, subscription_id, $6, record::jsonb
     from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[])
       as row (id, source, event_id, subscription_id, record)`,
    [
      plainArray(conflicts.map(() => newId())),
      textArray(conflicts.map(({ event }) => event.source)),
      textArray(conflicts.map(({ event }) => event.id)),
      plainArray(conflicts.map(({ subscriptionId }) => subscriptionId)),
      textArray(conflicts.map(({ event }) => JSON.stringify(event))),
      now.toString(),
    ],
  );
}

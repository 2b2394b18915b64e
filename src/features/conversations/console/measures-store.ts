import type { Temporal } from 'temporal-polyfill';
import { plainArray, textArray } from '../../../infra/db/array-text.ts';
import type { SqlRunner } from '../../../infra/db/index.ts';
import type { Slots } from '../rules/measures.ts';

/** What is known of the conversations asked for in one slot; times in seconds. */
export interface AskedFigures {
  /** Wishes for a person, at once or by a message. */
  readonly wishes: number;
  /** Of those at once: came to be talked with, and were closed before. */
  readonly taken: number;
  readonly leftBefore: number;
  readonly waitedMedian: number | null;
  /** Nine of ten waited at most so long. */
  readonly waitedMost: number | null;
  /** From the wish to the first words of staff. */
  readonly answeredMedian: number | null;
  /** From a message left to the first words of staff. */
  readonly messageAnsweredMedian: number | null;
}

/** Of the conversations with staff that were closed in one slot. */
export interface ClosedFigures {
  readonly closed: number;
  readonly good: number;
  readonly fair: number;
  readonly poor: number;
}

/** By slot; `null` is the whole period. */
export type BySlot<Figures> = ReadonlyMap<number | null, Figures>;

export interface Span {
  readonly slots: Slots;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

// The slot of a moment: the hours' beginnings come from the operator's clock, so SQL needs to know nothing of zones.
const SLOT = (column: string) => `($1::integer[])[width_bucket(${column}, $2::timestamptz[])] as slot`;

function valuesOf({ slots, from, until }: Span): unknown[] {
  return [
    plainArray(slots.hours.map(({ slot }) => slot)),
    textArray(slots.hours.map(({ startsAt }) => startsAt.toString())),
    from.toString(),
    until.toString(),
  ];
}

/** Conversations by when they were asked for; a message that is still being written, or never was, is none. */
export async function loadAskedFigures(sql: SqlRunner, span: Span): Promise<BySlot<AskedFigures>> {
  const rows = await sql.query<AskedFigures & { slot: number | null }>(
    `with asked as (
       select ${SLOT('asked_at')}, origin = 'talk' as is_talk, state, taken_at is not null as is_taken,
         extract(epoch from taken_at - asked_at) as waited, extract(epoch from answered_at - queued_at) as answered
       from conversation where asked_at >= $3 and asked_at < $4 and state <> 'leaving'
         and closed_because is distinct from 'nothing-said'
     )
     select slot, count(*)::integer as wishes,
       count(*) filter (where is_talk and is_taken)::integer as taken,
       count(*) filter (where is_talk and not is_taken and state = 'closed')::integer as "leftBefore",
       (percentile_disc(0.5) within group (order by waited) filter (where is_talk))::float8 as "waitedMedian",
       (percentile_disc(0.9) within group (order by waited) filter (where is_talk))::float8 as "waitedMost",
       (percentile_disc(0.5) within group (order by answered) filter (where is_talk))::float8 as "answeredMedian",
       (percentile_disc(0.5) within group (order by answered) filter (where not is_talk))::float8
         as "messageAnsweredMedian"
     from asked group by grouping sets ((slot), ())`,
    valuesOf(span),
  );
  return new Map(rows.map(({ slot, ...figures }) => [slot, figures]));
}

/** Conversations with staff by when they were closed, with what the person said of them. */
export async function loadClosedFigures(sql: SqlRunner, span: Span): Promise<BySlot<ClosedFigures>> {
  const rows = await sql.query<ClosedFigures & { slot: number | null }>(
    `with ended as (
       select ${SLOT('closed_at')}, satisfaction from conversation
       where state = 'closed' and closed_at >= $3 and closed_at < $4 and answered_at is not null
     )
     select slot, count(*)::integer as closed,
       count(*) filter (where satisfaction = 3)::integer as good,
       count(*) filter (where satisfaction = 2)::integer as fair,
       count(*) filter (where satisfaction = 1)::integer as poor
     from ended group by grouping sets ((slot), ())`,
    valuesOf(span),
  );
  return new Map(rows.map(({ slot, ...figures }) => [slot, figures]));
}

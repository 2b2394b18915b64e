import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../../infra/db/array-text.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { DataCommand } from './commands.ts';
import type { DataFacts, ReservationRow } from './facts.ts';

const columns = `reservation_id as "reservationId", subscription_id as "subscriptionId", bytes,
  reserved_at as "reservedAt", valid_until as "validUntil", state, used_bytes as "usedBytes", over_bytes as "overBytes",
  ended_at as "endedAt"`;

/** The reservations that a batch ends. */
export async function loadReservations(
  sql: SqlRunner,
  commands: readonly DataCommand[],
): Promise<readonly ReservationRow[]> {
  const ids = commands.flatMap((command) =>
    command.kind === 'settle' || command.kind === 'return-slice' ? [command.reservationId] : [],
  );
  if (ids.length === 0) return [];
  return sql.query<ReservationRow>(`select ${columns} from data_reservation where reservation_id = any($1::uuid[])`, [
    plainArray(ids),
  ]);
}

/** What is on loan to the network, by subscription. */
export async function loadOnLoan(sql: SqlRunner, subscriptionIds: Buffer): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ id: string; bytes: number }>(
    `select subscription_id as id, sum(bytes)::bigint as bytes from data_reservation
     where subscription_id = any($1::uuid[]) and state = 'open' group by subscription_id`,
    [subscriptionIds],
  );
  return new Map(rows.map(({ id, bytes }) => [id, bytes]));
}

/** Writes the reservations that a batch made or ended. */
export async function saveReservations(sql: SqlRunner, { reservations, changes }: DataFacts): Promise<void> {
  const rows = [...changes.reservations].flatMap((id) => reservations.get(id) ?? []);
  if (rows.length === 0) return;
  await sql.query(
    `insert into data_reservation (reservation_id, subscription_id, bytes, reserved_at, valid_until, state, used_bytes,
       over_bytes, ended_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::text[],
                          $7::bigint[], $8::bigint[], $9::timestamptz[])
     on conflict (reservation_id) do update
     set state = excluded.state, used_bytes = excluded.used_bytes, over_bytes = excluded.over_bytes,
         ended_at = excluded.ended_at`,
    [
      plainArray(rows.map((row) => row.reservationId)),
      plainArray(rows.map((row) => row.subscriptionId)),
      plainArray(rows.map((row) => row.bytes)),
      plainArray(rows.map((row) => row.reservedAt.toString())),
      plainArray(rows.map((row) => row.validUntil.toString())),
      plainArray(rows.map((row) => row.state)),
      plainArray(rows.map((row) => row.usedBytes)),
      plainArray(rows.map((row) => row.overBytes)),
      plainArray(rows.map((row) => row.endedAt?.toString() ?? null)),
    ],
  );
}

/** One reservation of a subscription, or null. */
export async function findReservation(
  sql: SqlRunner,
  asked: { subscriptionId: string; reservationId: string },
): Promise<ReservationRow | null> {
  const [row] = await sql.query<ReservationRow>(
    `select ${columns} from data_reservation where reservation_id = $1 and subscription_id = $2`,
    [asked.reservationId, asked.subscriptionId],
  );
  return row ?? null;
}

/** Slices whose time was up at an instant and that nobody settled, the longest first; at most so many. */
export function dueSlices(
  sql: SqlRunner,
  at: Temporal.Instant,
  size: number,
): Promise<readonly Pick<ReservationRow, 'reservationId' | 'subscriptionId'>[]> {
  return sql.query(
    `select reservation_id as "reservationId", subscription_id as "subscriptionId"
     from data_reservation where state = 'open' and valid_until <= $1
     order by valid_until, reservation_id limit $2`,
    [at.toString(), size],
  );
}

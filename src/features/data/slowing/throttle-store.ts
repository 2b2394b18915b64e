import type { Temporal } from 'temporal-polyfill';
import { instantText } from '../../../base/instant-text.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { uuidArray } from '../../../infra/db/uuid-array.ts';

/** The speed of a subscription with nothing left. */
export const THROTTLED_KBPS = 200;

/** Something that can be used, or is on loan to the network and may come back. */
const hasData = (subscriptionId: string, now: string) =>
  `(exists (select from ledger_lot l
            where l.owner_id = ${subscriptionId} and l.unit = 'byte' and l.remaining > 0 and l.expires_at > ${now})
    or exists (select from data_reservation r where r.subscription_id = ${subscriptionId} and r.state = 'open'))`;

/**
 * Slows those that use left with nothing, until `until` (the month's end). Both statements look at the lots as the
 * transaction leaves them, after they were saved: what several commands, of whatever families, did to one subscription
 * in one batch is one change or none. Being slowed is also what the users are told of, once for what they were granted.
 */
export async function setThrottles(
  sql: SqlRunner,
  subscriptionIds: Iterable<string>,
  at: { now: Temporal.Instant; until: Temporal.Instant; isNoticed: boolean },
): Promise<void> {
  const ids = [...subscriptionIds];
  if (ids.length === 0) return;
  await sql.query(
    `with slowed as (
       insert into data_throttle as t (subscription_id, throttled_since, throttled_until)
       select id, $2::timestamptz, $3::timestamptz from unnest($1::uuid[]) as dry (id)
       where not ${hasData('dry.id', '$2')}
       on conflict (subscription_id) do update
       set throttled_since = excluded.throttled_since, throttled_until = excluded.throttled_until, is_lifted = false
       where t.is_lifted
       returning subscription_id,
                 not exists (select from data_throttle before where before.subscription_id = t.subscription_id) as is_first
     ), noticed as (
       insert into data_notice (notice_id, subscription_id, kind, about, facts, noticed_at)
       select gen_random_uuid(), subscription_id, 'empty', gen_random_uuid()::text, '{}', $2::timestamptz
       from slowed where is_first and $5::boolean
       on conflict do nothing
     )
     insert into network_event (network_event_id, type, subscription_id, at, payload)
     select gen_random_uuid(), 'data.throttle.set', subscription_id, $2::timestamptz, $4::jsonb from slowed`,
    [
      uuidArray(ids),
      at.now.toString(),
      at.until.toString(),
      JSON.stringify({ kbps: THROTTLED_KBPS, until: at.until.toString() }),
      at.isNoticed,
    ],
  );
}

/**
 * Whether a subscription has run dry since it was last granted something, for a batch's statement that asks for other things as
 * well. It is slowed, unless a smaller total lifted that meanwhile; what arrives now ends both (`liftThrottles`).
 */
export const isSlowedSql = (subscriptionId: string) =>
  `exists (select from data_throttle t where t.subscription_id = ${subscriptionId})`;

/** Lifts what holds of subscriptions that were given something, or whose month is over. */
export async function liftThrottles(
  sql: SqlRunner,
  subscriptionIds: Iterable<string>,
  now: Temporal.Instant,
): Promise<void> {
  const ids = [...subscriptionIds];
  if (ids.length === 0) return;
  await sql.query(
    `with lifted as (
       delete from data_throttle t
       where t.subscription_id = any($1::uuid[])
         and (t.throttled_until <= $2 or ${hasData('t.subscription_id', '$2')})
       returning t.subscription_id, t.is_lifted
     )
     ${TELL_LIFTED} from lifted where not is_lifted`,
    [uuidArray(ids), instantText(now)],
  );
}

/** Lifts what holds of subscriptions to which a smaller total gave data back. It was granted before, so its end was told before. */
export async function liftGivenBack(
  sql: SqlRunner,
  subscriptionIds: Iterable<string>,
  now: Temporal.Instant,
): Promise<void> {
  const ids = [...subscriptionIds];
  if (ids.length === 0) return;
  await sql.query(
    `with lifted as (
       update data_throttle t set is_lifted = true
       where t.subscription_id = any($1::uuid[]) and not t.is_lifted and ${hasData('t.subscription_id', '$2')}
       returning t.subscription_id
     )
     ${TELL_LIFTED} from lifted`,
    [uuidArray(ids), instantText(now)],
  );
}

const TELL_LIFTED = `insert into network_event (network_event_id, type, subscription_id, at, payload)
     select gen_random_uuid(), 'data.throttle.lifted', subscription_id, $2::timestamptz, '{}'`;

/** Which of these subscriptions are slowed at an instant, and until when (exclusive). */
export async function throttledUntil(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Temporal.Instant>> {
  if (subscriptionIds.length === 0) return new Map();
  const rows = await sql.query<{ id: string; until: Temporal.Instant }>(
    `select subscription_id as id, throttled_until as until from data_throttle
     where subscription_id = any($1::uuid[]) and throttled_until > $2 and not is_lifted`,
    [uuidArray(subscriptionIds), now.toString()],
  );
  return new Map(rows.map(({ id, until }) => [id, until]));
}

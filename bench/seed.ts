import type pg from 'pg';

/** Ids in order, as the program makes them: rows made together lie together. */
const id = (kind: number, i = 'i') => `('0190000${kind}-0000-7000-8000-' || lpad(to_hex(${i}), 12, '0'))::uuid`;

const ms = (at: string) => Date.parse(at);

/** What the naive ones keep, as it is usually done: a row a lot, an index for each side of the journal, a row an event. */
const naiveTables = `
  create table if not exists naive_lot (
    owner_id uuid not null, lot_id uuid not null, kind text not null, remaining bigint not null check (remaining >= 0),
    granted_at timestamptz not null, expires_at timestamptz not null, primary key (owner_id, lot_id)
  ) with (fillfactor = 70);
  create table if not exists naive_entry (
    entry_id uuid primary key, at timestamptz not null, request_id text not null, reason text not null,
    amount bigint not null check (amount > 0), from_owner_id uuid not null, from_lot_id uuid not null,
    from_lot_after bigint not null, to_owner_id uuid, to_lot_id uuid, to_lot_after bigint
  );
  create table if not exists naive_usage_daily (
    subscription_id uuid not null, used_on date not null, used_bytes bigint not null, primary key (subscription_id, used_on)
  ) with (fillfactor = 80);
  create index if not exists naive_entry_from on naive_entry (from_owner_id, entry_id);
  create index if not exists naive_entry_to on naive_entry (to_owner_id, entry_id) where to_owner_id is not null;
  create table if not exists naive_event (
    webhook_event_id text primary key, line_user_id text, event_type text not null, occurred_at timestamptz not null,
    received_at timestamptz not null, payload jsonb not null, done_at timestamptz
  );
  create index if not exists naive_event_undone on naive_event (received_at) where done_at is null`;

/**
 * Subscriptions in service with this month's base, each of its own contractor with a linked person on LINE, entered
 * through the journal as everything is. The last one is on the plan `huge`: the hot sender. Answers their ids.
 */
export async function seedSubscriptions(
  pool: pg.Pool,
  count: number,
  at: { now: string; month: string; monthStart: string; lifetimeEnd: string },
): Promise<readonly string[]> {
  await pool.query(naiveTables);
  await pool.query(
    "set local renkei.emptying = 'on'; truncate contractor, line_arrival, line_account, ledger_owner, ledger_ending, ledger_lot_closed, ledger_entry, naive_lot, naive_entry, idempotent_request, ledger_answer, ledger_answer_by_hash, outbox, outbox_parcel, audit_log, line_event, gift, data_usage_earlier, naive_usage_daily, data_month, usage_counter, usage_record, data_throttle, network_event, data_notice, point_event, point_bill, point_grant_run cascade",
  );
  const { now, month, monthStart, lifetimeEnd } = at;
  const each = `from generate_series(1, ${count}) as i`;
  const bytes = `(case when i = ${count} then 1000000000000000 else 1000000000000 end)`;
  await pool.query(`
    begin;
    insert into contractor (contractor_id, login_id, password_hash, name, email, created_at)
      select ${id(1)}, 'bench-' || i, '-', '山田', 'bench@example.com', '${monthStart}' ${each};
    insert into subscription (subscription_id, contractor_id, msisdn, plan_code, opens_at, created_at)
      select ${id(2)}, ${id(1)}, '8190' || lpad(i::text, 8, '0'), case when i = ${count} then 'huge' else 'large' end,
             '${monthStart}', '${monthStart}' ${each};
    insert into line_account (line_user_id, display_name, is_friend, updated_at)
      select 'U' || lpad(to_hex(i), 32, '0'), 'はな', true, '${now}' ${each};
    insert into link_code (link_code_id, subscription_id, lookup_hash, lookup_key_version, shown_cipher,
        show_key_version, last_four, issued_at, issued_by)
      select ${id(3)}, ${id(2)}, decode(md5(i::text), 'hex'), 1, '', 1, '0000', '${now}', 'opened' ${each};
    insert into user_link (user_link_id, subscription_id, line_user_id, link_code_id, linked_at)
      select ${id(4)}, ${id(2)}, 'U' || lpad(to_hex(i), 32, '0'), ${id(3)}, '${now}' ${each};
    insert into ledger_owner (owner_id, lots, remaining, ends_next_ms, last_in, notes)
      select ${id(2)}, json_build_array(json_build_object('lot', ${id(5)}, 'unit', 'byte', 'kind', 'base', 'granted', ${ms(monthStart)}, 'ends', ${ms(lifetimeEnd)})),
             array[${bytes}], ${ms(lifetimeEnd)}, ${id(6)},
             json_build_object('month', json_build_array('${month}', case when i = ${count} then 'huge' else 'large' end)) ${each};
    insert into ledger_ending (ends_ms, owner_id) select ${ms(lifetimeEnd)}, ${id(2)} ${each};
    insert into naive_lot (owner_id, lot_id, kind, remaining, granted_at, expires_at)
      select ${id(2)}, ${id(5)}, 'base', ${bytes}, '${monthStart}', '${lifetimeEnd}' ${each};
    insert into ledger_entry (entry_id, at, request_scope, request_id, reason, unit, amount, to_owner_id, to_lot_id, to_lot_after)
      select ${id(6)}, '${monthStart}', 'data', 'turn:${month}:' || ${id(2)}, 'plan-grant', 'byte', ${bytes}, ${id(2)}, ${id(5)},
             ${bytes} ${each};
    insert into data_month (subscription_id, month, turned_at, plan_code)
      select subscription_id, '${month}', '${monthStart}', plan_code from subscription order by 1;
    commit`);
  await pool.query('vacuum analyze');
  const { rows } = await pool.query<{ id: string }>('select subscription_id as id from subscription order by 1');
  return rows.map((row) => row.id);
}

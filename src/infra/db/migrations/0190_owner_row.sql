-- One row an owner. What an owner has stands in its own row, which a batch locks, reads and writes in one: before, each was
-- locked in one table, its lots found one by one in another, and a lot that came had an index entry of its own.

alter table ledger_owner
  -- What each lot is, which does not change but for its end: [{"lot", "unit", "kind", "granted", "ends", "origin_owner",
  -- "origin_lot"}]. Moments are milliseconds since 1970; the end is exclusive; an origin is where an amount set aside came from
  -- and goes back to, and most have none. As text, which is read and sent as it is: of arrays of rows each value is written
  -- anew, which took as long as finding the row.
  add column lots json not null default '[]',
  -- When the first of what still holds something ends.
  add column ends_next_ms bigint,
  -- What families of commands have noted with the owner, by name: a few figures that each of their commands asks for.
  add column notes json not null default '{}',
  -- What each of `lots` holds, in their order.
  add column remaining bigint[] not null default '{}',
  -- The newest entries of the journal that took from this owner and that brought to it.
  add column last_out uuid,
  add column last_in uuid;

-- When something of an owner may end: by this whoever has something to end, or ending soon, is found. A row for each moment at
-- which an owner's lot was to end when it came, gone when it has ended. An index on the owners themselves would have each movement that changes
-- what ends next written into all their indexes.
create table ledger_ending (
  ends_ms bigint not null,
  owner_id uuid not null
);
create index ledger_ending_by_time on ledger_ending (ends_ms, owner_id);

-- What is empty and has ended moves nothing any more; the journal still names it.
create table ledger_lot_closed (
  owner_id uuid not null,
  lot_id uuid not null,
  unit text not null,
  kind text not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  origin_owner_id uuid,
  origin_lot_id uuid,
  primary key (owner_id, lot_id)
);

-- The journal was found by an index for each side, at a place of its own for each entry. Now each entry names the one before it
-- of its side, and the owner the newest: what is written together lies together, whoever's it is.
alter table ledger_entry
  -- The entry before this one that took from the same owner, and that brought to the same owner.
  add column from_previous uuid,
  add column to_previous uuid;

alter table ledger_entry disable trigger ledger_entry_insert_only;
update ledger_entry e set from_previous = chained.previous
from (select entry_id, lag(entry_id) over (partition by from_owner_id order by entry_id) as previous
      from ledger_entry where from_owner_id is not null) as chained
where chained.entry_id = e.entry_id and chained.previous is not null;
update ledger_entry e set to_previous = chained.previous
from (select entry_id, lag(entry_id) over (partition by to_owner_id order by entry_id) as previous
      from ledger_entry where to_owner_id is not null) as chained
where chained.entry_id = e.entry_id and chained.previous is not null;
alter table ledger_entry enable trigger ledger_entry_insert_only;

insert into ledger_lot_closed (owner_id, lot_id, unit, kind, granted_at, expires_at, origin_owner_id, origin_lot_id)
select owner_id, lot_id, unit, kind, granted_at, expires_at, origin_owner_id, origin_lot_id
from ledger_lot where remaining = 0 and expires_at <= now();

insert into ledger_owner (owner_id) select distinct owner_id from ledger_lot on conflict do nothing;

update ledger_owner o set lots = open.lots, remaining = open.remaining, ends_next_ms = open.ends_next_ms
from (
  select owner_id, json_agg(json_strip_nulls(json_build_object('lot', lot_id, 'unit', unit, 'kind', kind, 'granted', granted_ms,
           'ends', ends_ms, 'origin_owner', origin_owner_id, 'origin_lot', origin_lot_id)) order by lot_id) as lots,
         array_agg(remaining order by lot_id) as remaining,
         min(ends_ms) filter (where remaining > 0) as ends_next_ms
  from (select *, floor(extract(epoch from granted_at) * 1000)::bigint as granted_ms,
               floor(extract(epoch from expires_at) * 1000)::bigint as ends_ms
        from ledger_lot where remaining > 0 or expires_at > now()) as lot
  group by owner_id
) as open
where o.owner_id = open.owner_id;

insert into ledger_ending (ends_ms, owner_id)
select distinct floor(extract(epoch from expires_at) * 1000)::bigint, owner_id from ledger_lot
where remaining > 0 or expires_at > now();

update ledger_owner o set last_out = newest.entry_id
from (select distinct on (from_owner_id) from_owner_id, entry_id from ledger_entry where from_owner_id is not null
      order by from_owner_id, entry_id desc) as newest
where o.owner_id = newest.from_owner_id;
update ledger_owner o set last_in = newest.entry_id
from (select distinct on (to_owner_id) to_owner_id, entry_id from ledger_entry where to_owner_id is not null
      order by to_owner_id, entry_id desc) as newest
where o.owner_id = newest.to_owner_id;

-- What a subscription has given in its last month; of the day it is not known here when it begins, so today's count begins anew.
update ledger_owner o
set notes = json_build_object('gifts', json_build_object('month', given.month, 'bytes', given.bytes, 'gifts', given.gifts, 'dayMs', 0, 'today', 0))
from (select distinct on (sender_subscription_id) sender_subscription_id, month, sum(amount_bytes)::bigint as bytes, count(*) as gifts
      from gift where state in ('waiting', 'claimed') group by sender_subscription_id, month
      order by sender_subscription_id, month desc) as given
where o.owner_id = given.sender_subscription_id;

drop table ledger_lot;
drop index ledger_entry_from;
drop index ledger_entry_to;

alter table ledger_owner
  set (fillfactor = 60),
  add constraint ledger_owner_remaining_check check (0 <= all (remaining));

-- Every lot there is and was, for whoever reads.
create view ledger_lot as
  select o.owner_id, l.lot as lot_id, l.unit, l.kind, l.remaining, to_timestamp(l.granted / 1000.0) as granted_at,
         to_timestamp(l.ends / 1000.0) as expires_at, l.origin_owner as origin_owner_id, l.origin_lot as origin_lot_id
  from ledger_owner o
  cross join lateral rows from (
    json_to_recordset(o.lots) as (lot uuid, unit text, kind text, granted bigint, ends bigint, origin_owner uuid, origin_lot uuid),
    unnest(o.remaining)
  ) as l (lot, unit, kind, granted, ends, origin_owner, origin_lot, remaining)
  union all
  select owner_id, lot_id, unit, kind, 0, granted_at, expires_at, origin_owner_id, origin_lot_id
  from ledger_lot_closed;

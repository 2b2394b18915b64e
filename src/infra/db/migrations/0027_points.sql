-- Points: what a contractor earned, what it is spent on, and what people are told of it. The points themselves are lots of
-- the ledger, owned by the contractor; one that is set aside for a sticker set is owned by its order.

alter table ledger_entry drop constraint ledger_entry_check1;
alter table ledger_entry drop constraint ledger_entry_check2;
alter table ledger_entry add constraint ledger_entry_source check (
  from_lot_id is not null or reason in ('plan-grant', 'purchase', 'adjustment', 'point-grant', 'goodwill', 'bill'));
alter table ledger_entry add constraint ledger_entry_sink check (
  to_lot_id is not null or reason in ('usage', 'expiry', 'adjustment', 'bill', 'sticker'));

-- Whose link stood at a moment is asked of all links a contractor ever had.
create index contractor_link_by_contractor on contractor_link (contractor_id, linked_at);

-- How the contractor wants points used on the monthly bill. Without a row: not at all.
create table point_setting (
  contractor_id uuid primary key references contractor,
  bill_use text not null check (bill_use in ('none', 'all', 'fixed')),
  fixed_points integer check (fixed_points > 0),
  changed_at timestamptz not null,
  check ((bill_use = 'fixed') = (fixed_points is not null))
);

-- What happened to a contractor's points, for people: the history of the page, and what the talk announces. Each thing is
-- there once, by what it is about (a month, an order, an end). A granting writes a row for everybody, so no row asks its
-- contractor for permission: what the batch writes it has loaded under the owner's lock.
create table point_event (
  contractor_id uuid not null,
  event_id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in (
    'granted', 'goodwill', 'bill', 'bill-returned', 'sticker', 'sticker-returned', 'expired', 'ending')),
  -- What came (above zero) or went (below); zero for `ending`, which only announces.
  points integer not null,
  balance_after integer not null check (balance_after >= 0),
  about text not null,
  detail jsonb not null default '{}',
  -- From when on the talk may tell it; null for what is not announced.
  tell_at timestamptz,
  told_at timestamptz,
  primary key (contractor_id, event_id),
  unique (contractor_id, kind, about)
);
create index point_event_waiting on point_event (tell_at, event_id) where told_at is null and tell_at is not null;

-- What a month's bill took, and what a correction gave back.
create table point_bill (
  contractor_id uuid not null,
  month text not null,
  used_points integer not null check (used_points > 0),
  returned_points integer not null default 0 check (returned_points between 0 and used_points),
  primary key (contractor_id, month)
);

-- The granting for a month, and how far it has come: contractors are taken in id order.
create table point_grant_run (
  month text primary key,
  through_contractor_id uuid,
  contractors bigint not null default 0,
  started_at timestamptz not null,
  done_at timestamptz
);

-- A sticker set somebody asked for: its price is set aside until LINE has delivered it or has not.
create table sticker_order (
  order_id uuid primary key,
  contractor_id uuid not null references contractor,
  line_user_id text not null,
  -- As in the operator's catalogue; name and price as they were.
  sticker_code text not null,
  product_id text not null,
  price_points integer not null check (price_points > 0),
  state text not null check (state in ('waiting', 'delivered', 'returned')),
  ordered_at timestamptz not null,
  settled_at timestamptz,
  next_attempt_at timestamptz not null,
  attempts integer not null default 0,
  last_error text
) with (fillfactor = 80);
create index sticker_order_by_contractor on sticker_order (contractor_id, ordered_at);
-- A LINE account has a set once, and asks for it once at a time.
create unique index sticker_order_once on sticker_order (line_user_id, sticker_code) where state <> 'returned';
create index sticker_order_due on sticker_order (next_attempt_at) where state = 'waiting';

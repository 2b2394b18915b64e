-- What follows from the ledger: who is slowed, what the network is to be told, what people are to be told, and whether
-- the ledger agrees with itself.

-- Subscriptions that are slowed now. A row is made when use leaves nothing, and removed when something is there again.
create table data_throttle (
  subscription_id uuid primary key references subscription,
  throttled_since timestamptz not null,
  -- Exclusive: the end of the month.
  throttled_until timestamptz not null
);

-- What the network is to be told, written in the transaction that makes it so.
create table network_event (
  network_event_id uuid primary key,
  type text not null check (type in ('data.throttle.set', 'data.throttle.lifted')),
  subscription_id uuid not null references subscription,
  at timestamptz not null,
  payload jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered')),
  delivered_at timestamptz
);
-- In the order in which it came about: nobody may be lifted before being slowed.
alter table network_event add column position bigint not null generated always as identity;
create index network_event_waiting on network_event (position) where state = 'waiting';

-- What the users of a subscription are to be told, once for each `about`.
create table data_notice (
  notice_id uuid primary key,
  subscription_id uuid not null references subscription,
  -- low: a share of the month's volume is left; empty: nothing is; ending: something ends in a few days
  kind text not null check (kind in ('low', 'empty', 'ending')),
  about text not null,
  facts jsonb not null,
  noticed_at timestamptz not null,
  told_at timestamptz,
  unique (subscription_id, kind, about)
);
create index data_notice_waiting on data_notice (noticed_at) where told_at is null;

-- Kinds of notices a LINE account does not want.
create table notice_off (
  line_user_id text not null,
  kind text not null check (kind in ('low', 'empty', 'ending')),
  off_since timestamptz not null,
  primary key (line_user_id, kind)
);

-- Each time the journal was read against the lots. The last row says whether gifts may go on.
create table ledger_check (
  checked_at timestamptz primary key,
  finding_count integer not null,
  -- The first of them, in words.
  findings jsonb not null
);

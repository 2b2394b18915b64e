-- What the network's usage feed needs beyond the ledger.

-- The highest reading of each cumulative counter, so that a reading counts only for what it adds.
create table usage_counter (
  subscription_id uuid not null references subscription,
  -- The feed and its session (or the subscription and day, for a feed without sessions).
  source text not null,
  session text not null,
  read_bytes bigint not null check (read_bytes >= 0),
  read_at timestamptz not null,
  primary key (subscription_id, source, session)
) with (fillfactor = 80);

-- Records that came a second time under the same (source, id) with other contents: kept aside for people to look at.
create table usage_conflict (
  usage_conflict_id uuid primary key,
  source text not null,
  event_id text not null,
  subscription_id uuid not null references subscription,
  received_at timestamptz not null,
  record jsonb not null
);
create index usage_conflict_by_time on usage_conflict (received_at);

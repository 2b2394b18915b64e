-- Slices on loan to the network: data set aside ahead of its use (online charging). What is set aside lies in lots of an
-- owner with the reservation's id.
create table data_reservation (
  reservation_id uuid primary key,
  subscription_id uuid not null references subscription,
  -- What was lent: as much as was asked for, or what was there.
  bytes bigint not null check (bytes > 0),
  reserved_at timestamptz not null,
  -- Exclusive. Afterwards what is left goes back by itself.
  valid_until timestamptz not null,
  -- open → settled | released | expired → settled (told too late: counted like any use)
  state text not null check (state in ('open', 'settled', 'released', 'expired')),
  -- What was used, and what of it nothing was there for.
  used_bytes bigint not null default 0,
  over_bytes bigint not null default 0,
  ended_at timestamptz
);
create index data_reservation_open on data_reservation (subscription_id) where state = 'open';
create index data_reservation_due on data_reservation (valid_until) where state = 'open';
create index data_reservation_ended on data_reservation (ended_at) where state <> 'open';

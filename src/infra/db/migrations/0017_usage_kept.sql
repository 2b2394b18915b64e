-- Totals that a later record replaces, how far a month's turn is, and how long single uses are kept.

-- What of a counter's reading nothing was there for: a smaller total takes that away first.
alter table usage_counter add column over_bytes bigint not null default 0 check (over_bytes >= 0);

-- How far the turn into a month is.
create table data_month_turn (
  -- YYYY-MM in the operator's zone
  month text primary key,
  -- Subscriptions in service when it began, and those it found since.
  total integer not null,
  done integer not null,
  started_at timestamptz not null,
  finished_at timestamptz
);

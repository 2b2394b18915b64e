-- How many messages LINE lets the account push this month, and how many are used, as LINE said last: one row.
create table line_allowance (
  is_only boolean primary key default true check (is_only),
  -- Null: the account's plan knows no limit.
  limit_per_month integer,
  used integer not null,
  seen_at timestamptz not null
);

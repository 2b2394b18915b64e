-- How often somebody did something lately: one row each, so that a crowd's questions are counted a portion at a time.
create table rate_window (
  -- The name of the limit, as in its rule: partner:minute, …
  limit_name text not null,
  -- A keyed hash of who is limited; never the plain address or account.
  subject text not null,
  -- [{"slot": number of a slot of time, "drawn": how many}], those of the last window.
  slots jsonb not null,
  drawn_at timestamptz not null,
  primary key (limit_name, subject)
);
create index rate_window_by_time on rate_window (drawn_at);

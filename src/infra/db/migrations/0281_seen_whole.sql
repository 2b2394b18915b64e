-- The hourly look asks features of the owners whose rows have changed since the last one, and of no others: what is kept as seen
-- tells a changed row whole.
alter table ledger_seen
  -- Of what the lots are and what is noted with the owner; null for rows seen before this was kept.
  add column terms_hash integer,
  -- Asked about at each look, changed or not: something is set aside with it, or what was last asked did not hold.
  add column is_watched boolean not null default true;

-- What became of the records of the usage feed, by the day they came: for the console. Written about once a second by each
-- process that takes records, never for each record.
create table usage_feed_day (
  -- In the operator's zone.
  came_on date primary key,
  accepted bigint not null default 0,
  duplicates bigint not null default 0,
  conflicts bigint not null default 0,
  refused bigint not null default 0
) with (fillfactor = 50);

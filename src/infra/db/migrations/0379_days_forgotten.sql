-- Which months' days of use, and turns of the month, have been forgotten, and how far that is: once a month, by subscriptions in
-- the order of their ids, so that no table has to be read from its beginning.
create table data_days_forgotten (
  -- Days before this month go; 'YYYY-MM'.
  month text primary key,
  -- Up to this subscription it is done.
  through uuid,
  done_at timestamptz
);

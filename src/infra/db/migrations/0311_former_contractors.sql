-- When a contractor was forgotten, years after their last contract. The row stays, since bills and orders point to it.
alter table contractor add column forgotten_at timestamptz;

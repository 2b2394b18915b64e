-- Lifted because a smaller total gave data back: nothing was granted, so the row stays to say that the users were told already.
alter table data_throttle add column is_lifted boolean not null default false;

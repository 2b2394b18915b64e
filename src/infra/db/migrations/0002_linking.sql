-- The webhook event that ended an attempt: the same event heard again gets the same answer, another one none.
alter table link_attempt add column ended_by_event text;

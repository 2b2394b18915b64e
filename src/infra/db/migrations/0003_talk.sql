-- The talk's doors, so that several processes can serve them.

-- Who handles a person's events at the moment: one worker at a time, so that they are heard in order. The lease runs by
-- the database's own clock, because the program's can be moved.
create table talk_lane (
  -- A LINE user id, or event:<id> for an event without a person.
  lane text primary key,
  worker_id uuid not null,
  leased_until timestamptz not null
) with (fillfactor = 70);

-- One index finds whose turn it is, the other a person's oldest event. Neither serves the other's question: with the
-- former index on occurred_at the planner walked through everybody's events to find one person's (19 events a second).
drop index line_event_undone;
create index line_event_due on line_event (next_attempt_at, webhook_event_id)
  where done_at is null and parked_at is null;
create index line_event_undone_by_person on line_event (line_user_id, occurred_at, webhook_event_id)
  where done_at is null and parked_at is null;
alter table line_event set (fillfactor = 80);

-- Whether a try with the reply token may have reached LINE without our hearing of it: then the token itself tells, since
-- it works once.
alter table outbox add column is_reply_uncertain boolean not null default false;

alter table outbox set (fillfactor = 70);
create index outbox_due on outbox (next_attempt_at, outbox_id) where state = 'waiting';

-- What a person said is looked for in two parts: what waits has line_event_undone_by_person already. An event that comes in
-- was entered here too, at a place all over the index, which was a fifth of what it took to store it.
drop index line_event_said;
create index line_event_said on line_event (line_user_id, occurred_at)
  where event_type in ('message', 'postback', 'unsend') and payload <> '{}'
    and (done_at is not null or parked_at is not null);

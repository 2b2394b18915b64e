-- What LINE sent, as it came: a row for all that one insert of the door stored. The talk worker files it soon after, an event
-- a row of line_event, in the same transaction that takes it from here. So the door answers after a third of the work, and
-- the rest is done for all that has come meanwhile at once.
create table line_arrival (
  -- In the order in which they came.
  arrival_id bigint generated always as identity primary key,
  received_at timestamptz not null,
  -- A JSON array of events. Text: each is read as JSON once, when it is filed.
  events text not null,
  -- Why it could not be filed; then somebody must look.
  refusal text
);
-- It lives for milliseconds: to compress it costs as much as to store it.
alter table line_arrival alter events set storage external;

-- Pictures people send in a conversation: fetched from LINE, drawn anew, sealed. Gone with the conversation.
create table conversation_picture (
  line_message_id text primary key,
  conversation_id uuid not null references conversation (conversation_id) on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'kept', 'refused')),
  reason text check (reason in ('gone', 'too-large', 'no-picture', 'unavailable')),
  sealed bytea,
  width integer,
  height integer,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  check ((state = 'kept') = (sealed is not null)),
  check ((state = 'refused') = (reason is not null))
);
create index conversation_picture_of on conversation_picture (conversation_id);
create index conversation_picture_due on conversation_picture (next_attempt_at) where state = 'waiting';
-- It is compressed already.
alter table conversation_picture alter column sealed set storage external;

create trigger conversation_picture_told after update of state on conversation_picture
  for each row execute function tell_conversation();

-- However a picture comes into a transcript it is fetched, and however it is taken back it is gone at once.
create function follow_picture() returns trigger language plpgsql as $$
begin
  if new.unsent_at is not null or new.content ->> 'kind' = 'unsent' then
    delete from conversation_picture where line_message_id = new.line_message_id;
  elsif new.content ->> 'kind' = 'picture' then
    insert into conversation_picture (line_message_id, conversation_id, next_attempt_at)
      values (new.line_message_id, new.conversation_id, new.at)
      on conflict (line_message_id) do nothing;
  end if;
  return null;
end $$;
create trigger conversation_message_picture after insert or update on conversation_message
  for each row when (new.line_message_id is not null) execute function follow_picture();

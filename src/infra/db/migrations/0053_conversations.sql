-- Talks that staff take over. Only what is said around a conversation is kept here; people who are in none cost nothing.
create table conversation (
  conversation_id uuid primary key,
  line_user_id text not null,
  -- waiting (in the queue) → open (somebody has it) → closed; leaving (the person writes a message) → left (it waits for an
  -- answer) → open → closed
  state text not null check (state in ('waiting', 'open', 'leaving', 'left', 'closed')),
  -- Whether the person asked to talk at once, or left a message.
  origin text not null check (origin in ('talk', 'message')),
  language text not null check (language in ('ja', 'en')),
  -- Who has it; kept when it is closed.
  staff_id uuid references staff (staff_id),
  -- Goes up with every change, words said included: who decides on what they saw can tell that it is old.
  version integer not null default 1,
  -- The webhook event that began it: handled twice it begins nothing twice.
  begun_by_event text not null unique,
  asked_at timestamptz not null,
  -- Its place in the queue; kept when it is handed back.
  queued_at timestamptz not null,
  -- The place it had when it came, for the expected waiting time of others.
  first_position integer,
  taken_at timestamptz,
  -- The first reply of staff.
  answered_at timestamptz,
  person_spoke_at timestamptz,
  staff_spoke_at timestamptz,
  -- Since then the person knows that it ends soon.
  warned_at timestamptz,
  told_position integer,
  told_at timestamptz,
  -- Of the person's last words, while nobody has answered with it.
  reply_token text,
  reply_until timestamptz,
  closed_at timestamptz,
  closed_because text check (closed_because in ('staff', 'person', 'silence', 'nothing-said')),
  -- 3 good, 2 fair, 1 poor; once.
  satisfaction smallint check (satisfaction between 1 and 3),
  rated_at timestamptz,
  check ((state = 'closed') = (closed_at is not null)),
  check (state <> 'open' or staff_id is not null)
) with (fillfactor = 70);

-- A person has one conversation at a time. Also the question asked of every event in the talk and every message that
-- leaves: is this person in one? It holds only the few that live.
create unique index conversation_live on conversation (line_user_id) where state <> 'closed';
create index conversation_queue on conversation (queued_at, conversation_id) where state in ('waiting', 'left');
create index conversation_by_person on conversation (line_user_id, asked_at);
create index conversation_closed on conversation (closed_at) where state = 'closed';
create index conversation_taken on conversation (taken_at) where taken_at is not null;

create table conversation_message (
  message_id uuid primary key,
  conversation_id uuid not null references conversation (conversation_id) on delete cascade,
  -- The order within a conversation is (at, position).
  at timestamptz not null,
  position bigint generated always as identity,
  author text not null check (author in ('person', 'bot', 'staff', 'system')),
  staff_id uuid references staff (staff_id),
  -- {"kind": "text" | "sticker" | "picture" | …}: the union Content of the feature. An unsent one says only what it was.
  content jsonb not null,
  -- Of what a person sent: its event (once) and LINE's own number, by which it is unsent and pictures are fetched.
  webhook_event_id text,
  line_message_id text,
  -- Of what we sent: its delivery is the outbox row's state.
  outbox_id uuid,
  -- Of what staff did: the same request is one message.
  request_id text,
  unsent_at timestamptz,
  unique (conversation_id, webhook_event_id)
);
create index conversation_message_in_order on conversation_message (conversation_id, at, position);
create unique index conversation_message_request on conversation_message (request_id) where request_id is not null;
create unique index conversation_message_outbox on conversation_message (outbox_id) where outbox_id is not null;
create index conversation_message_of_line on conversation_message (line_message_id) where line_message_id is not null;

-- Every change tells one channel which conversation it was; equal ones of a transaction are told once.
create function tell_conversation() returns trigger language plpgsql as $$
begin
  perform pg_notify('conversation', coalesce(new.conversation_id, old.conversation_id)::text);
  return null;
end $$;
create trigger conversation_told after insert or update or delete on conversation
  for each row execute function tell_conversation();
create trigger conversation_message_told after insert or update on conversation_message
  for each row execute function tell_conversation();

-- What a person said lately, for a conversation that begins: staff then read what the bot was asked. Read once for each
-- conversation; in it stand only events whose words are kept (a day).
create index line_event_said on line_event (line_user_id, occurred_at)
  where event_type in ('message', 'postback', 'unsend') and payload <> '{}';

-- Since when a message is being written: it may be added to hours after its first words.
alter table conversation add column writing_since timestamptz;

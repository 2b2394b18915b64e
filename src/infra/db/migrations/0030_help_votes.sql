-- How often an answer of the FAQ helped, per entry, language and day. Nothing of who asked or what was asked.
create table help_vote_day (
  entry_id text not null,
  language text not null check (language in ('ja', 'en')),
  voted_on date not null,
  helped integer not null default 0,
  not_helped integer not null default 0,
  primary key (entry_id, language, voted_on)
);

-- The cards on which somebody has answered "did this help" in the last days, so that each counts once. The key is a hash
-- of the card, not of a person.
create table help_vote_seen (
  card_hash bytea primary key,
  seen_at timestamptz not null
);
create index help_vote_seen_at on help_vote_seen (seen_at);

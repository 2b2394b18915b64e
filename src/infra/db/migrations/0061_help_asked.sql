-- How often help was asked and which answers were shown, by hour and by day. Nothing of who asked or what was asked.

-- One row a question or an opened answer, only added: nobody waits for anybody. Soon counted together and gone.
create table help_asked (
  -- The beginning of the hour on the operator's clock, and that clock's day.
  hour timestamptz not null,
  day date not null,
  channel text not null check (channel in ('talk', 'web')),
  language text not null check (language in ('ja', 'en')),
  -- A question in somebody's own words, or an answer opened by a tap.
  kind text not null check (kind in ('question', 'opened')),
  found smallint not null,
  -- The entries whose whole answer was shown.
  shown text[] not null
);

create table help_question_hour (
  hour timestamptz not null,
  channel text not null check (channel in ('talk', 'web')),
  language text not null check (language in ('ja', 'en')),
  answered integer not null,
  unanswered integer not null,
  primary key (hour, channel, language)
);

create table help_shown_day (
  entry_id text not null,
  language text not null check (language in ('ja', 'en')),
  channel text not null check (channel in ('talk', 'web')),
  shown_on date not null,
  shown integer not null,
  primary key (entry_id, language, channel, shown_on)
);
create index help_shown_day_by_day on help_shown_day (shown_on);

-- Measures look at conversations by when they were asked for.
create index conversation_asked on conversation (asked_at);

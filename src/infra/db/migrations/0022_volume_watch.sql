-- Partners that want to hear when a share of the month's data is used (CAMARA calls it an event subscription).

create table volume_watch (
  volume_watch_id uuid primary key,
  partner_id text not null references partner,
  subscription_id uuid not null references subscription,
  -- The consent it rests on; null under contract.
  grant_hash bytea,
  -- 50, 75, 90, 100 percent of the plan's monthly volume used.
  percent integer not null check (percent in (50, 75, 90, 100)),
  sink text not null,
  -- The bearer token the sink wants to see, sealed; and when it ends.
  credential_sealed bytea,
  credential_ends_at timestamptz,
  -- Named in the request: then told back in events.
  phone_number text,
  max_events integer check (max_events > 0),
  wants_initial boolean not null,
  expires_at timestamptz,
  started_at timestamptz not null,
  -- The month (YYYY-MM) in which the share was last found used: an event a month.
  reached_month text,
  event_count integer not null default 0,
  ended_at timestamptz,
  -- SUBSCRIPTION_EXPIRED, MAX_EVENTS_REACHED, …
  ended_because text
);
create index volume_watch_standing on volume_watch (partner_id, started_at) where ended_at is null;
create index volume_watch_by_subscription on volume_watch (subscription_id) where ended_at is null;

-- What is told to sinks; written with its cause, delivered by a job.
create table volume_event (
  volume_event_id uuid primary key,
  volume_watch_id uuid not null references volume_watch,
  payload jsonb not null,
  created_at timestamptz not null,
  next_attempt_at timestamptz not null,
  attempts integer not null default 0,
  -- waiting → delivered | failed
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  settled_at timestamptz
);
create index volume_event_waiting on volume_event (next_attempt_at) where state = 'waiting';

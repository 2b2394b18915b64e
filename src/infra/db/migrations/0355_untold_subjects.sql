-- Whose events a program of the operator's did not take. They are tried again in their own time, and nobody's beside them wait.
create table untold_subject (
  feed text not null check (feed in ('changes', 'network')),
  subject_id uuid not null,
  failures integer not null,
  next_attempt_at timestamptz not null,
  primary key (feed, subject_id)
);
create index untold_subject_due on untold_subject (feed, next_attempt_at);

-- What waits of one of them, oldest first.
create index contractor_change_of_contractor on contractor_change (contractor_id, position);
create index network_event_of_subscription on network_event (subscription_id, position) where state = 'waiting';

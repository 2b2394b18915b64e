-- What a subscription consists of beside its number: its plan, and the options added to it.
alter table subscription add column option_codes text[] not null default '{}';

-- Every change of a plan and its options. Which plan counts in a month follows from this table at any moment, whether or
-- not what takes effect has been written into the subscription yet.
create table plan_change (
  plan_change_id uuid primary key,
  subscription_id uuid not null references subscription,
  -- The month from whose first instant on it counts.
  takes_effect_in text not null,
  from_plan_code text not null,
  from_option_codes text[] not null,
  to_plan_code text not null,
  to_option_codes text[] not null,
  asked_at timestamptz not null,
  asked_by text not null check (asked_by in ('contractor', 'provisioning', 'staff')),
  -- The form it came from; the same again is the same change.
  request_id text unique,
  state text not null check (state in ('waiting', 'taken-back', 'applied')),
  settled_at timestamptz,
  -- When people were told that it counts from now on.
  told_at timestamptz
);
create unique index plan_change_waiting on plan_change (subscription_id) where state = 'waiting';
create index plan_change_due on plan_change (takes_effect_in, plan_change_id) where state = 'waiting';
create index plan_change_by_subscription on plan_change (subscription_id, takes_effect_in);
create index plan_change_untold on plan_change (settled_at) where state = 'applied' and told_at is null;

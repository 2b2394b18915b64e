-- What the operator's own systems are still to be told of contractors and subscriptions. What was taken is deleted, so the
-- table holds only what waits.
create table contractor_change (
  change_id uuid primary key,
  position bigint not null generated always as identity unique,
  type text not null check (type in ('contractor.created', 'contractor.changed', 'subscription.created', 'subscription.changed')),
  contractor_id uuid not null,
  subscription_id uuid,
  fields text[] not null,
  at timestamptz not null
);

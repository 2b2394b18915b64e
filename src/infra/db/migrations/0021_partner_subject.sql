-- By which name a partner knows a subscription: random, and another one for each partner, so that two cannot compare.
create table partner_subject (
  subject text primary key,
  partner_id text not null references partner,
  subscription_id uuid not null references subscription,
  unique (partner_id, subscription_id)
);

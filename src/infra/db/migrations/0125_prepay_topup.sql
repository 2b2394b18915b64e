-- Top-ups that came over TM Forum's prepay balance (TMF654): each with the ledger's entry in one transaction.
create table prepay_topup (
  topup_id uuid primary key,
  -- The sender's key: the same again is the same top-up.
  request_id text not null unique,
  -- Tells the same top-up from another one under the same key.
  request_hash bytea not null,
  subscription_id uuid not null references subscription,
  amount_bytes bigint not null check (amount_bytes > 0),
  channel text,
  requested_at timestamptz not null
);
create index prepay_topup_by_time on prepay_topup (requested_at, topup_id);
create index prepay_topup_by_subscription on prepay_topup (subscription_id, requested_at);

-- What the operator's systems had done over TM Forum's prepay balance (TMF654). A row is there when it was taken on, and
-- never otherwise; what became of it is asked of the thing itself.
create table prepay_action (
  -- Of a transfer the gift's id, of an adjustment that of the request staff decide about, of a reservation the slice's.
  action_id uuid primary key,
  kind text not null check (kind in ('topup', 'transfer', 'adjust', 'reserve')),
  -- The sender's key: the same again is the same action.
  request_id text not null,
  -- Tells the same action from another one under the same key.
  request_hash bytea not null,
  subscription_id uuid not null references subscription,
  -- The kind of data that was named; `all` where it goes in the order of use.
  bucket text not null,
  amount_bytes bigint not null check (amount_bytes <> 0),
  channel text,
  reason text,
  requested_at timestamptz not null,
  unique (kind, request_id)
);
create index prepay_action_by_time on prepay_action (kind, requested_at, action_id);
create index prepay_action_by_subscription on prepay_action (subscription_id, kind, requested_at);

insert into prepay_action (action_id, kind, request_id, request_hash, subscription_id, bucket, amount_bytes, channel,
  requested_at)
select topup_id, 'topup', request_id, request_hash, subscription_id, 'top-up', amount_bytes, channel, requested_at
from prepay_topup;
drop table prepay_topup;

-- What was caused beside the monthly fees and goes onto a bill, each once. A row is the fact; which bill it is on
-- follows from when bills are closed.
create table bill_charge (
  charge_id uuid primary key,
  contractor_id uuid not null references contractor,
  subscription_id uuid references subscription,
  kind text not null check (kind in ('top-up', 'gift-fee', 'calls', 'correction')),
  -- In which it was caused, by the operator's calendar.
  month text not null,
  -- In both languages, as it stands on the bill.
  label jsonb not null,
  -- With tax; below zero gives back.
  amount_yen bigint not null,
  is_taxed boolean not null,
  -- Who named it and how: the same again is the same charge.
  source text not null,
  source_id text not null,
  caused_at timestamptz not null,
  recorded_at timestamptz not null,
  -- Set when it is on a bill.
  bill_id uuid,
  unique (source, source_id)
);
create index bill_charge_open on bill_charge (contractor_id) where bill_id is null;
create index bill_charge_by_subscription on bill_charge (subscription_id, kind, month);
create index bill_charge_by_bill on bill_charge (bill_id) where bill_id is not null;

-- Corrections by staff: why, who asked and who approved. The movement itself is in the journal, under the same request.
create table data_correction (
  -- In the scope `data` of the ledger's requests.
  request_id text primary key,
  subscription_id uuid not null references subscription,
  -- Below zero: taken away.
  amount_bytes bigint not null check (amount_bytes <> 0),
  reason text not null,
  -- Ids of staff.
  asked_by text not null,
  approved_by text not null check (approved_by <> asked_by),
  corrected_at timestamptz not null
);
create index data_correction_by_subscription on data_correction (subscription_id, corrected_at);

-- The contract document (契約書面): what was agreed, with the prices of that day, as JSON, AES-256-GCM, bound to the order.
-- Written with the order's completion and never again.
create table contract_document (
  order_id uuid primary key references product_order,
  cipher bytea not null,
  delivered_at timestamptz not null
);

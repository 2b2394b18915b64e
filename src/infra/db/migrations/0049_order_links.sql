-- A mailed link opens its order's page for a while; only its hash is kept.
create table product_order_link (
  token_hash bytea primary key,
  order_id uuid not null references product_order,
  expires_at timestamptz not null
);

-- TM Forum product ordering (TMF622): programs that listen to orders, what they are to be told, and cancellations asked for.

create table order_listener (
  listener_id uuid primary key,
  callback text not null,
  -- Which types of event; empty: all.
  event_types text[] not null,
  -- As it was given, to be given back.
  query text,
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index order_listener_once on order_listener (callback, coalesce(query, '')) where ended_at is null;

-- One row for each listener: written with the change it tells of, delivered in order.
create table order_listener_event (
  event_id uuid primary key,
  listener_id uuid not null references order_listener,
  position bigint generated always as identity,
  -- Nothing personal stands in it.
  payload jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  created_at timestamptz not null,
  next_attempt_at timestamptz not null,
  settled_at timestamptz
);
create index order_listener_event_waiting on order_listener_event (listener_id, position) where state = 'waiting';
create index order_listener_event_settled on order_listener_event (settled_at) where settled_at is not null;

create table order_cancellation (
  cancellation_id uuid primary key,
  order_id uuid not null references product_order,
  -- Sealed like what is said with an order's changes.
  reason_cipher bytea,
  state text not null check (state in ('done', 'terminatedWithError')),
  requested_at timestamptz not null,
  effective_at timestamptz
);
create index order_cancellation_by_time on order_cancellation (requested_at, cancellation_id);

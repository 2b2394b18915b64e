-- What becomes of an application: one row an order, its history, and what it has in common with others.

create table product_order (
  order_id uuid primary key,
  -- From the form: the same id again is the same order.
  request_id text not null unique,
  -- Tells the same application from another one under the same id; keyed.
  request_hash bytea not null,
  -- Eight digits people can read out.
  order_number text not null unique,
  state text not null check (state in ('acknowledged', 'pending', 'held', 'inProgress', 'completed', 'rejected',
                                       'cancelled')),
  -- One more with every change: who decides has seen this one.
  version integer not null default 1,
  -- The application as JSON, AES-256-GCM, bound to this order.
  application_cipher bytea not null,
  plan_code text not null,
  -- Who applied as a contractor already, or whom the completed order made.
  contractor_id uuid references contractor,
  subscription_id uuid references subscription,
  line_user_id text,
  -- Who of the staff looks at it.
  reviewer_id uuid references staff,
  placed_at timestamptz not null,
  changed_at timestamptz not null,
  check (state <> 'completed' or (contractor_id is not null and subscription_id is not null))
);
create index product_order_in_state on product_order (state, changed_at, order_id);
create index product_order_by_contractor on product_order (contractor_id) where contractor_id is not null;
create index product_order_by_line_account on product_order (line_user_id) where line_user_id is not null;

-- Every change, in order; written with it and never again.
create table product_order_change (
  order_id uuid not null references product_order,
  version integer not null,
  event text not null,
  from_state text,
  to_state text not null,
  actor_kind text not null check (actor_kind in ('applicant', 'staff', 'system')),
  staff_id uuid references staff,
  -- What was said with it (a question, an answer, a reason); sealed like the application.
  note_cipher bytea,
  at timestamptz not null,
  primary key (order_id, version)
);
create trigger product_order_change_insert_only before update or delete on product_order_change
  for each row execute function refuse_change();

-- What is held against other orders: keyed hashes, never plain.
create table product_order_trait (
  order_id uuid not null references product_order,
  kind text not null check (kind in ('person', 'name', 'address', 'phone', 'mail', 'card', 'number')),
  hash bytea not null,
  primary key (order_id, kind)
);
create index product_order_trait_by_hash on product_order_trait (hash, kind);

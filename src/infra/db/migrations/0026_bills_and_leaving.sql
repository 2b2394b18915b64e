-- The statement of a month for one contractor, as it was closed. Never changed afterwards: what turns out later goes onto
-- the next one.
create table bill (
  bill_id uuid primary key,
  contractor_id uuid not null references contractor,
  month text not null,
  -- What is to be paid: all lines together. Below zero it is paid back.
  total_yen bigint not null,
  -- Consumption tax contained in the lines that are taxed.
  taxed_yen bigint not null,
  tax_percent integer not null,
  tax_yen bigint not null,
  line_count integer not null,
  closed_at timestamptz not null,
  told_at timestamptz,
  unique (contractor_id, month)
);
create index bill_untold on bill (closed_at) where told_at is null;

create table bill_line (
  bill_id uuid not null references bill,
  position integer not null,
  kind text not null check (kind in ('base-fee', 'option', 'universal-service', 'top-up', 'gift-fee', 'calls',
                                     'correction', 'points')),
  -- Null for what concerns the contract as a whole.
  subscription_id uuid,
  -- In both languages, as it was called when the bill was closed.
  label jsonb not null,
  amount_yen bigint not null,
  is_taxed boolean not null,
  charge_id uuid,
  primary key (bill_id, position)
);

alter table bill_charge add constraint bill_charge_on_bill foreign key (bill_id) references bill;

-- Months whose bills are closed for everybody. The first row says where billing began.
create table bill_closing (
  month text primary key,
  finished_at timestamptz not null
);

-- A subscription on its way out.
create table leave_request (
  leave_id uuid primary key,
  subscription_id uuid not null references subscription,
  kind text not null check (kind in ('cancel', 'mnp-out')),
  asked_at timestamptz not null,
  request_id text not null unique,
  -- Exclusive. A cancellation: when the subscription ends. A reservation number: until when it can be used.
  ends_at timestamptz not null,
  reservation_number text unique,
  state text not null check (state in ('waiting', 'taken-back', 'done', 'lapsed')),
  settled_at timestamptz
);
create unique index leave_request_waiting on leave_request (subscription_id) where state = 'waiting';
create index leave_request_due on leave_request (ends_at) where state = 'waiting';

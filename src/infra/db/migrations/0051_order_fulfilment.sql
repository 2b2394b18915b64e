-- What the network is asked for. Each approval of an order begins a new round under a key of its own, to which its number
-- belongs for good.
create table product_order_activation (
  order_id uuid not null references product_order,
  round integer not null,
  activation_key text not null unique,
  -- open: to be asked for or about; undo: to be stopped, since the order ended; left-over: it had begun to work before it
  -- could be stopped, and somebody has to see to it.
  state text not null default 'open' check (state in ('open', 'done', 'failed', 'undo', 'undone', 'left-over')),
  -- Of this round, from 1: a failure that may pass is tried again.
  attempt integer not null default 1,
  next_look_at timestamptz not null,
  msisdn text,
  iccid text,
  -- What a phone loads its eSIM with; sealed, since whoever has it has the number.
  esim_cipher bytea,
  failure text,
  primary key (order_id, round)
);
create index product_order_activation_due on product_order_activation (next_look_at, order_id)
  where state in ('open', 'undo');
-- No number works for two orders.
create unique index product_order_activation_number on product_order_activation (msisdn) where state = 'done';

-- The first password of a contractor whom an order made: sealed until it is shown, once.
create table product_order_welcome (
  order_id uuid primary key references product_order,
  password_cipher bytea,
  shown_at timestamptz,
  -- When both links were made by one tap.
  linked_at timestamptz
);

-- A password that somebody else has chosen is changed before it opens anything.
alter table contractor add column must_change_password boolean not null default false;

alter table bill_charge drop constraint bill_charge_kind_check;
alter table bill_charge add constraint bill_charge_kind_check
  check (kind in ('top-up', 'gift-fee', 'calls', 'correction', 'registration-fee'));
alter table bill_line drop constraint bill_line_kind_check;
alter table bill_line add constraint bill_line_kind_check
  check (kind in ('base-fee', 'option', 'universal-service', 'top-up', 'gift-fee', 'calls', 'correction', 'points',
                  'registration-fee'));

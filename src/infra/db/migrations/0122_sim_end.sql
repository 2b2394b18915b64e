-- What the network has brought to life it also ends: asked for when the subscription has ended, or where the order was over
-- before the SIM could be stopped, and asked again until it has.

alter table product_order_activation drop constraint product_order_activation_state_check;
-- It worked, and somebody had to see to it by hand: from now on the network is asked.
update product_order_activation set state = 'ending' where state = 'left-over';
alter table product_order_activation add constraint product_order_activation_state_check
  -- ending: worked and is being ended; stuck: the network cannot, the staff see to it; ended: works no more.
  check (state in ('open', 'done', 'failed', 'undo', 'undone', 'ending', 'stuck', 'ended'));
-- Of the end, from 1; an attempt that failed is followed by the next.
alter table product_order_activation add column end_attempt integer not null default 1;
alter table product_order_activation add column ended_at timestamptz;
drop index product_order_activation_due;
create index product_order_activation_due on product_order_activation (next_look_at, order_id)
  where state in ('open', 'undo', 'ending');

-- Those that ended: what belongs to them is looked for again and again.
create index subscription_ended on subscription (ended_at) where ended_at is not null;
create index product_order_by_subscription on product_order (subscription_id) where subscription_id is not null;
create index product_order_activation_ends on product_order_activation (order_id) where state in ('ending', 'stuck');

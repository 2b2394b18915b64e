-- Programs listen to any of TM Forum's interfaces, not to orders alone: each hub has listeners of its own.
alter table order_listener rename to listener;
alter table listener add column hub text not null default 'orders';
alter table listener alter column hub drop default;
drop index order_listener_once;
create unique index listener_once on listener (hub, callback, coalesce(query, '')) where ended_at is null;
alter table order_listener_event rename to listener_event;

-- What listeners were last told of an action. One that is still open is looked at until it has ended.
alter table prepay_action add column told_status text not null default 'created'
  check (told_status in ('created', 'completed', 'cancelled', 'failed'));
create index prepay_action_open on prepay_action (action_id) where told_status = 'created';
update prepay_action set told_status = 'completed' where kind = 'topup';

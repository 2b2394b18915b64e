-- A number that has left may come back, with another subscription: at any moment it belongs to one, over time to several.
-- Whose it was at a moment: whoever opened last before it. Periods that overlap are refused by the statements that write them.
alter table subscription drop constraint subscription_msisdn_key;
create unique index subscription_number_held on subscription (msisdn) where ended_at is null;
create index subscription_by_number on subscription (msisdn, opens_at);

-- What holds for numbers holds for what the network was asked for, too.
drop index product_order_activation_number;

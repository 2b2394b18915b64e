-- Pages of the staff follow orders: each change names its order, in the transaction that makes it.
create function tell_order_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('product_order', new.order_id::text);
  return null;
end $$;
create trigger product_order_told after insert or update of state, version on product_order
  for each row execute function tell_order_changed();
create trigger product_order_activation_told after insert or update of state on product_order_activation
  for each row execute function tell_order_changed();

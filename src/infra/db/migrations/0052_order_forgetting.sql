-- What people wrote is forgotten when its time is over; that there was an order, and what became of it, stays.
alter table product_order add column forgotten_at timestamptz;
create index product_order_to_forget on product_order (changed_at)
  where forgotten_at is null and state in ('rejected', 'cancelled', 'completed');

-- Still written once and never changed: a note can only vanish.
create function refuse_change_but_forgetting() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.note_cipher is null and to_jsonb(new) - 'note_cipher' = to_jsonb(old) - 'note_cipher' then
    return new;
  end if;
  raise exception '% is insert-only', tg_table_name;
end $$;
drop trigger product_order_change_insert_only on product_order_change;
create trigger product_order_change_insert_only before update or delete on product_order_change
  for each row execute function refuse_change_but_forgetting();

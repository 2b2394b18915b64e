-- A question names what of the application it is about, and the applicant answers it with corrected values.

-- Of a question what it is about, of a correction what it has changed.
alter table product_order_change add column about text[] not null default '{}';
-- The application as it was before a correction, sealed like the order's own.
alter table product_order_change add column before_cipher bytea;

-- Still written once and never changed: what people wrote can only vanish.
create or replace function refuse_change_but_forgetting() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.note_cipher is null and new.before_cipher is null
    and to_jsonb(new) - 'note_cipher' - 'before_cipher' = to_jsonb(old) - 'note_cipher' - 'before_cipher' then
    return new;
  end if;
  raise exception '% is insert-only', tg_table_name;
end $$;

-- A draft that corrects an order begins with what was applied for, and is about one question.
alter table application_draft add column corrects_order_id uuid references product_order;
alter table application_draft add column corrects_version integer;
create index application_draft_corrects on application_draft (corrects_order_id) where corrects_order_id is not null;

-- The journal lies in a table for each month. One table grew for ever: its index left memory, and nothing could be taken away.
-- Ids begin with their moment, so they say where an entry lies, also to whoever goes along a chain of them. Months are UTC's:
-- bounds must not move with a setting.

-- What there is stays where it is, as the first of them: everything before the first bound ahead.
alter table ledger_entry rename to ledger_entry_first;
alter table ledger_entry_first rename constraint ledger_entry_pkey to ledger_entry_first_pkey;
drop trigger ledger_entry_insert_only on ledger_entry_first;

create table ledger_entry (like ledger_entry_first including all excluding indexes, primary key (entry_id))
  partition by range (entry_id);

-- Whichever of the tables it stands on, it speaks of the one it was said for.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is insert-only', coalesce(tg_argv[0], tg_table_name);
end $$;
create trigger ledger_entry_insert_only before update or delete on ledger_entry
  for each row execute function refuse_change('ledger_entry');

-- An entry that no month has been made for. Whoever makes months gives these entries one, too (src/ledger/months.ts).
create table ledger_entry_rest partition of ledger_entry default;

do $$
declare
  newest text := (select entry_id from ledger_entry_first order by entry_id desc limit 1);
  newest_ms bigint := ('x' || left(replace(newest, '-', ''), 12))::bit(48)::bigint;
  month timestamp := date_trunc('month', greatest(now(), to_timestamp(newest_ms / 1000.0)) at time zone 'UTC') + interval '1 month';
  bound uuid := lpad(to_hex(extract(epoch from month)::bigint * 1000), 12, '0') || '70008000000000000000';
  name text := 'ledger_entry_until_' || to_char(month, 'YYYY_MM');
begin
  execute format('alter table ledger_entry attach partition ledger_entry_first for values from (minvalue) to (%L)', bound);
  execute format('alter table ledger_entry_first rename constraint ledger_entry_first_pkey to %I', name || '_pkey');
  execute format('alter table ledger_entry_first rename to %I', name);
end $$;

-- The smallest id that the journal can still hold: what came before it lies in months that were taken away.
create function ledger_journal_begins() returns uuid stable language sql as $$
  select coalesce(min(case when bound like '%FROM (MINVALUE)%' then '00000000-0000-0000-0000-000000000000'
                           else substring(bound from $re$FROM \('(.+)'\) TO$re$) end collate "C"),
                  '00000000-0000-0000-0000-000000000000')::uuid
  from (select pg_get_expr(relpartbound, oid) as bound from pg_inherits join pg_class on oid = inhrelid
        where inhparent = 'ledger_entry'::regclass) as month
$$;

-- The journal is not emptied either. Whoever may empty a whole database (the demo begun anew, a bench) says so first, for its
-- transaction alone: set local renkei.emptying = 'on'. A trigger on a statement is not handed down to a table's parts, so each has its own
-- (src/ledger/months.ts sees to those to come).
do $$
declare
  part regclass;
begin
  for part in select 'ledger_entry'::regclass union all select inhrelid from pg_inherits where inhparent = 'ledger_entry'::regclass loop
    execute format($sql$create trigger ledger_entry_not_emptied before truncate on %s for each statement
      when (current_setting('renkei.emptying', true) is distinct from 'on') execute function refuse_change('ledger_entry')$sql$, part);
  end loop;
end $$;

-- Owners' rows are what a batch finds by their place.
alter function ledger_lots_moved() rename to ledger_owner_moved;

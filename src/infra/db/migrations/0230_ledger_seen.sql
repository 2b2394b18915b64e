-- What the hourly look last found to agree, owner by owner. The next look reads what came into the journal behind it, so it
-- costs what has happened in an hour, and not what has ever happened.
create table ledger_seen (
  owner_id uuid primary key,
  -- The newest entries that took from the owner and that brought to it.
  last_out uuid,
  last_in uuid,
  -- The lots in the owner's row, and what each held.
  lot_ids uuid[] not null,
  remaining bigint[] not null
) with (fillfactor = 70);

-- How many entries a look has read; null where it read the journal from its beginning.
alter table ledger_check add column entries_read bigint;

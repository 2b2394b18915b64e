-- What a batch says when a lot is not where it found it: somebody changed it without its owner's lock. A serialization
-- failure, so the batch is run again.
create function ledger_lots_moved() returns void language plpgsql as $$
begin
  raise exception 'a lot was changed by somebody who does not hold its owner''s lock' using errcode = '40001';
end $$;

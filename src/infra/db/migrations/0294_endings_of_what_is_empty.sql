-- 0190 noted an end for what was empty already and had not ended, too. Movements keep a note only while something is left, the
-- hourly look holds the notes to that, and gifts would have rested after an upgrade until those ends had passed.
delete from ledger_ending as noted
where not exists (
  select from ledger_lot as held
  where held.owner_id = noted.owner_id and held.remaining > 0
    and floor(extract(epoch from held.expires_at) * 1000)::bigint = noted.ends_ms
);

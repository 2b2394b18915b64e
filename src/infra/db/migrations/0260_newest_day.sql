-- What a subscription used on its newest day stands in its owner's row, as a note ("day": [day, used, zero-rated, over]), which
-- each use locks, reads and writes anyhow: its day was a row of its own, found by key and written again for each use. It is
-- written there once, when a later day has come. `data_usage_daily` shows all days, as before.

alter table data_usage_daily rename to data_usage_earlier;
alter index data_usage_daily_pkey rename to data_usage_earlier_pkey;

-- So none of the days written down is the noted one, nor later.
with newest as materialized (
  select distinct on (subscription_id) * from data_usage_earlier order by subscription_id, used_on desc
), noted as (
  update ledger_owner set notes = (notes::jsonb || jsonb_build_object(
    'day', jsonb_build_array(used_on, used_bytes, zero_rated_bytes, over_bytes)))::json
  from newest where owner_id = subscription_id
  returning owner_id
)
delete from data_usage_earlier as day using newest, noted
where newest.subscription_id = noted.owner_id and day.subscription_id = newest.subscription_id and day.used_on = newest.used_on;

create view data_usage_daily as
select subscription_id, used_on, used_bytes, zero_rated_bytes, over_bytes from data_usage_earlier
union all
select owner_id, (day ->> 0)::date, (day ->> 1)::bigint, (day ->> 2)::bigint, (day ->> 3)::bigint
-- Taken out of the notes once, and not for each column.
from ledger_owner cross join lateral (select notes -> 'day' as day offset 0) as noted
where day is not null;

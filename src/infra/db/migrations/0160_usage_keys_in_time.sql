-- A record's key was a hash, so each was written, and looked for, at a place of its own in an index of weeks of records. An id
-- that tells when it was made (a UUID of version 7, which is what most programs make today) now gives its moment to the
-- key: what was made together lies together, and the feed works on the few pages at the index's end.

-- What was counted before keeps its keys, which cannot be made from themselves, until it is forgotten.
alter table usage_record rename to usage_record_by_hash;
alter index usage_record_pkey rename to usage_record_by_hash_pkey;
alter index usage_record_by_time rename to usage_record_by_hash_by_time;

create table usage_record (
  record_key uuid primary key,
  -- Half a SHA-256 of all that the record tells: another one under the same key is a conflict.
  record_hash uuid not null,
  counted_at timestamptz not null,
  used_on date not null,
  -- Both below zero where a smaller total gave back.
  drawn_bytes bigint not null,
  over_bytes bigint not null,
  is_late boolean not null
);
-- Rows come in the order of their time: a summary of each stretch of the table finds those that can be forgotten.
create index usage_record_by_time on usage_record using brin (counted_at) with (autosummarize = on);

-- The key of a request of use, as the program makes it: half a SHA-256 of the request, which is `usage:["source","id"]`; the 48
-- bits of an id's moment take the place of the first.
create function usage_record_key(request_id text) returns uuid language sql stable strict parallel safe as $$
  select case when made.at is null then hashed.key
              else (replace(made.at, '-', '') || right(replace(hashed.key::text, '-', ''), 20))::uuid end
  from (select ledger_request_key('data', request_id) as key) as hashed,
       (select substring(request_id from '","([0-9a-f]{8}-[0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"\]$') as at)
         as made
$$;

-- What was counted of the usage feed, by record: apart from the ledger's answers, of which they were nearly all, and as columns
-- instead of text. So the feed's records are forgotten by their time alone, and none of the others has to be read for it.
create table usage_record (
  -- Half a SHA-256 of whose request it is and of the record's source and id (`ledger_request_key`).
  record_key uuid primary key,
  -- The same of all that the record tells: another one under the same key is a conflict.
  record_hash uuid not null,
  counted_at timestamptz not null,
  used_on date not null,
  -- Both below zero where a smaller total gave back.
  drawn_bytes bigint not null,
  over_bytes bigint not null,
  is_late boolean not null
);

insert into usage_record (record_key, record_hash, counted_at, used_on, drawn_bytes, over_bytes, is_late)
select request_key, body_hash, answered_at, (answer::json ->> 'usedOn')::date, (answer::json ->> 'drawnBytes')::bigint,
       (answer::json ->> 'overBytes')::bigint, (answer::json ->> 'isLate')::boolean
from ledger_answer where answer ~ '^{"result":"used"'
order by answered_at;
delete from ledger_answer where answer ~ '^{"result":"used"';

-- Rows come in the order of their time: a summary of each stretch of the table finds those that can be forgotten.
create index usage_record_by_time on usage_record using brin (counted_at) with (autosummarize = on);

-- An answer's key was a hash, so each was looked for, and written, at a place of its own in an index of 400 days. A request
-- whose id ends with one that tells when it was made (a UUID of version 7, as our pages and most programs make them) now gives
-- that moment to the key, and what is asked together lies together.

-- What was answered before keeps its keys, which cannot be made from themselves, until it is forgotten.
alter table ledger_answer rename to ledger_answer_by_hash;
alter index ledger_answer_pkey rename to ledger_answer_by_hash_pkey;
alter index ledger_answer_by_time rename to ledger_answer_by_hash_by_time;

create table ledger_answer (
  request_key uuid primary key,
  -- The first 16 bytes of the SHA-256 of what was asked.
  body_hash uuid not null,
  answer text not null,
  answered_at timestamptz not null
);
-- Rows come in the order of their time: a summary of each stretch of the table finds those that can be forgotten.
create index ledger_answer_by_time on ledger_answer using brin (answered_at) with (autosummarize = on);

-- The key of a request's answer, as the program makes it: `ledger_request_key`, whose first 48 bits are an id's moment where
-- the request ends with an id that tells it.
create function ledger_answer_key(scope text, request_id text) returns uuid language sql stable strict parallel safe as $$
  select case when made.at is null then hashed.key
              else (replace(made.at, '-', '') || right(replace(hashed.key::text, '-', ''), 20))::uuid end
  from (select ledger_request_key(scope, request_id) as key) as hashed,
       (select substring(request_id from '([0-9a-f]{8}-[0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$') as at)
         as made
$$;

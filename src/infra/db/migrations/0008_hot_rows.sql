-- Fewer and smaller rows and index entries where most is written: a gift wrote 21 index entries and 5.2 KB of
-- write-ahead log, two thirds of it for what nobody asks for.

-- Every row of a hot table asked its parent for permission by a query of its own, and locked it: 15 µs a gift. What the
-- batch writes it has just loaded under the owners' locks, parents are never removed (below), and the hourly look of the
-- ledger finds a lot without an owner.
alter table ledger_lot drop constraint ledger_lot_owner_id_fkey;
alter table gift
  drop constraint gift_sender_subscription_id_fkey,
  drop constraint gift_receiver_subscription_id_fkey;
alter table data_usage_daily drop constraint data_usage_daily_subscription_id_fkey;
alter table data_month drop constraint data_month_subscription_id_fkey;
alter table usage_counter drop constraint usage_counter_subscription_id_fkey;
alter table data_throttle drop constraint data_throttle_subscription_id_fkey;
alter table network_event drop constraint network_event_subscription_id_fkey;
alter table data_notice drop constraint data_notice_subscription_id_fkey;

create function refuse_removal() returns trigger language plpgsql as $$
begin
  raise exception 'a % is never removed: others name it', tg_table_name;
end $$;
create trigger subscription_stays before delete on subscription
  for each row execute function refuse_removal();

-- The ledger's answers, apart from those of other requests: found by a hash of scope and request id, which is a third of
-- their texts, and kept as the text that was answered.
create function ledger_request_key(scope text, request_id text) returns uuid language sql stable strict parallel safe as $$
  select encode(substring(sha256(convert_to(scope || ' ' || request_id, 'UTF8')) for 16), 'hex')::uuid
$$;
create table ledger_answer (
  request_key uuid primary key,
  -- The first 16 bytes of the SHA-256 of what was asked.
  body_hash uuid not null,
  answer text not null,
  answered_at timestamptz not null
);
insert into ledger_answer (request_key, body_hash, answer, answered_at)
select ledger_request_key(scope, request_id), encode(substring(body_hash for 16), 'hex')::uuid, answer::text, answered_at
from idempotent_request where scope in ('gift', 'data', 'point');
delete from idempotent_request where scope in ('gift', 'data', 'point');
-- Rows come in the order of their time: a summary of each stretch of the table finds those that can be forgotten.
create index ledger_answer_by_time on ledger_answer using brin (answered_at) with (autosummarize = on);

-- A message that is one with its cause needs no key against a second one: the cause happens once.
alter table outbox
  alter column dedupe_key drop not null,
  drop constraint outbox_dedupe_key_key,
  -- Checked, but not taken apart: it is read whole.
  alter column body type json;
create unique index outbox_dedupe on outbox (dedupe_key) where dedupe_key is not null;

-- Most gifts have no token.
alter table gift drop constraint gift_claim_token_hash_key;
create unique index gift_by_claim_token on gift (claim_token_hash) where claim_token_hash is not null;

-- The record of a gift is the gift itself, with the journal: who gave, who received, and who ended it otherwise.
alter table gift add column ended_by_line_user_id text;

-- Contracts, the people on LINE, the two kinds of link, the talk's doors, and the ledger.
-- Amounts are whole bytes; instants are timestamptz; months are computed by the program, never here.
-- The subscription (or owner) leads every hot key, so that a sharded PostgreSQL can spread by it.

-- Contracts ------------------------------------------------------------------------------------

create table contractor (
  contractor_id uuid primary key,
  -- Lower case; compared as typed after folding.
  login_id text not null unique,
  password_hash text not null,
  name text not null,
  kana text,
  -- Null for a company.
  birth_date date,
  email text not null,
  created_at timestamptz not null
);

create table subscription (
  subscription_id uuid primary key,
  contractor_id uuid not null references contractor,
  -- E.164 digits without the plus sign.
  msisdn text not null unique,
  plan_code text not null,
  -- In service from opens_at (inclusive) to ended_at (exclusive).
  opens_at timestamptz not null,
  ended_at timestamptz,
  -- The registered user; null columns mean the contractor carries the phone.
  user_name text,
  user_birth_date date,
  created_at timestamptz not null
);
create index subscription_by_contractor on subscription (contractor_id);

-- People on LINE -------------------------------------------------------------------------------

create table line_account (
  line_user_id text primary key,
  display_name text,
  language text not null default 'ja' check (language in ('ja', 'en')),
  is_friend boolean not null default false,
  -- The subscription this person means when several are linked.
  chosen_subscription_id uuid,
  -- Which rich menu the person was last given, so that only changes go out.
  menu text,
  followed_at timestamptz,
  unfollowed_at timestamptz,
  updated_at timestamptz not null
);

-- Links ----------------------------------------------------------------------------------------

create table contractor_link (
  contractor_link_id uuid primary key,
  contractor_id uuid not null references contractor,
  line_user_id text not null,
  linked_at timestamptz not null,
  unlinked_at timestamptz,
  -- talk, my-page, console, account-deleted
  unlinked_from text
);
create unique index contractor_link_live on contractor_link (contractor_id, line_user_id) where unlinked_at is null;
create index contractor_link_by_line_account on contractor_link (line_user_id) where unlinked_at is null;

create table link_code (
  link_code_id uuid primary key,
  subscription_id uuid not null references subscription,
  -- HMAC-SHA-256 under the lookup key: finds a code without storing it.
  lookup_hash bytea not null,
  lookup_key_version integer not null,
  -- AES-256-GCM under the show key, bound to the subscription: shows it again to the contractor.
  shown_cipher bytea not null,
  show_key_version integer not null,
  last_four text not null check (last_four ~ '^[0-9]{4}$'),
  issued_at timestamptz not null,
  -- opened, contractor, staff, provisioning
  issued_by text not null,
  reason text,
  revoked_at timestamptz
);
create unique index link_code_live_by_subscription on link_code (subscription_id) where revoked_at is null;
create unique index link_code_by_lookup_hash on link_code (lookup_hash);
create index link_code_by_subscription on link_code (subscription_id, issued_at);

create table user_link (
  user_link_id uuid primary key,
  subscription_id uuid not null references subscription,
  line_user_id text not null,
  link_code_id uuid not null references link_code,
  linked_at timestamptz not null,
  unlinked_at timestamptz,
  -- talk, my-page, console, re-issue, replaced, account-deleted
  unlinked_from text
);
create unique index user_link_live on user_link (subscription_id, line_user_id) where unlinked_at is null;
create index user_link_by_line_account on user_link (line_user_id) where unlinked_at is null;

-- A link in the making: from the tap in the talk, over the page that proves the contract, to LINE's dialogue.
create table link_attempt (
  link_attempt_id uuid primary key,
  purpose text not null check (purpose in ('contractor', 'user')),
  -- For whom LINE issued the link token; the only account this attempt may ever bind.
  line_user_id text not null,
  link_token_hash bytea not null unique,
  -- Needed once more, for the redirect into LINE's dialogue; encrypted, gone when used.
  link_token_cipher bytea,
  -- The browser session that opened the page; set by the first browser, which is then the only one.
  browser_hash bytea,
  -- What was proven on the page: a contractor id or a subscription id, and by which code.
  target_id uuid,
  link_code_id uuid,
  nonce_hash bytea unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- issued → opened → proven → linked | failed | refused
  state text not null default 'issued',
  failure text,
  ended_at timestamptz
);
create index link_attempt_by_line_account on link_attempt (line_user_id, created_at);

-- Limits on tries, counted before anything is looked up.
create table try_window (
  -- The name of the limit, as in its rule: link-code:account-15m, sign-in:address, …
  limit_name text not null,
  -- A keyed hash of who or what is limited; never the plain address or account.
  subject text not null,
  -- Start of the window by the program's clock.
  window_start timestamptz not null,
  tries integer not null,
  primary key (limit_name, subject, window_start)
);
create table try_block (
  limit_name text not null,
  subject text not null,
  blocked_until timestamptz not null,
  primary key (limit_name, subject)
);

-- Web sessions ---------------------------------------------------------------------------------

create table web_session (
  session_id uuid primary key,
  secret_hash bytea not null unique,
  contractor_id uuid references contractor,
  line_user_id text,
  -- password, line-login
  method text not null,
  user_agent text,
  created_at timestamptz not null,
  -- When the person last proved who they are; revealing a code asks for a recent one.
  authenticated_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  check (contractor_id is not null or line_user_id is not null)
);
create index web_session_by_contractor on web_session (contractor_id) where ended_at is null;
create index web_session_by_line_account on web_session (line_user_id) where ended_at is null;

-- The talk's doors -----------------------------------------------------------------------------

-- Every webhook event once, under LINE's own id, before the door answers 200.
create table line_event (
  webhook_event_id text primary key,
  line_user_id text,
  event_type text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  payload jsonb not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  done_at timestamptz,
  parked_at timestamptz,
  last_error text
);
create index line_event_undone on line_event (occurred_at, webhook_event_id) where done_at is null and parked_at is null;

-- What leaves for LINE; written in the transaction that caused it.
create table outbox (
  -- Also the X-Line-Retry-Key: stored before the first try.
  outbox_id uuid primary key,
  line_user_id text not null,
  kind text not null check (kind in ('message', 'rich-menu')),
  -- Present while answering with the reply token is still possible and free of charge.
  reply_token text,
  reply_until timestamptz,
  body jsonb not null,
  -- One cause, one message, however often the cause is processed.
  dedupe_key text not null unique,
  created_at timestamptz not null,
  next_attempt_at timestamptz not null,
  attempts integer not null default 0,
  first_tried_at timestamptz,
  leased_until timestamptz,
  -- waiting → sent | dropped (the person blocked the account) | failed (LINE refused) | unknown
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dropped', 'failed', 'unknown')),
  settled_at timestamptz,
  line_request_id text,
  last_error text
);
create index outbox_waiting on outbox (line_user_id, created_at, outbox_id) where state = 'waiting';

create table rich_menu (
  -- nobody:ja, both:en, …
  name text primary key,
  -- Changes with the picture or the areas, so that an unchanged menu is not made twice.
  fingerprint text not null,
  line_rich_menu_id text not null,
  created_at timestamptz not null
);

-- What happened, for people: who did what to whom.
create table audit_log (
  audit_id uuid primary key,
  at timestamptz not null,
  -- contractor, line-account, staff, provisioning, system
  actor_kind text not null,
  actor_id text,
  action text not null,
  contractor_id uuid,
  subscription_id uuid,
  detail jsonb not null default '{}'
);
create index audit_log_by_contractor on audit_log (contractor_id, at);
create index audit_log_by_subscription on audit_log (subscription_id, at);

-- Ledger ---------------------------------------------------------------------------------------

-- One row an owner (a subscription, a contractor, a gift under way): what a batch locks, in id order.
create table ledger_owner (
  owner_id uuid primary key
) with (fillfactor = 90);

-- What an owner has, by kind and lifetime. The balance is the sum of what remains in lots that have not ended.
create table ledger_lot (
  owner_id uuid not null references ledger_owner,
  lot_id uuid not null,
  -- byte, point
  unit text not null,
  kind text not null,
  remaining bigint not null check (remaining >= 0),
  granted_at timestamptz not null,
  -- Exclusive: at this instant the lot can no longer be used.
  expires_at timestamptz not null,
  -- For an amount set aside: the lot it came from and goes back to.
  origin_owner_id uuid,
  origin_lot_id uuid,
  primary key (owner_id, lot_id)
) with (fillfactor = 70);
create index ledger_lot_expiring on ledger_lot (expires_at) where remaining > 0;

-- The journal: one row a movement, both sides with the balance after it. Never changed.
create table ledger_entry (
  entry_id uuid primary key,
  at timestamptz not null,
  -- The request that caused it.
  request_scope text not null,
  request_id text not null,
  reason text not null,
  unit text not null,
  amount bigint not null check (amount > 0),
  -- A null side is a named source or sink, told by the reason.
  from_owner_id uuid,
  from_lot_id uuid,
  from_lot_after bigint check (from_lot_after >= 0),
  to_owner_id uuid,
  to_lot_id uuid,
  to_lot_after bigint check (to_lot_after >= 0),
  check (from_lot_id is not null or to_lot_id is not null),
  check (from_lot_id is not null or reason in ('plan-grant', 'purchase', 'adjustment')),
  check (to_lot_id is not null or reason in ('usage', 'expiry', 'adjustment'))
);
create index ledger_entry_from on ledger_entry (from_owner_id, entry_id) where from_owner_id is not null;
create index ledger_entry_to on ledger_entry (to_owner_id, entry_id) where to_owner_id is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is insert-only', tg_table_name;
end $$;
create trigger ledger_entry_insert_only before update or delete on ledger_entry
  for each row execute function refuse_change();
create trigger audit_log_insert_only before update or delete on audit_log
  for each row execute function refuse_change();

-- Answers by request, refusals included: a repeat gets the same answer, another body under the same id is refused.
create table idempotent_request (
  scope text not null,
  request_id text not null,
  body_hash bytea not null,
  answer jsonb not null,
  answered_at timestamptz not null,
  primary key (scope, request_id)
);

-- Data -----------------------------------------------------------------------------------------

-- Bytes used per operator-zone day, for people; single sessions are not kept.
create table data_usage_daily (
  subscription_id uuid not null references subscription,
  used_on date not null,
  used_bytes bigint not null default 0,
  zero_rated_bytes bigint not null default 0,
  -- Used beyond what was there to draw from.
  over_bytes bigint not null default 0,
  primary key (subscription_id, used_on)
) with (fillfactor = 80);

-- Which months have been turned for a subscription: granted once, however often the job runs.
create table data_month (
  subscription_id uuid not null references subscription,
  -- YYYY-MM in the operator's zone
  month text not null,
  turned_at timestamptz not null,
  primary key (subscription_id, month)
);

-- Gifts ----------------------------------------------------------------------------------------

create table gift (
  gift_id uuid primary key,
  sender_subscription_id uuid not null references subscription,
  sender_line_user_id text not null,
  -- Known from the start for a person of the same contract, else from the claim.
  receiver_subscription_id uuid references subscription,
  receiver_line_user_id text,
  amount_bytes bigint not null check (amount_bytes > 0),
  way text not null check (way in ('same-contract', 'share-link', 'gift-code', 'phone-number', 'direct')),
  -- The month (YYYY-MM) whose limit it counts against.
  month text not null,
  -- SHA-256 of the one-time claim token in the share link.
  claim_token_hash bytea unique,
  state text not null check (state in ('waiting', 'claimed', 'declined', 'taken-back', 'expired')),
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index gift_by_sender on gift (sender_subscription_id, offered_at);
create index gift_by_receiver on gift (receiver_subscription_id, offered_at) where receiver_subscription_id is not null;
create index gift_waiting on gift (expires_at) where state = 'waiting';

-- How contractors prove who they are, beyond the password; and the mail that goes with it.

-- Mail leaves after the commit of what caused it, each once.
create table mail_outbox (
  mail_id uuid primary key,
  recipient text not null,
  -- {subject, text}; gone when the mail is settled, since it may hold a one-time link.
  body jsonb,
  dedupe_key text not null unique,
  created_at timestamptz not null,
  next_attempt_at timestamptz not null,
  attempts integer not null default 0,
  -- unknown: the connection broke after the mail was handed over; never sent again by itself.
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed', 'unknown')),
  settled_at timestamptz,
  last_error text
);
create index mail_outbox_waiting on mail_outbox (next_attempt_at, mail_id) where state in ('waiting', 'sending');

-- Somebody asks for a new password. Written the same way whether there is such a login ID or not; a job looks it up.
create table password_reset_request (
  request_id uuid primary key,
  login_id text not null,
  language text not null check (language in ('ja', 'en')),
  requested_at timestamptz not null
);

create table password_reset (
  -- SHA-256 of the token in the mailed link.
  token_hash bytea primary key,
  contractor_id uuid not null references contractor,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_reset_by_contractor on password_reset (contractor_id) where used_at is null;

-- For when the phone with the authenticator app is gone: each once.
create table recovery_code (
  contractor_id uuid not null references contractor,
  -- SHA-256; a code has 80 random bits.
  code_hash bytea not null,
  used_at timestamptz,
  primary key (contractor_id, code_hash)
);

-- The second proof: when a session last gave one, and by what.
alter table web_session
  add column proven_at timestamptz,
  -- line, line-tap, one-time-code, recovery-code, mail-code, passkey
  add column proven_by text;
-- A sign-in with LINE is one.
update web_session set proven_at = authenticated_at, proven_by = 'line' where method = 'line-login' and ended_at is null;
create index web_session_history on web_session (contractor_id, created_at);

-- 「はい、わたしです」 in the linked LINE talk.
create table proof_tap (
  tap_id uuid primary key,
  session_id uuid not null references web_session,
  contractor_id uuid not null references contractor,
  asked_at timestamptz not null,
  answer text check (answer in ('yes', 'no')),
  answered_at timestamptz,
  answered_by text
);
create index proof_tap_by_session on proof_tap (session_id, asked_at);

-- A code mailed to the registered address, where there is no better way yet.
create table proof_mail_code (
  session_id uuid primary key references web_session,
  -- HMAC: six digits would be found behind a plain hash at once.
  code_hash bytea not null,
  sent_at timestamptz not null,
  used_at timestamptz
);

-- The operator's own people: accounts, sessions apart from customers', looks at customers, and what needs two of them.

create table staff (
  staff_id uuid primary key,
  login_id text not null unique,
  password_hash text not null,
  name text not null,
  role text not null check (role in ('agent', 'supervisor', 'auditor', 'admin')),
  created_at timestamptz not null,
  closed_at timestamptz
);

create table staff_session (
  session_id uuid primary key,
  -- SHA-256 of the secret in the cookie.
  secret_hash bytea not null unique,
  staff_id uuid not null references staff,
  user_agent text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz
);
create index staff_session_by_staff on staff_session (staff_id) where ended_at is null;

-- Seeds of one-time codes, for staff and for customers: AES-256-GCM, bound to their owner.
create table one_time_seed (
  owner_kind text not null check (owner_kind in ('staff', 'contractor')),
  owner_id uuid not null,
  seed_cipher bytea not null,
  -- The last step (30 s since 1970) a code was accepted for: each code counts once.
  last_step bigint not null default 0,
  created_at timestamptz not null,
  primary key (owner_kind, owner_id)
);

-- Why a member of staff looked at a customer: a typed reason, or a conversation that was open.
create table staff_look (
  look_id uuid primary key,
  at timestamptz not null,
  staff_id uuid not null references staff,
  contractor_id uuid references contractor,
  subscription_id uuid references subscription,
  reason text,
  conversation_id uuid,
  check (contractor_id is not null or subscription_id is not null),
  check ((reason is null) <> (conversation_id is null))
);
create index staff_look_by_staff on staff_look (staff_id, at);

-- What one asks for and another decides.
create table four_eyes_request (
  request_id uuid primary key,
  kind text not null,
  payload jsonb not null,
  reason text not null,
  contractor_id uuid references contractor,
  subscription_id uuid references subscription,
  asked_by uuid not null references staff,
  asked_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused')),
  decided_by uuid references staff,
  decided_at timestamptz,
  note text,
  check ((state = 'waiting') = (decided_by is null)),
  check (decided_by <> asked_by)
);
create index four_eyes_request_waiting on four_eyes_request (asked_at, request_id) where state = 'waiting';
create index four_eyes_request_by_time on four_eyes_request (asked_at, request_id);

-- The audit log's chain: each link holds the hash over the one before and the row's content. Rows are chained after
-- their commit, in portions, so that writing one waits for nobody.
create table audit_chain (
  position bigint primary key,
  audit_id uuid not null unique,
  hash bytea not null
);
create trigger audit_chain_insert_only before update or delete on audit_chain
  for each row execute function refuse_change();

-- Written with the row by the database itself, gone when the row is chained.
create table audit_unchained (
  audit_id uuid primary key
);
insert into audit_unchained select audit_id from audit_log;

create function await_chaining() returns trigger language plpgsql as $$
begin
  insert into audit_unchained select audit_id from written;
  return null;
end $$;
create trigger audit_log_await_chaining after insert on audit_log
  referencing new table as written for each statement execute function await_chaining();

create index audit_log_by_time on audit_log (at, audit_id);

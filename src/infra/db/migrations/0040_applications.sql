-- Applications that are not sent yet. Who applies is known by their LINE account, by their contract, or by nothing but a
-- secret in their browser.

create table application_draft (
  draft_id uuid primary key,
  -- Who began it in LINE. With a contractor it is theirs alone, and this only says whom to tell.
  line_user_id text,
  contractor_id uuid references contractor,
  -- Everything typed, sealed under the key `show` and bound to the draft; null once it was sent.
  sealed bytea,
  -- Six digits that were mailed, with the address they were mailed to, as a keyed hash.
  mail_code_hash bytea,
  mail_code_sent_at timestamptz,
  -- A mailed link to go on elsewhere: the SHA-256 of its token, used once.
  link_hash bytea unique,
  link_sent_at timestamptz,
  begun_at timestamptz not null,
  expires_at timestamptz not null,
  -- What it became.
  order_id uuid,
  sent_at timestamptz,
  check ((sealed is null) = (order_id is not null))
);
create index application_draft_by_line_account on application_draft (line_user_id) where line_user_id is not null;
create index application_draft_by_contractor on application_draft (contractor_id) where contractor_id is not null;
create index application_draft_by_expiry on application_draft (expires_at);

-- Browsers that hold a draft: the SHA-256 of a secret in a cookie.
create table application_browser (
  secret_hash bytea not null,
  draft_id uuid not null references application_draft on delete cascade,
  since timestamptz not null,
  primary key (secret_hash, draft_id)
);
create index application_browser_by_draft on application_browser (draft_id);

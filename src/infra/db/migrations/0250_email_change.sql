-- A mail address a contractor wishes for, until the code that was sent there is entered: at most one each.
create table email_change (
  contractor_id uuid primary key references contractor,
  email text not null,
  -- HMAC: six digits would be found behind a plain hash at once.
  code_hash bytea not null,
  -- The form's: the same again sends nothing twice.
  request_id uuid not null,
  asked_at timestamptz not null,
  -- Kept for a while after it took effect, so that the same code sent twice gets the same answer.
  confirmed_at timestamptz
);
create index email_change_by_time on email_change (asked_at);

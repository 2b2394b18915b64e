-- Who a LINE account is in the audit log. The log names an alias and is never changed; without this row it is nobody's.
-- What was written before this table names the account itself: it is part of what the chain proves, and stays.
create table audit_person (
  alias text primary key,
  line_user_id text not null unique,
  made_at timestamptz not null
);
create index audit_person_by_time on audit_person (made_at);

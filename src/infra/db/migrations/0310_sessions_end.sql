-- A session that is forgotten takes along the code that was mailed for it.
alter table proof_mail_code
  drop constraint proof_mail_code_session_id_fkey,
  add foreign key (session_id) references web_session on delete cascade;

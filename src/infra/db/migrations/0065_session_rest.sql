-- Money rests after half an hour without a visit; what was tapped in the talk is for one purpose, and counts once.

alter table web_session
  -- When the session was next seen after it had been idle too long for money; null again with the next proof.
  add column rested_at timestamptz,
  -- What the last second proof was for (session-rules.ts); null: for everything.
  add column proven_for text;

alter table proof_tap
  add column purpose text not null default 'other',
  -- When the session took the answer; a second time it is worth nothing.
  add column used_at timestamptz;

-- The language a contractor last read My Page in; mails are written in it.
alter table contractor add column language text check (language in ('ja', 'en'));

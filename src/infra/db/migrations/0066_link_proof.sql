-- A link that was made by a password alone is no second proof at first, and a second link needs more than a password.

-- From when the LINE account proves its contractor; null: from the beginning, as before.
alter table contractor_link add column counts_from timestamptz;

alter table link_attempt
  -- Whose password was right on the page: the second step goes on from it.
  add column confirmed_contractor_id uuid,
  -- What was given beyond the password, if anything: line-tap, one-time-code, recovery-code, passkey.
  add column proven_by text;

-- Who asks may also be a link page (its attempt), not only a signed-in browser.
alter table proof_tap drop constraint proof_tap_session_id_fkey;

-- Passkeys of contractors and of staff, and the challenges they answer.

create table passkey (
  -- base64url, as browsers write it
  credential_id text primary key,
  owner_kind text not null check (owner_kind in ('staff', 'contractor')),
  owner_id uuid not null,
  -- COSE
  public_key bytea not null,
  -- Stays 0 for passkeys that are synced between devices.
  counter bigint not null,
  transports text[] not null,
  user_agent text,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_by_owner on passkey (owner_kind, owner_id);

-- Each answered once: a response that is shown again finds its challenge gone.
create table passkey_challenge (
  challenge_hash bytea primary key,
  -- What it was made for: registering, signing in or proving, and for whom.
  purpose text not null,
  expires_at timestamptz not null
);
create index passkey_challenge_by_expiry on passkey_challenge (expires_at);

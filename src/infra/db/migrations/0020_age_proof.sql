-- Who asks about people (partners), what people agreed to, what was answered; and what the OpenID provider keeps.

-- What keeps harmful sites away: off, content (the operator's list), parental (a guardian's); null = not known.
alter table subscription add column filtering text check (filtering in ('off', 'content', 'parental'));
-- Whether the contractor's identity was checked against an official document when the contract was made.
alter table contractor add column is_identity_verified boolean not null default false;

create table partner (
  -- Also the OAuth client_id.
  partner_id text primary key check (partner_id ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  name_ja text not null,
  name_en text not null,
  auth_method text not null check (auth_method in ('secret', 'private_key_jwt')),
  -- SHA-256 of the secret (256 random bits); null with private_key_jwt.
  secret_hash bytea,
  -- Public keys of private_key_jwt.
  jwks jsonb,
  redirect_uris text[] not null default '{}',
  -- code: the person's own consent; client-credentials: two-legged, under contract; ciba: the person is asked in the talk.
  grants text[] not null,
  scopes text[] not null,
  -- What for, in the words of the Data Privacy Vocabulary (dpv:…); the first when a request names none.
  purposes text[] not null,
  -- The ages it may ask about; null = any.
  age_thresholds integer[],
  -- Whether it is told how well names and dates it sends agree with what is registered.
  can_match_identity boolean not null default false,
  requests_per_minute integer not null check (requests_per_minute > 0),
  -- How long a consent holds.
  consent_days integer not null check (consent_days > 0),
  created_at timestamptz not null,
  suspended_at timestamptz,
  check ((auth_method = 'private_key_jwt') = (jwks is not null)),
  check ((auth_method = 'private_key_jwt') = (secret_hash is null))
);

create table partner_consent (
  partner_consent_id uuid primary key,
  partner_id text not null references partner,
  subscription_id uuid not null references subscription,
  scopes text[] not null,
  purpose text not null,
  -- link-code, line-account, contractor, talk
  proven_by text not null,
  line_user_id text,
  -- SHA-256 of the provider's grant id: what tokens are bound to.
  grant_hash bytea not null unique,
  given_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  -- talk, my-page, renewed
  withdrawn_from text
);
create index partner_consent_by_subscription on partner_consent (subscription_id, given_at);

-- Partners under contract ask without a consent; a person may forbid it.
create table partner_objection (
  subscription_id uuid not null references subscription,
  partner_id text not null references partner,
  objected_at timestamptz not null,
  primary key (subscription_id, partner_id)
);

-- Every answer, for the person to see.
create table partner_answer (
  partner_answer_id uuid primary key,
  subscription_id uuid not null references subscription,
  partner_id text not null references partner,
  answered_at timestamptz not null,
  -- age, data-volume
  kind text not null,
  -- What was asked (the age) and what was told: true, false, not_available; nothing else leaves.
  age_threshold integer,
  answer text not null
);
create index partner_answer_by_subscription on partner_answer (subscription_id, answered_at);
create index partner_answer_by_time on partner_answer (answered_at);

-- A partner asks (CIBA), the person answers in the talk.
create table partner_request (
  partner_request_id uuid primary key,
  partner_id text not null references partner,
  subscription_id uuid not null references subscription,
  scopes text[] not null,
  purpose text not null,
  -- The provider's request id, sealed: the answer goes back under it.
  auth_request_sealed bytea not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz,
  is_agreed boolean,
  decided_by text
);

-- What the OpenID provider keeps: tokens, codes, interactions. Ids as hashes, contents sealed.
create table oidc_payload (
  model text not null,
  id_hash bytea not null,
  sealed bytea not null,
  grant_hash bytea,
  uid_hash bytea,
  expires_at timestamptz not null,
  consumed_at timestamptz,
  primary key (model, id_hash)
);
create index oidc_payload_by_grant on oidc_payload (grant_hash) where grant_hash is not null;
create index oidc_payload_by_uid on oidc_payload (uid_hash) where uid_hash is not null;
create index oidc_payload_ending on oidc_payload (expires_at);

-- Keys that sign ID tokens, sealed; shown to everybody before they sign and until nothing they signed is valid.
create table oidc_signing_key (
  kid text primary key,
  sealed bytea not null,
  signs_from timestamptz not null,
  created_at timestamptz not null
);

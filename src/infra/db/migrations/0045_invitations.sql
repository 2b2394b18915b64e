-- Entry codes, which waive the registration fee, and invitations, which bring both sides points.

alter table point_event drop constraint point_event_kind_check;
alter table point_event add constraint point_event_kind_check check (kind in (
  'granted', 'goodwill', 'invitation', 'bill', 'bill-returned', 'sticker', 'sticker-returned', 'expired', 'ending'));

-- Codes that were made together, for one purpose.
create table entry_code_batch (
  -- The form's request id: the same form again is the same batch.
  batch_id uuid primary key,
  purpose text not null,
  made_by uuid not null references staff,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  -- From then on what is not used of it cannot be.
  withdrawn_at timestamptz
);
create index entry_code_batch_newest on entry_code_batch (made_at, batch_id);

create table entry_code (
  entry_code_id uuid primary key,
  batch_id uuid not null references entry_code_batch,
  -- To find it, and to show it to the staff who hand it out: keyed hash and sealed text, never plain.
  code_hash bytea not null unique,
  code_sealed bytea not null,
  -- The order (product_order) that holds it, from the moment it is sent until it comes to nothing.
  order_id uuid unique,
  held_at timestamptz,
  -- The order was completed.
  redeemed_at timestamptz,
  check ((order_id is null) = (held_at is null)),
  check (redeemed_at is null or order_id is not null)
);
create index entry_code_by_batch on entry_code (batch_id);

create table invitation (
  invitation_id uuid primary key,
  -- Who invites.
  contractor_id uuid not null references contractor,
  -- The operator's day: one a day.
  made_on date not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  token_hash bytea not null unique,
  token_sealed bytea not null,
  order_id uuid unique,
  held_at timestamptz,
  redeemed_at timestamptz,
  -- Who came, and when both get their points.
  invited_contractor_id uuid references contractor,
  due_at timestamptz,
  settled_at timestamptz,
  outcome text check (outcome in ('given', 'lapsed')),
  unique (contractor_id, made_on),
  check ((order_id is null) = (held_at is null)),
  check ((redeemed_at is null) = (due_at is null) and (redeemed_at is null) = (invited_contractor_id is null)),
  check (redeemed_at is null or order_id is not null),
  check ((settled_at is null) = (outcome is null))
);
create index invitation_due on invitation (due_at, invitation_id) where due_at is not null and settled_at is null;

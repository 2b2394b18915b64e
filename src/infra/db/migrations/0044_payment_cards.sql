-- How contractors pay: a card as the gateway names it. A card number is nowhere.
create table payment_card (
  contractor_id uuid primary key references contractor,
  reference text not null,
  brand text not null,
  last_four text not null check (last_four ~ '^\d{4}$'),
  expires_in text not null check (expires_in ~ '^\d{4}-\d{2}$'),
  registered_at timestamptz not null
);

-- Visits to the gateway's page, made to change the card.
create table card_visit (
  -- The form's request id: the same form again is the same visit.
  card_visit_id uuid primary key,
  contractor_id uuid not null references contractor,
  opened_at timestamptz not null,
  -- What the gateway calls it, and where its page is; null until it has answered.
  entry_id text,
  entry_url text,
  -- Null while the person may still be there.
  outcome text check (outcome in ('registered', 'declined', 'authentication-failed', 'gave-up', 'time-out')),
  ended_at timestamptz
);
create index card_visit_by_contractor on card_visit (contractor_id, opened_at);

-- Cards nobody pays with any more: the gateway is to forget them.
create table card_to_forget (
  reference text primary key,
  replaced_at timestamptz not null
);

-- What the ledger tells people, two a gift, was two rows of the outbox with three index entries each: two fifths of the
-- write-ahead log of a gift. Now a batch's is one row, which the sender takes apart before it looks who is next.
create table outbox_parcel (
  -- In the order in which they were made.
  parcel_id uuid primary key,
  -- Under which name the words for these facts are found.
  wording text not null,
  -- An array, in order: to whom, who is named, and the facts.
  told json not null,
  message_count integer not null,
  created_at timestamptz not null
);
-- It is read once, and soon: pressing it together would cost more than it saves.
alter table outbox_parcel alter column told set storage external;

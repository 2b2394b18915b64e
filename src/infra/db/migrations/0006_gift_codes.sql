-- Gifts by a code to read out, and by phone number.

alter table gift
  -- Keyed hash of the 12-digit code.
  add column gift_code_hash bytea,
  -- A gift by phone number that was declined waits on: its sender must not learn who has the number.
  add column declined_at timestamptz;

-- A code names one gift as long as that waits; afterwards it is free again.
create unique index gift_by_code on gift (gift_code_hash) where gift_code_hash is not null and state = 'waiting';

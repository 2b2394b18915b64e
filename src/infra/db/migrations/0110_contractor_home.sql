-- Where a contractor lives and how they are called back, as JSON, AES-256-GCM, bound to the contractor; null where the
-- contract was made without it.
alter table contractor add column home_cipher bytea;

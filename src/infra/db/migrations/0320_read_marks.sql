-- LINE's token for the last of a person's words that staff have not had before their eyes; null when there is none.
alter table conversation add column read_token text;

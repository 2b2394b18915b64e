-- What customers are told a member of staff is called. Missing: just that it is one of the staff.
alter table staff add column public_name text check (char_length(public_name) between 1 and 20);

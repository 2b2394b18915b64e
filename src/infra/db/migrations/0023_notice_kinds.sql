-- What people are told without asking grows with the features: which kinds there are is the program's to know.
alter table notice_off drop constraint notice_off_kind_check;

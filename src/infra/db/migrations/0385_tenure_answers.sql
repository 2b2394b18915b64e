-- The day a partner asked about: whether the subscription had been open since.
alter table partner_answer add column tenure_date date;

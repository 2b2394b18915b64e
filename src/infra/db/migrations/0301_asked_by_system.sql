-- What two must agree on may be asked for by the operator's own system, which shows its key: then nobody of the staff asked,
-- and one of them decides. The system may withdraw what nobody has decided about.
alter table four_eyes_request alter column asked_by drop not null;
alter table four_eyes_request drop constraint four_eyes_request_state_check;
alter table four_eyes_request add constraint four_eyes_request_state_check
  check (state in ('waiting', 'approved', 'refused', 'withdrawn'));
alter table four_eyes_request drop constraint four_eyes_request_check;
alter table four_eyes_request add constraint four_eyes_request_decided_check
  check ((state in ('approved', 'refused')) = (decided_by is not null) and (state = 'waiting') = (decided_at is null));
alter table four_eyes_request add constraint four_eyes_request_withdrawn_check
  check (state <> 'withdrawn' or asked_by is null);

-- Events to listeners are signed with a secret of each, told once; staff see how each does, and pause or remove it.
alter table order_listener add column secret_cipher bytea;
alter table order_listener add column paused_at timestamptz;
-- Of the last try: 0 where nobody answered.
alter table order_listener add column last_status integer;
alter table order_listener add column last_tried_at timestamptz;

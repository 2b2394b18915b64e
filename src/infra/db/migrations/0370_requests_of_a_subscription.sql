-- A form's id is one request of one subscription: sent for another it was answered with what had been asked of the first.
alter table leave_request drop constraint leave_request_request_id_key, add unique (subscription_id, request_id);
alter table plan_change drop constraint plan_change_request_id_key, add unique (subscription_id, request_id);

-- What was put before a second person for an order as it was; a change of the order forgets it.
alter table product_order add column exception_request_id uuid references four_eyes_request;

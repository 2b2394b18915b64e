-- Answers to requests of programs and forms are forgotten after 400 days; where they lie, a summary of each stretch says.
create index idempotent_request_by_time on idempotent_request using brin (answered_at);

-- Questions for what was used (TMF677), each with its answer as it was then. Use is secret, so they are kept for a day.
create table usage_query (
  query_id uuid primary key,
  asked_at timestamptz not null,
  subscription_ids uuid[] not null,
  report jsonb not null
);
create index usage_query_by_time on usage_query (asked_at, query_id);

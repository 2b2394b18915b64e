-- When the latest use ended that a counter was read for, in milliseconds since 1970: a total that was overtaken on its way does
-- not replace the later one. Null for counters read before this was kept.
alter table usage_counter add column ended_ms bigint;

-- Who is linked to a subscription, longest first, is what every batch of the ledger asks: answered by the index alone.
drop index user_link_live;
create unique index user_link_live on user_link (subscription_id, line_user_id) include (linked_at)
  where unlinked_at is null;

-- A gift that is given and received in one is in the journal of whom it came to, and is found from there: an index of its
-- own cost more than any other part of such a gift.
drop index gift_by_receiver;
create index gift_by_receiver on gift (receiver_subscription_id, offered_at)
  where receiver_subscription_id is not null and way <> 'direct';

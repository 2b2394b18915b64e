-- What staff look at: messages that did not arrive, and events nobody could handle. Few among very many.
create index outbox_lost on outbox (created_at) where state in ('failed', 'unknown');
create index line_event_parked on line_event (parked_at) where parked_at is not null;

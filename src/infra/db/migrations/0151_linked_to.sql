-- Who is linked to a subscription is asked for every side of every gift. It stands with the subscription, too, so that one
-- row answers for both: to go to another table for it was a tenth of what a gift cost the database.
alter table subscription
  -- LINE accounts, longest linked first. Kept by the triggers below; nothing else writes it.
  add column linked_to text[] not null default '{}';

create function keep_linked_to() returns trigger language plpgsql as $$
begin
  -- Whoever links the same subscription at the same time waits here, and then sees what was linked before.
  perform from subscription where subscription_id in (select subscription_id from touched)
    order by subscription_id for no key update;
  update subscription s
  set linked_to = array(
    select l.line_user_id from user_link l
    where l.subscription_id = s.subscription_id and l.unlinked_at is null
    order by l.linked_at, l.user_link_id)
  where s.subscription_id in (select subscription_id from touched);
  return null;
end $$;
create trigger user_link_made after insert on user_link
  referencing new table as touched for each statement execute function keep_linked_to();
create trigger user_link_changed after update on user_link
  referencing new table as touched for each statement execute function keep_linked_to();
create trigger user_link_removed after delete on user_link
  referencing old table as touched for each statement execute function keep_linked_to();

update subscription s
set linked_to = array(
  select l.line_user_id from user_link l
  where l.subscription_id = s.subscription_id and l.unlinked_at is null
  order by l.linked_at, l.user_link_id)
where exists (select from user_link l where l.subscription_id = s.subscription_id and l.unlinked_at is null);

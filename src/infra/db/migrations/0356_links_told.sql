-- Links and forgetting are told, too; what there is to say of them beside their names.
alter table contractor_change
  add column detail jsonb,
  drop constraint contractor_change_type_check,
  add constraint contractor_change_type_check check (type in (
    'contractor.created', 'contractor.changed', 'contractor.forgotten', 'subscription.created', 'subscription.changed',
    'link.made', 'link.undone'));

-- What a bill is below zero goes onto the next one.
alter table bill_charge drop constraint bill_charge_kind_check;
alter table bill_charge add constraint bill_charge_kind_check
  check (kind in ('top-up', 'gift-fee', 'calls', 'correction', 'registration-fee', 'carried'));
alter table bill_line drop constraint bill_line_kind_check;
alter table bill_line add constraint bill_line_kind_check
  check (kind in ('base-fee', 'option', 'universal-service', 'top-up', 'gift-fee', 'calls', 'correction', 'points',
                  'registration-fee', 'carried'));

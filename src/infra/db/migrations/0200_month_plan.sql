-- The plan that counted when the subscription was turned into the month. Of a record of use nothing else is asked of a subscription
-- that was, so its month's row answers for it, which is looked for anyhow. Months turned before have none: there the subscription
-- itself is asked, as always.
alter table data_month add column plan_code text;

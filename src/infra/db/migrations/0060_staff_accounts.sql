-- Accounts of staff are made and kept in the console.

-- While set, the password was handed over by somebody else and serves, until then, to choose one's own and a second step.
alter table staff add column first_password_until timestamptz;

-- When this session last gave a second step. Missing: when it began.
alter table staff_session add column proven_at timestamptz;

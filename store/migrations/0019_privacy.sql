-- When an account was deleted, 0 for not. The program before this one names the columns that it reads and writes.

ALTER TABLE users ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX users_erased ON users (erased_at) WHERE erased_at > 0;

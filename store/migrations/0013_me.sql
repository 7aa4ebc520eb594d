-- What people are called to shops, and the language they are written to in. The program before this one names the columns that
-- it reads and writes.

ALTER TABLE users ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
CREATE INDEX visits_by_user ON visits (user_id, id);

-- When an account was deleted, 0 for not. The program before this one names the columns that it reads and writes.

-- listed says that the list of erasures has it.
ALTER TABLE users ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN listed BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX users_unlisted ON users (id) WHERE erased_at > 0 AND NOT listed;

-- What a person asks for is found without reading everybody's.
CREATE INDEX visits_by_staff ON visits (staff_id, id);
CREATE INDEX reviews_by_author ON reviews (author_id, id);
CREATE INDEX invitations_by_user ON invitations (user_id) WHERE user_id <> '';
CREATE INDEX claims_by_settler ON claims (settled_by) WHERE settled_by <> '';
CREATE INDEX cases_by_user ON cases (user_id) WHERE user_id <> '';
CREATE INDEX cases_by_decider ON cases (decided_by) WHERE decided_by <> '';
CREATE INDEX decisions_by_user ON decisions (user_id);

-- Whose a place is, and who looks after that. The program before this one names the columns that it reads and writes; a claim made by it
-- has no row here, and counts as proved.

-- claim_id is the claim, not proved yet, by which a place's merchant holds it, '' for none; merged_into the place that one is an alias
-- of; stars_held says that its stars are another shop's until an operator has looked.
ALTER TABLE places ADD COLUMN claim_id {{id}} NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN merged_into {{id}} NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN stars_held BOOLEAN NOT NULL DEFAULT FALSE;

-- phone is the number that a code can be sent to, '' for none; evidence is JSON, '' for none; seq the place's history before the claim:
-- what came after it is taken back with it.
CREATE TABLE claims (
    id          {{id}} PRIMARY KEY,
    place_id    {{id}} NOT NULL REFERENCES places (id),
    merchant_id {{id}} NOT NULL,
    user_id     {{id}} NOT NULL REFERENCES users (id),
    state       TEXT NOT NULL,
    phone       TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    seq         BIGINT NOT NULL,
    reason      TEXT NOT NULL,
    settled_by  {{id}} NOT NULL,
    settled_at  BIGINT NOT NULL,
    created_at  BIGINT NOT NULL
);
CREATE INDEX claims_by_place ON claims (place_id, id);
CREATE INDEX claims_by_user ON claims (user_id, id);
CREATE INDEX claims_open ON claims (user_id) WHERE settled_at = 0;
CREATE INDEX claims_waiting ON claims (created_at) WHERE state = 'open';

-- What somebody registered lately is counted at each registration.
CREATE INDEX place_history_by_actor ON place_history (actor_id, at);

-- Who looked at whose data: by_id, for merchant_id ('' is an operator of the server), at user_id, in what; the same once an hour.
-- The program before this one does not know of it.

CREATE TABLE looks (
    id          {{id}} PRIMARY KEY,
    user_id     {{id}} NOT NULL,
    by_id       {{id}} NOT NULL,
    merchant_id {{id}} NOT NULL,
    what        TEXT NOT NULL,
    subject_id  {{id}} NOT NULL,
    hour        BIGINT NOT NULL,
    at          BIGINT NOT NULL
);
CREATE UNIQUE INDEX looks_once ON looks (by_id, subject_id, what, merchant_id, hour, user_id);
CREATE INDEX looks_of ON looks (user_id, id);
CREATE INDEX looks_at ON looks (at);

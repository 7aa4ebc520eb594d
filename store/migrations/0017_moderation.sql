-- What operators look at, and what they did. The program before this one names the columns that it reads and writes, and goes on
-- showing what is hidden until it is replaced.

ALTER TABLE users ADD COLUMN suspended_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE merchants ADD COLUMN suspended_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reviews ADD COLUMN hidden_at BIGINT NOT NULL DEFAULT 0;

-- One thing to look at. subject_kind and subject_id name what it is about, place_id, merchant_id and user_id whom it concerns; event_id
-- is the event that opened it, NULL for a report. action, reason, decided_by and decided_at are those of the last decision.
CREATE TABLE cases (
    id           {{id}} PRIMARY KEY,
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id   {{id}} NOT NULL,
    place_id     {{id}} NOT NULL,
    merchant_id  {{id}} NOT NULL,
    user_id      {{id}} NOT NULL,
    reports      BIGINT NOT NULL,
    event_id     {{id}},
    action       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    decided_by   {{id}} NOT NULL,
    decided_at   BIGINT NOT NULL,
    opened_at    BIGINT NOT NULL
);
CREATE UNIQUE INDEX cases_open ON cases (kind, subject_id) WHERE state = 'open';
CREATE UNIQUE INDEX cases_by_event ON cases (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX cases_by_state ON cases (state, id);

-- Who said that something is wrong with a subject, once in each case.
CREATE TABLE reports (
    id         {{id}} PRIMARY KEY,
    case_id    {{id}} NOT NULL REFERENCES cases (id),
    user_id    {{id}} NOT NULL,
    reason     TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX reports_by_case ON reports (case_id, user_id) WHERE user_id <> '';
CREATE INDEX reports_by_user ON reports (user_id, id);

-- Every decision; rows are only ever added.
CREATE TABLE decisions (
    id         {{id}} PRIMARY KEY,
    case_id    {{id}} NOT NULL REFERENCES cases (id),
    action     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    into_id    {{id}} NOT NULL,
    since      BIGINT NOT NULL,
    user_id    {{id}} NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX decisions_by_case ON decisions (case_id, id);

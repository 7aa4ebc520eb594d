-- What people are told, once each whatever the event. detail is a device, a reason or a time, as kind says.
CREATE TABLE notices (
    id         {{id}} PRIMARY KEY,
    user_id    {{id}} NOT NULL REFERENCES users (id),
    event_id   {{id}} NOT NULL,
    kind       TEXT NOT NULL,
    subject    {{id}} NOT NULL,
    place_id   {{id}} NOT NULL,
    place_name TEXT NOT NULL,
    detail     TEXT NOT NULL,
    read_at    BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX notices_once ON notices (user_id, event_id);
CREATE INDEX notices_by_user ON notices (user_id, id);
CREATE INDEX notices_unread ON notices (user_id) WHERE read_at = 0;
CREATE INDEX notices_old ON notices (created_at);

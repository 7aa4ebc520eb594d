-- Photos that arrive in pieces (tus). The bytes are beside the photos, one blob a piece; pieces names them in their order. photo_id is ''
-- until the picture hangs. The program before this one does not know it.

CREATE TABLE uploads (
    id         {{id}} PRIMARY KEY,
    user_id    {{id}} NOT NULL,
    place_id   {{id}} NOT NULL,
    service_id {{id}} NOT NULL,
    kind       TEXT NOT NULL,
    caption    TEXT NOT NULL,
    bytes      BIGINT NOT NULL,
    received   BIGINT NOT NULL,
    pieces     TEXT NOT NULL,
    photo_id   {{id}} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX uploads_by_user ON uploads (user_id);
CREATE INDEX uploads_run_out ON uploads (expires_at);

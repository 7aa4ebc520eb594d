-- Photos of places. position is the order within a place, from 0; service_id is ''
-- for a photo of the place itself. The bytes are elsewhere, by digest.

CREATE TABLE photos (
    id         {{id}} PRIMARY KEY,
    place_id   {{id}} NOT NULL REFERENCES places (id),
    service_id {{id}} NOT NULL,
    kind       TEXT NOT NULL,
    caption    TEXT NOT NULL,
    digest     TEXT NOT NULL,
    position   BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX photos_by_place ON photos (place_id, position);

CREATE TABLE photo_variants (
    photo_id {{id}} NOT NULL REFERENCES photos (id),
    size     TEXT NOT NULL,
    width    BIGINT NOT NULL,
    height   BIGINT NOT NULL,
    bytes    BIGINT NOT NULL,
    digest   {{id}} NOT NULL,
    PRIMARY KEY (photo_id, size)
);
CREATE INDEX photo_variants_by_digest ON photo_variants (digest);

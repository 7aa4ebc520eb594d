-- The loop: who, where, when, and what came of it. Instants and durations are
-- microseconds; ids are compared and ordered by byte.

CREATE TABLE users (
    id         {{id}} PRIMARY KEY,
    phone      TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    id         {{id}} PRIMARY KEY,
    user_id    {{id}} NOT NULL REFERENCES users (id),
    generation BIGINT NOT NULL,
    rotated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE merchants (
    id         {{id}} PRIMARY KEY,
    name       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE staff (
    merchant_id {{id}} NOT NULL REFERENCES merchants (id),
    user_id     {{id}} NOT NULL REFERENCES users (id),
    role        BIGINT NOT NULL,
    since       BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, user_id)
);
CREATE INDEX staff_by_user ON staff (user_id);

-- merchant_id is '' for an imported listing that nobody has claimed. version is the
-- ETag; reading numbers what discovery has read; digest tells an importer whether
-- anything changed.
CREATE TABLE places (
    id          {{id}} PRIMARY KEY,
    merchant_id {{id}} NOT NULL,
    name        TEXT NOT NULL,
    name_zh     TEXT NOT NULL,
    name_en     TEXT NOT NULL,
    category    TEXT NOT NULL,
    lat         DOUBLE PRECISION NOT NULL,
    lng         DOUBLE PRECISION NOT NULL,
    sent_lat    DOUBLE PRECISION NOT NULL,
    sent_lng    DOUBLE PRECISION NOT NULL,
    system      TEXT NOT NULL,
    accuracy    DOUBLE PRECISION NOT NULL,
    address     TEXT NOT NULL,
    phone       TEXT NOT NULL,
    hours       TEXT NOT NULL,
    zone        TEXT NOT NULL,
    state       TEXT NOT NULL,
    source      {{id}} NOT NULL,
    digest      TEXT NOT NULL,
    version     BIGINT NOT NULL,
    reading     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE INDEX places_by_merchant ON places (merchant_id, id) WHERE merchant_id <> '';
CREATE UNIQUE INDEX places_by_source ON places (source) WHERE source <> '';
CREATE INDEX places_published ON places (id) WHERE state = 'published';

CREATE TABLE services (
    id         {{id}} PRIMARY KEY,
    place_id   {{id}} NOT NULL REFERENCES places (id),
    name       TEXT NOT NULL,
    duration   BIGINT NOT NULL,
    price      BIGINT NOT NULL,
    currency   TEXT NOT NULL,
    bookable   BOOLEAN NOT NULL,
    capacity   BIGINT NOT NULL,
    step       BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX services_by_place ON services (place_id, id);

-- A row that whoever counts and takes something of ref holds meanwhile.
CREATE TABLE calendars (
    ref     {{id}} PRIMARY KEY,
    version BIGINT NOT NULL
);

CREATE TABLE bookings (
    id          {{id}} PRIMARY KEY,
    user_id     {{id}} NOT NULL REFERENCES users (id),
    merchant_id {{id}} NOT NULL,
    place_id    {{id}} NOT NULL REFERENCES places (id),
    service_id  {{id}} NOT NULL REFERENCES services (id),
    state       TEXT NOT NULL,
    start_at    BIGINT NOT NULL,
    end_at      BIGINT NOT NULL,
    zone        TEXT NOT NULL,
    party       BIGINT NOT NULL,
    price       BIGINT NOT NULL,
    currency    TEXT NOT NULL,
    ref         {{id}} NOT NULL,
    expires_at  BIGINT NOT NULL,
    visit_id    {{id}} NOT NULL,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX bookings_by_ref ON bookings (ref);
CREATE INDEX bookings_by_user ON bookings (user_id, id);
CREATE INDEX bookings_by_place ON bookings (place_id, start_at, id);
CREATE INDEX bookings_held ON bookings (expires_at) WHERE state = 'held';

-- What bookings take. until_at is when a hold gives it back; NULL once it is firm.
CREATE TABLE takings (
    booking_id {{id}} NOT NULL REFERENCES bookings (id),
    kind       TEXT NOT NULL,
    ref        {{id}} NOT NULL,
    n          BIGINT NOT NULL,
    start_at   BIGINT NOT NULL,
    end_at     BIGINT NOT NULL,
    until_at   BIGINT,
    PRIMARY KEY (booking_id, kind, ref)
);
CREATE INDEX takings_by_ref ON takings (ref, start_at);
-- Without it a hold would read all that was ever sold of ref, to forget what ran out.
CREATE INDEX takings_by_end ON takings (ref, until_at) WHERE until_at IS NOT NULL;

CREATE TABLE visits (
    id           {{id}} PRIMARY KEY,
    booking_id   {{id}} NOT NULL UNIQUE REFERENCES bookings (id),
    user_id      {{id}} NOT NULL REFERENCES users (id),
    merchant_id  {{id}} NOT NULL,
    place_id     {{id}} NOT NULL REFERENCES places (id),
    service_id   {{id}} NOT NULL REFERENCES services (id),
    party        BIGINT NOT NULL,
    price        BIGINT NOT NULL,
    currency     TEXT NOT NULL,
    code         TEXT NOT NULL,
    staff_id     {{id}} NOT NULL REFERENCES users (id),
    confirmed_at BIGINT NOT NULL
);

CREATE TABLE reviews (
    id         {{id}} PRIMARY KEY,
    visit_id   {{id}} NOT NULL UNIQUE REFERENCES visits (id),
    place_id   {{id}} NOT NULL REFERENCES places (id),
    author_id  {{id}} NOT NULL REFERENCES users (id),
    stars      BIGINT NOT NULL,
    body       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX reviews_by_place ON reviews (place_id, id);

CREATE TABLE ratings (
    place_id {{id}} PRIMARY KEY REFERENCES places (id),
    sum      BIGINT NOT NULL,
    n        BIGINT NOT NULL
);

-- Calls that may come again, and what the first one made.
CREATE TABLE idempotency_keys (
    owner      {{id}} NOT NULL,
    token      TEXT NOT NULL,
    op         TEXT NOT NULL,
    input      TEXT NOT NULL,
    subject    {{id}} NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, token)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE events (
    id       {{id}} PRIMARY KEY,
    kind     TEXT NOT NULL,
    subject  {{id}} NOT NULL,
    place_id {{id}} NOT NULL,
    actor_id {{id}} NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX events_by_time ON events (at);

-- Events on their way; a lease is a due_at in the future.
CREATE TABLE deliveries (
    consumer TEXT NOT NULL,
    event_id {{id}} NOT NULL REFERENCES events (id),
    due_at   BIGINT NOT NULL,
    attempt  BIGINT NOT NULL,
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX deliveries_due ON deliveries (consumer, due_at, event_id);

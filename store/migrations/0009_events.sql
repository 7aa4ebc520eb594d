-- Events that can fail one by one. The program before this one works on: it writes the
-- columns it knows, and finds no delivery that is dead, as that is never due.

ALTER TABLE events ADD COLUMN merchant_id {{id}} NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN user_id {{id}} NOT NULL DEFAULT '';

-- run_at is when a delivery was to run first, 0 for when its event happened; dead_at when
-- it was given up, 0 for not; error why it failed last.
ALTER TABLE deliveries ADD COLUMN run_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN dead_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN error TEXT NOT NULL DEFAULT '';
CREATE INDEX deliveries_dead ON deliveries (event_id) WHERE dead_at > 0;
-- Purging asks of each event whether anybody waits for it.
CREATE INDEX deliveries_by_event ON deliveries (event_id);

-- Consumers that have been built from what there was before them. claimed_until is for
-- who is building one.
CREATE TABLE consumers (
    name          TEXT PRIMARY KEY,
    built_at      BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL
);

-- When the turn of a timer comes that all instances share.
CREATE TABLE timers (
    name    TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL
);

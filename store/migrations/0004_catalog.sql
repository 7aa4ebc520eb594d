-- The catalogue at its full width. A list (attributes, not_duplicate_of) is its items
-- with a space between them; an amount of money without a currency is none.

ALTER TABLE merchants ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE merchants ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;

-- cell is the H3 cell of resolution 9 of lat and lng, 0 without them: how places that
-- stand close together are found at registration.
ALTER TABLE places ADD COLUMN branch TEXT NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN brand TEXT NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN attributes TEXT NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN how TEXT NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN measured_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN entrance_lat DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN entrance_lng DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN sent_entrance_lat DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN sent_entrance_lng DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN not_duplicate_of TEXT NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN cell BIGINT NOT NULL DEFAULT 0;
CREATE INDEX places_by_cell ON places (cell) WHERE cell <> 0;

-- batch is the call that made many services at once, '' for one alone.
ALTER TABLE services ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN position BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN price_to BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN price_to_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN home_radius DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN home_travel BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN payment TEXT NOT NULL DEFAULT 'at_shop';
ALTER TABLE services ADD COLUMN deposit BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN deposit_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN cancel_free BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN cancel_fee BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN attributes TEXT NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN batch {{id}} NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE services ADD COLUMN retired_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX services_on_sale ON services (place_id, position, id) WHERE retired_at = 0;

-- Who changed what. Rows are only ever added. subject is the place or one of its
-- services; changes is JSON, [{"field", "before", "after"}].
CREATE TABLE place_history (
    place_id {{id}} NOT NULL REFERENCES places (id),
    seq      BIGINT NOT NULL,
    subject  {{id}} NOT NULL,
    kind     TEXT NOT NULL,
    version  BIGINT NOT NULL,
    actor_id {{id}} NOT NULL,
    at       BIGINT NOT NULL,
    changes  TEXT NOT NULL,
    PRIMARY KEY (place_id, seq)
);

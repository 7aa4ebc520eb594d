-- Which merchants a brand is: their places of its name are the brand's. The program before this one does not know of it, and gives
-- places their brands by their names until it is replaced.

CREATE TABLE brand_merchants (
    brand       TEXT NOT NULL,
    merchant_id {{id}} NOT NULL REFERENCES merchants (id),
    since       BIGINT NOT NULL,
    PRIMARY KEY (brand, merchant_id)
);

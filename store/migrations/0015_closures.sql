-- Places that pause or end. closed_from and closed_until are days since 1970-01-01, 0 and 0 for a place that is not closed; closed_until
-- is 2147483647 for one that is closed for good, and ends_at the moment from which it is not found any more. The program before this one
-- names the columns that it writes, and leaves these alone.

ALTER TABLE places ADD COLUMN closed_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN closed_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN ends_at BIGINT NOT NULL DEFAULT 0;

-- When a merchant closed for good, 0 for one that goes on.
ALTER TABLE merchants ADD COLUMN closed_at BIGINT NOT NULL DEFAULT 0;

-- The first day, since 1970-01-01, on which a service is sold again; 0 for one that is not sold out.
ALTER TABLE services ADD COLUMN sold_out_until BIGINT NOT NULL DEFAULT 0;

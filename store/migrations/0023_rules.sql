-- How the time of a service may be taken: buffers and lead in microseconds, the horizon in days, the party in people; 0 for no rule. The
-- program before this one names the columns that it writes, and leaves these alone.
ALTER TABLE services ADD COLUMN buffer_before BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN buffer_after BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN lead_time BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN horizon_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN party_min BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN party_max BIGINT NOT NULL DEFAULT 0;

-- The buffers of a booking, as its service had them at the hold. Its takings are as wide as both make it.
ALTER TABLE bookings ADD COLUMN buffer_before BIGINT NOT NULL DEFAULT 0;
ALTER TABLE bookings ADD COLUMN buffer_after BIGINT NOT NULL DEFAULT 0;

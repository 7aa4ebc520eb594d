-- What a visit stands on. The program before this one works on: it writes the columns it
-- knows, and the others have what it means by leaving them out.

-- at most so many open bookings of this service a person; 0 for no limit
ALTER TABLE services ADD COLUMN per_person BIGINT NOT NULL DEFAULT 0;

-- The terms as they were at the hold, and what was taken: "kind id n", one a line.
ALTER TABLE bookings ADD COLUMN payment TEXT NOT NULL DEFAULT 'at_shop';
ALTER TABLE bookings ADD COLUMN deposit BIGINT NOT NULL DEFAULT 0;
ALTER TABLE bookings ADD COLUMN deposit_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE bookings ADD COLUMN cancel_free BIGINT NOT NULL DEFAULT 0;
ALTER TABLE bookings ADD COLUMN cancel_fee BIGINT NOT NULL DEFAULT 0;
ALTER TABLE bookings ADD COLUMN takes TEXT NOT NULL DEFAULT '';

-- The bookings of before were made under the terms of their services.
UPDATE bookings SET payment = s.payment, deposit = s.deposit, deposit_currency = s.deposit_currency,
    cancel_free = s.cancel_free, cancel_fee = s.cancel_fee
    FROM services AS s WHERE s.id = bookings.service_id;

-- What a visit came from: booking, purchase, or the counter itself, which has no booking.
ALTER TABLE visits ADD COLUMN source TEXT NOT NULL DEFAULT 'booking';
ALTER TABLE visits ALTER COLUMN booking_id DROP NOT NULL;

-- Rows that whoever counts and takes something holds meanwhile. They took the place of
-- calendars, which the program before this one still takes.
CREATE TABLE locks (
    kind  TEXT NOT NULL,
    id    {{id}} NOT NULL,
    taken BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (kind, id)
);

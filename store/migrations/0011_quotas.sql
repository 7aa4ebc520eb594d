-- What a person has ahead is counted at each hold. The program before this one does not know the index.

CREATE INDEX bookings_ahead ON bookings (user_id, end_at);

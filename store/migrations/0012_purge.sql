-- What is purged is found by an index. The program before this one does not know it.

CREATE INDEX sessions_run_out ON sessions (expires_at);
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at > 0;
CREATE INDEX bookings_lapsed ON bookings (updated_at) WHERE state = 'lapsed';

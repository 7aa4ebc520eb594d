-- Second factors of people, when a session was last confirmed by one, and when people were last seen. The program before this
-- one names the columns that it reads and writes; it asks nobody for a second factor.

-- sealed is the seed under a key of the server's secrets, which sealed_by names; step is the half minute of the last code that was
-- taken; recovery the MACs of the codes that are left, parted by blanks; confirmed_at 0 until the first code was shown.
CREATE TABLE factors (
    user_id      {{id}} PRIMARY KEY REFERENCES users (id),
    sealed       TEXT NOT NULL,
    sealed_by    TEXT NOT NULL,
    step         BIGINT NOT NULL,
    recovery     TEXT NOT NULL,
    version      BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    created_at   BIGINT NOT NULL
);

ALTER TABLE sessions ADD COLUMN factor_at BIGINT NOT NULL DEFAULT 0;

-- When a person last signed in or refreshed a session, to a day. The program before this one does not write it: who comes by that
-- one alone counts as seen when the account was made.
ALTER TABLE users ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
UPDATE users SET seen_at = COALESCE((SELECT max(rotated_at) FROM sessions WHERE sessions.user_id = users.id), created_at);

-- The number that a person moves to, and when; '' and 0 for nobody who waits.
ALTER TABLE users ADD COLUMN next_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN next_phone_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX users_moving ON users (next_phone_at) WHERE next_phone_at > 0;

-- What the people who run the server have stopped by hand: messages to phones, automatic work. A row stays when it goes
-- on again, with stopped_at 0. The program before this one does not know it, and stops nothing.

CREATE TABLE switches (
	name       TEXT PRIMARY KEY,
	stopped_at BIGINT NOT NULL DEFAULT 0,
	reason     TEXT NOT NULL DEFAULT ''
);

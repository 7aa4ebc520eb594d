-- Devices, invitations, operators.

-- device is what the app calls the phone it runs on, '' for one that does not say.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN device_name TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_by_user ON sessions (user_id, id);

-- merchant, who was asked (by phone: there may be no account yet) and what came of it.
CREATE TABLE invitations (
    id          {{id}} PRIMARY KEY,
    merchant_id {{id}} NOT NULL REFERENCES merchants (id),
    phone       TEXT NOT NULL,
    role        BIGINT NOT NULL,
    state       TEXT NOT NULL,
    by_id       {{id}} NOT NULL REFERENCES users (id),
    user_id     {{id}} NOT NULL,
    told_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    settled_at  BIGINT NOT NULL,
    created_at  BIGINT NOT NULL
);
CREATE INDEX invitations_by_merchant ON invitations (merchant_id, id);
CREATE INDEX invitations_by_phone ON invitations (phone, id);
CREATE INDEX invitations_by_inviter ON invitations (by_id, id);

CREATE TABLE operators (
    user_id {{id}} PRIMARY KEY REFERENCES users (id),
    since   BIGINT NOT NULL
);

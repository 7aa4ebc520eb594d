-- Where a role holds: at these places only, if the number of the role says so (identity.Role.Kept), else everywhere.
-- The program before this one takes such a number for no role, and with a role it removes its places, too. It does not
-- know the places of an invitation: who accepts one there has the role nowhere, until an owner says again where.
-- A place that is gone is left by it, and names nothing.
CREATE TABLE staff_places (
    merchant_id {{id}} NOT NULL,
    user_id     {{id}} NOT NULL,
    place_id    {{id}} NOT NULL,
    PRIMARY KEY (merchant_id, user_id, place_id),
    FOREIGN KEY (merchant_id, user_id) REFERENCES staff (merchant_id, user_id) ON DELETE CASCADE
);
CREATE INDEX staff_places_by_user ON staff_places (user_id);
CREATE INDEX staff_places_by_place ON staff_places (place_id);

CREATE TABLE invitation_places (
    invitation_id {{id}} NOT NULL REFERENCES invitations (id) ON DELETE CASCADE,
    place_id      {{id}} NOT NULL,
    PRIMARY KEY (invitation_id, place_id)
);
CREATE INDEX invitation_places_by_place ON invitation_places (place_id);

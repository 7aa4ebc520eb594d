-- The categories that operators added to the built-in ones. number is their order, from 1
-- on; words are what else their places are called, one a line. Rows are never deleted.
CREATE TABLE categories (
    key        {{id}} PRIMARY KEY,
    number     BIGINT NOT NULL UNIQUE,
    parent     {{id}} NOT NULL,
    en         TEXT NOT NULL,
    zh         TEXT NOT NULL,
    words      TEXT NOT NULL,
    version    BIGINT NOT NULL,
    added_by   {{id}} NOT NULL,
    changed_by {{id}} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

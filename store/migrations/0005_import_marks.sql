-- How far the import of a file has come, as the importer puts it; gone when it has ended.
CREATE TABLE import_marks (
    file       {{id}} PRIMARY KEY,
    progress   TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- What places are like beside their attributes: words as "wheelchair=yes", parted by blanks.
-- The program before this one works on: it names the columns that it reads and writes.
--
-- The attribute wheelchair is the trait now.

ALTER TABLE places ADD COLUMN traits TEXT NOT NULL DEFAULT '';
UPDATE places SET traits = 'wheelchair=yes', attributes = TRIM(REPLACE(' ' || attributes || ' ', ' wheelchair ', ' '))
    WHERE ' ' || attributes || ' ' LIKE '% wheelchair %';
UPDATE services SET attributes = TRIM(REPLACE(' ' || attributes || ' ', ' wheelchair ', ' '))
    WHERE ' ' || attributes || ' ' LIKE '% wheelchair %';

-- While instances are replaced one by one, some lock calendars and some locks: who takes
-- a lock takes the calendar, too. To be dropped, with calendars, in a later release.
CREATE FUNCTION locks_take_calendars() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO calendars (ref, version)
        VALUES (CASE NEW.kind WHEN 'cell' THEN 'cell:' || NEW.id ELSE NEW.id END, 1)
        ON CONFLICT (ref) DO UPDATE SET version = calendars.version + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER locks_take_calendars AFTER INSERT OR UPDATE ON locks
    FOR EACH ROW WHEN (NEW.kind IN ('user', 'seats', 'cell')) EXECUTE FUNCTION locks_take_calendars();

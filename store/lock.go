package store

import (
	"context"
	"fmt"
)

// Lock takes the row that whoever counts and takes something of ref holds until the
// transaction ends.
func (t *Tx) Lock(ctx context.Context, ref string) error {
	_, err := t.Exec(ctx, `INSERT INTO calendars (ref, version) VALUES ($1, 1) ON CONFLICT (ref) DO UPDATE SET version = calendars.version + 1`, ref)
	if err != nil {
		return fmt.Errorf("lock %s: %w", ref, err)
	}
	return nil
}

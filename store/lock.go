package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Lock names a row that a transaction holds until it ends, so that whoever counts
// before taking counts after everybody else. It is no row of the thing itself: what is
// counted may not have one.
type Lock struct {
	class lockClass
	kind  string
	id    string
}

// lockClass is when a lock is taken: all of a lower class come first.
type lockClass int

const (
	userClass lockClass = iota
	refClass
	areaClass
)

// UserLock is that of a person, for what is counted per person.
func UserLock[S ~string](id S) Lock { return Lock{userClass, "user", string(id)} }

// RefLock is that of something that can be taken: a kind and an id.
func RefLock[K, S ~string](kind K, id S) Lock { return Lock{refClass, string(kind), string(id)} }

// AreaLock is that of a part of the map, for what is compared with its neighbours.
func AreaLock[S ~string](cell S) Lock { return Lock{areaClass, "cell", string(cell)} }

// Compare orders locks as they are taken.
func (l Lock) Compare(o Lock) int {
	return cmp.Or(cmp.Compare(l.class, o.class), cmp.Compare(l.kind, o.kind), cmp.Compare(l.id, o.id))
}

// errLockOrder is a mistake of ours, found before it becomes a deadlock on the day when
// two such transactions meet.
var errLockOrder = errors.New("locks are taken in one order: idempotency key, user, refs by kind and id, areas")

// Lock takes locks, in their order whatever the order of the arguments, in one
// statement. Those that the transaction holds already cost nothing; one that comes
// before a lock it holds is an error.
func (t *Tx) Lock(ctx context.Context, locks ...Lock) error {
	locks = slices.DeleteFunc(slices.Clone(locks), func(l Lock) bool { return slices.Contains(t.held, l) })
	if len(locks) == 0 {
		return nil
	}
	slices.SortFunc(locks, Lock.Compare)
	locks = slices.Compact(locks)
	if n := len(t.held); n > 0 && locks[0].Compare(t.held[n-1]) < 0 {
		return fmt.Errorf("%s %s after %s %s: %w", locks[0].kind, locks[0].id, t.held[n-1].kind, t.held[n-1].id, errLockOrder)
	}
	args := make([]any, 0, 2*len(locks))
	for _, l := range locks {
		args = append(args, l.kind, l.id)
	}
	// PostgreSQL locks the rows of one INSERT in the order of its VALUES.
	_, err := t.Exec(ctx, `INSERT INTO locks (kind, id) VALUES `+Values(1, len(locks), 2)+`
		ON CONFLICT (kind, id) DO UPDATE SET taken = locks.taken + 1`, args...)
	if err != nil {
		return fmt.Errorf("take %d locks: %w", len(locks), err)
	}
	t.held = append(t.held, locks...)
	return nil
}

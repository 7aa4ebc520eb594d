package idempotency

import (
	"context"
	"errors"
)

// ErrRepeated says that what is under way under a key has been done: nothing more is changed,
// and who called is shown what there is. It never reaches a client.
var ErrRepeated = errors.New("the call under that idempotency key has been carried out")

type changeKey struct{}

// With is a context in which one thing is changed under the key. A call that makes something
// is handed its key, for it has to say what it made; a change needs only to happen once, whatever
// it is, so the key travels to the transaction that makes it as the deadline does: see store.Tx.Once.
func With(ctx context.Context, k Key) context.Context { return context.WithValue(ctx, changeKey{}, k) }

// Of is the key under which something is changed in ctx; the zero Key if none.
func Of(ctx context.Context) Key {
	k, _ := ctx.Value(changeKey{}).(Key)
	return k
}

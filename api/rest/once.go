package rest

import (
	"context"

	"corner/idempotency"
)

// guarded reports whether the operation changes a version that If-Match names.
func (op Operation) guarded() bool { return op.Patches || op.Guarded }

// once lets a guarded operation change something once under the call's Idempotency-Key. A phone that
// lost the answer repeats its call with the If-Match that it had, which names a version that is no
// more; a call whose key has changed something runs with Repeated, and shows what there is.
//
// The key is written in the transaction that changes (store.Tx.Once), so of rivals with one key
// one changes, and the others fail there, or because the version has gone, or the thing itself: each
// of them looks again before it tells of an error.
func once[O any](ctx context.Context, c *Call, op Operation, handle func(context.Context) (*O, error)) (*O, error) {
	if !op.guarded() || c.Token == "" || !validToken(c.Token) || c.server.Repeated == nil {
		return handle(ctx)
	}
	var body any
	if len(c.Body) > 0 {
		var err error
		if body, err = DecodeJSON(c.Body); err != nil {
			return nil, ErrMalformed
		}
	}
	key, err := c.Key(op.ID, c.instance, c.Query, body)
	if err != nil {
		return nil, err
	}
	if c.Repeated, err = c.server.Repeated(ctx, key); err != nil {
		return nil, err
	}
	out, err := handle(idempotency.With(ctx, key.At(c.began)))
	if err == nil || c.Repeated {
		return out, err
	}
	var look error
	if c.Repeated, look = c.server.Repeated(ctx, key); look != nil {
		return nil, look
	}
	if !c.Repeated {
		return nil, err
	}
	return handle(ctx)
}

package cloudblob

import (
	"context"
	"fmt"
	"path"
	"time"

	"corner/identity"
	"corner/privacy"
	"corner/uid"
)

// Erasures is privacy.Erased as empty blobs beside the photos: the accounts' ids, which say nothing of whom
// they were. A backup of the database does not hold it, so it outlives one that is restored.
type Erasures struct{ Bucket *Bucket }

var _ privacy.Erased = Erasures{}

const erasures = "erasures/"

// Add implements privacy.Erased.
func (e Erasures) Add(ctx context.Context, user identity.UserID) error {
	if err := e.Bucket.keys.put(ctx, erasures+string(user), nil); err != nil {
		return e.Bucket.portError(fmt.Errorf("list an erasure: %w", err))
	}
	return nil
}

// Each implements privacy.Erased.
func (e Erasures) Each(ctx context.Context, f func([]identity.UserID) error) error {
	const page = 200
	var part []identity.UserID
	err := e.Bucket.keys.list(ctx, erasures, func(key string, _ time.Time) error {
		if id := path.Base(key); uid.Valid("usr", id) {
			part = append(part, identity.UserID(id))
		}
		if len(part) < page {
			return nil
		}
		full := part
		part = nil
		return f(full)
	})
	if err == nil && len(part) > 0 {
		err = f(part)
	}
	return e.Bucket.portError(err)
}

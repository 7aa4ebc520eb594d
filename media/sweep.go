package media

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// SweepAfter is how old a blob is before Sweep asks whether anybody names it: much
// older than an upload takes from its first blob to its row.
const SweepAfter = 24 * time.Hour

// Sweep removes blobs that no photo names any more, or ever did, because an upload
// broke off; it returns how many.
//
// Meanwhile somebody may upload the same picture again. Who adds one puts its blobs
// first, writes the row, and looks whether the blobs are still there (putSwept); who
// sweeps removes the blob and looks whether a row names it now. Whatever the order,
// one of the two sees the other, and puts the blob back.
func (a *Album) Sweep(ctx context.Context) (int, error) {
	swept := 0
	err := a.Blobs.Each(ctx, a.now().Add(-SweepAfter), func(digests []Digest) error {
		used, err := a.Store.Used(ctx, digests)
		if err != nil {
			return err
		}
		for _, d := range digests {
			if slices.Contains(used, d) {
				continue
			}
			gone, err := a.sweep(ctx, d)
			if err != nil {
				return err
			}
			if gone {
				swept++
			}
		}
		return nil
	})
	return swept, err
}

// sweep removes one blob, unless a row has come to name it.
func (a *Album) sweep(ctx context.Context, d Digest) (bool, error) {
	content, err := a.Blobs.Bytes(ctx, d)
	if errors.Is(err, ErrBlobMissing) {
		return false, nil // somebody else sweeps, too
	}
	if err != nil {
		return false, err
	}
	if err := a.Blobs.Remove(ctx, d); err != nil {
		return false, err
	}
	// What has been removed must come back even if the server is told to stop just now.
	ctx = context.WithoutCancel(ctx)
	used, err := a.Store.Used(ctx, []Digest{d})
	if err == nil && len(used) == 0 {
		return true, nil
	}
	return false, errors.Join(err, a.Blobs.Put(ctx, d, content))
}

// putSwept puts the blobs of a stored photo that were swept before its row could be
// seen.
func (a *Album) putSwept(ctx context.Context, prints []Print) error {
	for _, p := range prints {
		n, err := a.Blobs.Size(ctx, p.Digest)
		if err == nil && n == int64(p.Bytes) {
			continue
		}
		if err != nil && !errors.Is(err, ErrBlobMissing) {
			return fmt.Errorf("look for the %s variant: %w", p.Size, err)
		}
		if err := a.Blobs.Put(ctx, p.Digest, p.Content); err != nil {
			return fmt.Errorf("put the %s variant again: %w", p.Size, err)
		}
	}
	return nil
}

package cloudblob

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"corner/fault"
	"corner/media"
)

// Bucket is where blobs are kept. Close it after use.
type Bucket struct {
	keys   keys
	remote bool // it may be away
}

var _ media.Blobs = (*Bucket)(nil)

// keys is contents by keys with slashes. What is not there is errMissing.
type keys interface {
	put(ctx context.Context, key string, content []byte) error
	size(ctx context.Context, key string) (int64, error)
	get(ctx context.Context, key string) ([]byte, error)
	remove(ctx context.Context, key string) error
	// list calls f for each key below a prefix, with the time of its put.
	list(ctx context.Context, prefix string, f func(key string, put time.Time) error) error
	ready(ctx context.Context) error
	close() error
}

var errMissing = errors.New("nothing is at that key")

// Open opens what a URL names; a folder is made if it is not there.
func Open(_ context.Context, raw string) (*Bucket, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errors.New("the URL cannot be read") // it may hold a password
	}
	switch u.Scheme {
	case "file":
		k, err := openFolder(u)
		return &Bucket{keys: k}, err
	case "mem":
		return &Bucket{keys: &memory{all: map[string]kept{}}}, nil
	case "s3":
		k, err := openS3(u)
		return &Bucket{keys: k, remote: true}, err
	}
	return nil, fmt.Errorf("a URL of blobs begins with file://, s3:// or mem:, not %q", u.Scheme)
}

// Close lets go of the bucket.
func (b *Bucket) Close() error { return b.keys.close() }

// Ready reports whether the bucket can be reached.
func (b *Bucket) Ready(ctx context.Context) error { return b.portError(b.keys.ready(ctx)) }

// root is before all keys, so that a bucket can hold more than photos.
const root = "photos/"

func keyOf(d media.Digest) string { return root + string(d[:2]) + "/" + string(d) + ".jpg" }

// digestOf is the blob at a key; false for what no Put has made.
func digestOf(key string) (media.Digest, bool) {
	_, name, _ := strings.Cut(strings.TrimPrefix(key, root), "/")
	d := media.Digest(strings.TrimSuffix(name, ".jpg"))
	return d, d.Valid() && keyOf(d) == key
}

// Put implements media.Blobs.
func (b *Bucket) Put(ctx context.Context, d media.Digest, content []byte) error {
	if !d.Valid() {
		return fmt.Errorf("put a blob: %w", errDigest)
	}
	if err := b.keys.put(ctx, keyOf(d), content); err != nil {
		return b.portError(fmt.Errorf("put a blob: %w", err))
	}
	return nil
}

var errDigest = errors.New("that is no digest")

// Size implements media.Blobs.
func (b *Bucket) Size(ctx context.Context, d media.Digest) (int64, error) {
	if !d.Valid() {
		return 0, media.ErrBlobMissing
	}
	n, err := b.keys.size(ctx, keyOf(d))
	if err != nil {
		return 0, b.portError(fmt.Errorf("look for a blob: %w", err))
	}
	return n, nil
}

// Bytes implements media.Blobs.
func (b *Bucket) Bytes(ctx context.Context, d media.Digest) ([]byte, error) {
	if !d.Valid() {
		return nil, media.ErrBlobMissing
	}
	content, err := b.keys.get(ctx, keyOf(d))
	if err != nil {
		return nil, b.portError(fmt.Errorf("read a blob: %w", err))
	}
	return content, nil
}

// Remove implements media.Blobs.
func (b *Bucket) Remove(ctx context.Context, d media.Digest) error {
	if !d.Valid() {
		return nil
	}
	err := b.keys.remove(ctx, keyOf(d))
	if errors.Is(err, errMissing) {
		return nil
	}
	return b.portError(err)
}

// Each implements media.Blobs. On the way it removes what a killed process left half
// written.
func (b *Bucket) Each(ctx context.Context, before time.Time, f func([]media.Digest) error) error {
	const page = 200
	var old []media.Digest
	hand := func(atLeast int) error {
		if len(old) < atLeast || len(old) == 0 {
			return nil
		}
		part := old
		old = nil
		return f(part)
	}
	err := b.keys.list(ctx, root, func(key string, put time.Time) error {
		if !put.Before(before) {
			return nil
		}
		if d, ours := digestOf(key); ours {
			old = append(old, d)
			return hand(page)
		}
		if strings.HasSuffix(key, halfWritten) {
			if err := b.keys.remove(ctx, key); err != nil && !errors.Is(err, errMissing) {
				return fmt.Errorf("remove a half-written blob: %w", err)
			}
		}
		return nil
	})
	if err == nil {
		err = hand(0)
	}
	if err != nil {
		return b.portError(fmt.Errorf("list the blobs: %w", err))
	}
	return nil
}

// portError puts an error into the port's words.
func (b *Bucket) portError(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errMissing):
		return fmt.Errorf("%w: %w", media.ErrBlobMissing, err)
	case b.remote:
		return fmt.Errorf("%w: %w", fault.ErrAway, err)
	}
	return err
}

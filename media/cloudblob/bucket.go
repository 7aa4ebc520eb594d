package cloudblob

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"
	_ "gocloud.dev/blob/s3blob" // opens s3:// URLs
	"gocloud.dev/gcerrors"

	"corner/fault"
	"corner/media"
)

// Bucket is where blobs are kept. Close it after use.
type Bucket struct {
	bucket *blob.Bucket
	folder string // where they are files; "" elsewhere
	remote bool   // it may be away
}

var _ media.Blobs = (*Bucket)(nil)

// Open opens what a URL names; a folder is made if it is not there.
func Open(ctx context.Context, raw string) (*Bucket, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errors.New("the URL cannot be read") // it may hold a password
	}
	switch u.Scheme {
	case "file":
		return openFolder(u)
	case "mem":
		return &Bucket{bucket: memblob.OpenBucket(nil)}, nil
	case "s3":
		bucket, err := blob.OpenBucket(ctx, raw)
		if err != nil {
			return nil, fmt.Errorf("open the bucket: %w", err)
		}
		return &Bucket{bucket: bucket, remote: true}, nil
	}
	return nil, fmt.Errorf("a URL of blobs begins with file://, s3:// or mem:, not %q", u.Scheme)
}

func openFolder(u *url.URL) (*Bucket, error) {
	if u.Host != "" || u.Opaque != "" || u.Path == "" {
		return nil, errors.New("a URL of a folder is file:///absolute/path or file:///./relative/path")
	}
	folder := filepath.FromSlash(strings.TrimPrefix(u.Path, "/./"))
	bucket, err := fileblob.OpenBucket(folder, &fileblob.Options{
		CreateDir: true, DirFileMode: 0o700,
		NoTempDir: true, // a rename from another disk would not be one step
		Metadata:  fileblob.MetadataDontWrite,
	})
	if err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	return &Bucket{bucket: bucket, folder: folder}, nil
}

// Close lets go of the bucket.
func (b *Bucket) Close() error { return b.bucket.Close() }

// Ready reports whether the bucket can be reached.
func (b *Bucket) Ready(ctx context.Context) error {
	there, err := b.bucket.IsAccessible(ctx)
	if err == nil && !there {
		err = errors.New("there is no such bucket")
	}
	return b.told(err)
}

// root is before all keys, so that a bucket can hold more than photos.
const root = "photos/"

func keyOf(d media.Digest) string { return root + string(d[:2]) + "/" + string(d) + ".jpg" }

// digestOf is the blob at a key; false for what no Put has made.
func digestOf(key string) (media.Digest, bool) {
	_, name, _ := strings.Cut(strings.TrimPrefix(key, root), "/")
	d := media.Digest(strings.TrimSuffix(name, ".jpg"))
	return d, d.Valid() && keyOf(d) == key
}

// Put implements media.Blobs. A file is written under another name, forced to the disk
// and renamed, so that even a power cut leaves all of it or nothing.
func (b *Bucket) Put(ctx context.Context, d media.Digest, content []byte) error {
	if !d.Valid() {
		return fmt.Errorf("put a blob: %w", errDigest)
	}
	ctx, stop := context.WithCancel(ctx) // a writer that is not closed is cancelled
	defer stop()
	var file *os.File
	w, err := b.bucket.NewWriter(ctx, keyOf(d), &blob.WriterOptions{
		ContentType: "image/jpeg",
		BeforeWrite: func(as func(any) bool) error {
			as(&file)
			return nil
		},
	})
	if err != nil {
		return b.told(fmt.Errorf("put a blob: %w", err))
	}
	if _, err = w.Write(content); err == nil && file != nil {
		err = file.Sync()
	}
	if err != nil {
		stop()
	}
	if err = errors.Join(err, w.Close()); err == nil && b.folder != "" {
		err = syncFolder(filepath.Dir(filepath.Join(b.folder, filepath.FromSlash(keyOf(d)))))
	}
	return b.told(err)
}

var errDigest = errors.New("that is no digest")

// syncFolder forces a new name in a folder to the disk.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Size implements media.Blobs.
func (b *Bucket) Size(ctx context.Context, d media.Digest) (int64, error) {
	if !d.Valid() {
		return 0, media.ErrBlobMissing
	}
	a, err := b.bucket.Attributes(ctx, keyOf(d))
	if err != nil {
		return 0, b.told(fmt.Errorf("look for a blob: %w", err))
	}
	return a.Size, nil
}

// Bytes implements media.Blobs.
func (b *Bucket) Bytes(ctx context.Context, d media.Digest) ([]byte, error) {
	if !d.Valid() {
		return nil, media.ErrBlobMissing
	}
	content, err := b.bucket.ReadAll(ctx, keyOf(d))
	if err != nil {
		return nil, b.told(fmt.Errorf("read a blob: %w", err))
	}
	return content, nil
}

// Remove implements media.Blobs.
func (b *Bucket) Remove(ctx context.Context, d media.Digest) error {
	if !d.Valid() {
		return nil
	}
	err := b.told(b.bucket.Delete(ctx, keyOf(d)))
	if errors.Is(err, media.ErrBlobMissing) {
		return nil
	}
	return err
}

// Each implements media.Blobs. On the way it removes what a killed process left half
// written.
func (b *Bucket) Each(ctx context.Context, before time.Time, f func([]media.Digest) error) error {
	const page = 200
	for token := blob.FirstPageToken; len(token) > 0; {
		objects, next, err := b.bucket.ListPage(ctx, token, page, &blob.ListOptions{Prefix: root})
		if err != nil {
			return b.told(fmt.Errorf("list the blobs: %w", err))
		}
		token = next
		var old []media.Digest
		for _, o := range objects {
			if !o.ModTime.Before(before) {
				continue
			}
			if d, ours := digestOf(o.Key); ours {
				old = append(old, d)
			} else if b.folder != "" && strings.HasSuffix(o.Key, ".tmp") {
				if err := b.bucket.Delete(ctx, o.Key); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
					return fmt.Errorf("remove a half-written blob: %w", err)
				}
			}
		}
		if len(old) == 0 {
			continue
		}
		if err := f(old); err != nil {
			return err
		}
	}
	return nil
}

// told puts an error into the port's words.
func (b *Bucket) told(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case gcerrors.Code(err) == gcerrors.NotFound:
		return fmt.Errorf("%w: %w", media.ErrBlobMissing, err)
	case b.remote:
		return fmt.Errorf("%w: %w", fault.ErrAway, err)
	}
	return err
}

package cloudblob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// folder is keys as files. A file is written under another name, forced to the disk and
// renamed, so that even a power cut leaves all of it or nothing.
type folder struct {
	path string
	root *os.Root // nothing outside of it is touched
}

// halfWritten ends the names of files that are being written.
const halfWritten = ".tmp"

func openFolder(u *url.URL) (*folder, error) {
	if u.Host != "" || u.Opaque != "" || u.Path == "" {
		return nil, errors.New("a URL of a folder is file:///absolute/path or file:///./relative/path")
	}
	at := filepath.FromSlash(strings.TrimPrefix(u.Path, "/./"))
	if err := os.MkdirAll(at, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	root, err := os.OpenRoot(at)
	if err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	return &folder{at, root}, nil
}

func (d *folder) put(ctx context.Context, key string, content []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.root.MkdirAll(path.Dir(key), 0o700); err != nil {
		return err
	}
	// Beside its place: a rename from another disk would not be one step.
	f, err := os.CreateTemp(filepath.Join(d.path, filepath.FromSlash(path.Dir(key))), path.Base(key)+".*"+halfWritten)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(d.path, filepath.FromSlash(key)))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return d.sync(path.Dir(key))
}

// sync forces the names in a folder to the disk.
func (d *folder) sync(name string) error {
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (d *folder) size(ctx context.Context, key string) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	info, err := d.root.Stat(key)
	if err != nil {
		return 0, missing(err)
	}
	return info.Size(), nil
}

func (d *folder) get(ctx context.Context, key string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	content, err := d.root.ReadFile(key)
	return content, missing(err)
}

func (d *folder) remove(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return missing(d.root.Remove(key))
}

func (d *folder) list(ctx context.Context, prefix string, f func(key string, put time.Time) error) error {
	err := fs.WalkDir(d.root.FS(), strings.TrimSuffix(prefix, "/"), func(key string, entry fs.DirEntry, err error) error {
		if err = errors.Join(err, ctx.Err()); err != nil || entry.IsDir() {
			return gone(err)
		}
		info, err := entry.Info()
		if err != nil {
			return gone(err)
		}
		return f(key, info.ModTime())
	})
	return gone(err)
}

func (d *folder) ready(ctx context.Context) error {
	_, err := d.root.Stat(".")
	return errors.Join(err, ctx.Err())
}

func (d *folder) close() error { return d.root.Close() }

// missing is errMissing for what is not there.
func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", errMissing, err)
	}
	return err
}

// gone is no error for what has been removed while a list was made.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

package cloudblob_test

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corner/fault"
	"corner/media"
	"corner/media/cloudblob"
	"corner/media/mediatest"
)

func open(t *testing.T, url string) *cloudblob.Bucket {
	t.Helper()
	b, err := cloudblob.Open(t.Context(), url)
	if err != nil {
		t.Fatalf("open %s: %v", url, err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

func folderURL(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

func TestContract(t *testing.T) {
	t.Parallel()
	t.Run("folder", func(t *testing.T) {
		t.Parallel()
		mediatest.Blobs(t, func(t *testing.T) media.Blobs {
			return open(t, folderURL(filepath.Join(t.TempDir(), "a new", "folder")))
		})
	})
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		mediatest.Blobs(t, func(t *testing.T) media.Blobs { return open(t, "mem:") })
	})
}

// TestPieces: pieces of uploads lie beside the photos, which do not know them.
func TestPieces(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]string{"folder": folderURL(t.TempDir()), "memory": "mem:"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, url)
			mediatest.Pieces(t, func(*testing.T) media.Pieces { return cloudblob.Pieces{Bucket: b} })
			err := b.Each(t.Context(), time.Now().Add(time.Hour), func(list []media.Digest) error {
				t.Errorf("among the photos are %v", list)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// files is what a folder holds.
func files(t *testing.T, folder string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestFolder: one file a blob, none beside it; a blob that is put again is young again;
// what a killed process left is removed once it is old.
func TestFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	b := open(t, folderURL(folder))
	d := media.DigestOf([]byte("x"))
	if err := b.Put(t.Context(), d, []byte("x")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "photos", string(d[:2]), string(d)+".jpg")
	if got := files(t, folder); len(got) != 1 || got[0] != path {
		t.Fatalf("files are %v, want %s", got, path)
	}
	left := path + ".12ab.tmp"
	mine := filepath.Join(folder, "photos", "notes.txt")
	for _, p := range []string{left, mine} {
		if err := os.WriteFile(p, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := func(p string) {
		if err := os.Chtimes(p, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	aged := func() (n int) {
		if err := b.Each(t.Context(), time.Now().Add(-time.Minute), func(ds []media.Digest) error {
			n += len(ds)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if got := aged(); got != 0 || len(files(t, folder)) != 3 {
		t.Errorf("of young files %d are handed out and %v left, want none and 3", got, files(t, folder))
	}
	old(path)
	old(left)
	old(mine)
	if got := aged(); got != 1 {
		t.Errorf("%d blobs are old, want 1", got)
	}
	if got := strings.Join(files(t, folder), " "); strings.Contains(got, ".tmp") || !strings.Contains(got, "notes.txt") {
		t.Errorf("left are %s, want no half-written file, and what is not ours", got)
	}
	if err := b.Put(t.Context(), d, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if got := aged(); got != 0 {
		t.Errorf("a blob that was put again: %d are old, want none", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "blobs", "file:", "file://host/blobs", "http://x", "file:relative", "s3://b?no_such_parameter=1", "://"} {
		if b, err := cloudblob.Open(t.Context(), raw); err == nil {
			_ = b.Close()
			t.Errorf("Open(%q): got no error, want one", raw)
		}
	}
	if err := open(t, folderURL(t.TempDir())).Ready(t.Context()); err != nil {
		t.Errorf("Ready: %v", err)
	}
}

// TestAway: a bucket that nobody serves is away, not missing. Nothing listens on that
// port of the machine itself.
func TestAway(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "x")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "x")
	b := open(t, "s3://corner?region=us-east-1&endpoint=http://127.0.0.1:1&use_path_style=true")
	d := media.DigestOf([]byte("x"))
	_, err := b.Bytes(t.Context(), d)
	if !errors.Is(err, fault.ErrAway) {
		t.Errorf("Bytes: got %v, want %v", err, fault.ErrAway)
	}
	if err := b.Put(t.Context(), d, []byte("x")); !errors.Is(err, fault.ErrAway) {
		t.Errorf("Put: got %v, want %v", err, fault.ErrAway)
	}
}

package mediatest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"corner/internal/expect"
	"corner/media"
)

// Blobs tests that what open gives keeps the contract of media.Blobs. Each call of open
// gives an empty one of its own.
func Blobs(t *testing.T, open func(t *testing.T) media.Blobs) {
	t.Helper()
	for name, test := range map[string]func(expect.Test, media.Blobs){
		"put and read":             putAndRead,
		"nothing there":            nothingThere,
		"put twice, remove twice":  twice,
		"rivals put the same":      rivalsPut,
		"a call that is given up":  givenUp,
		"each blob, by its age":    eachByAge,
		"what is no digest":        noDigest,
		"each ends when f refuses": eachEnds,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(expect.Test{T: t}, open(t))
		})
	}
}

func content(i int) (media.Digest, []byte) {
	b := bytes.Repeat([]byte(fmt.Sprint("blob ", i, "\x00\xff")), 1_000+i)
	return media.DigestOf(b), b
}

func put(s expect.Test, b media.Blobs, i int) media.Digest {
	s.Helper()
	d, c := content(i)
	if err := b.Put(s.Context(), d, c); err != nil {
		s.Fatalf("Put: %v", err)
	}
	return d
}

// all is every blob from before a moment, in order.
func all(s expect.Test, b media.Blobs, before time.Time) []media.Digest {
	s.Helper()
	var list []media.Digest
	if err := b.Each(s.Context(), before, func(ds []media.Digest) error {
		list = append(list, ds...)
		return nil
	}); err != nil {
		s.Fatalf("Each: %v", err)
	}
	slices.Sort(list)
	return list
}

func putAndRead(s expect.Test, b media.Blobs) {
	d := put(s, b, 1)
	_, want := content(1)
	s.Same("Bytes", want, expect.OK(b.Bytes(s.Context(), d))(s))
	s.Same("Size", int64(len(want)), expect.OK(b.Size(s.Context(), d))(s))
}

func nothingThere(s expect.Test, b media.Blobs) {
	put(s, b, 1)
	d, _ := content(2)
	_, err := b.Bytes(s.Context(), d)
	s.Refused("Bytes", err, media.ErrBlobMissing)
	_, err = b.Size(s.Context(), d)
	s.Refused("Size", err, media.ErrBlobMissing)
	s.Refused("Remove", b.Remove(s.Context(), d), nil)
}

func twice(s expect.Test, b media.Blobs) {
	d := put(s, b, 1)
	other := put(s, b, 2)
	s.Same("put twice", d, put(s, b, 1))
	s.Same("blobs", 2, len(all(s, b, time.Now().Add(time.Hour))))
	for range 2 {
		s.Refused("Remove", b.Remove(s.Context(), d), nil)
	}
	_, err := b.Bytes(s.Context(), d)
	s.Refused("Bytes of a removed blob", err, media.ErrBlobMissing)
	s.Same("what is left", []media.Digest{other}, all(s, b, time.Now().Add(time.Hour)))
}

func rivalsPut(s expect.Test, b media.Blobs) {
	d, c := content(1)
	if failed := expect.Rivals(20, func(int) error { return b.Put(s.Context(), d, c) }); len(failed) > 0 {
		s.Fatalf("%d of 20 rivals failed, want none: %v", len(failed), failed[0])
	}
	s.Same("Bytes", c, expect.OK(b.Bytes(s.Context(), d))(s))
	s.Same("blobs", []media.Digest{d}, all(s, b, time.Now().Add(time.Hour)))
}

func givenUp(s expect.Test, b media.Blobs) {
	ctx, stop := context.WithCancel(s.Context())
	stop()
	d, c := content(1)
	if err := b.Put(ctx, d, c); err == nil {
		s.Error("Put: got no error, want that of the context")
	}
	_, err := b.Bytes(s.Context(), d)
	s.Refused("Bytes", err, media.ErrBlobMissing)
	s.Same("blobs", []media.Digest(nil), all(s, b, time.Now().Add(time.Hour)))
}

func eachByAge(s expect.Test, b media.Blobs) {
	const n = 250 // more than a page
	var want []media.Digest
	for i := range n {
		d := media.DigestOf(fmt.Append(nil, i))
		if err := b.Put(s.Context(), d, []byte{1}); err != nil {
			s.Fatalf("Put: %v", err)
		}
		want = append(want, d)
	}
	slices.Sort(want)
	s.Same("those from before an hour ago", []media.Digest(nil), all(s, b, time.Now().Add(-time.Hour)))
	s.Same("those from before the next hour", want, all(s, b, time.Now().Add(time.Hour)))
	// As a sweep does: it removes what it is handed.
	err := b.Each(s.Context(), time.Now().Add(time.Hour), func(ds []media.Digest) error {
		for _, d := range ds {
			if err := b.Remove(s.Context(), d); err != nil {
				return err
			}
		}
		return nil
	})
	s.Refused("Each that removes", err, nil)
	s.Same("what is left", []media.Digest(nil), all(s, b, time.Now().Add(time.Hour)))
}

func noDigest(s expect.Test, b media.Blobs) {
	for _, d := range []media.Digest{"", "..", "../../etc/passwd", "ABC", media.DigestOf(nil)[1:] + "/"} {
		if err := b.Put(s.Context(), d, []byte{1}); err == nil {
			s.Errorf("Put(%q): got no error, want one", d)
		}
		_, err := b.Bytes(s.Context(), d)
		s.Refused("Bytes", err, media.ErrBlobMissing)
		_, err = b.Size(s.Context(), d)
		s.Refused("Size", err, media.ErrBlobMissing)
		s.Refused("Remove", b.Remove(s.Context(), d), nil)
	}
}

func eachEnds(s expect.Test, b media.Blobs) {
	put(s, b, 1)
	no := errors.New("no")
	s.Refused("Each", b.Each(s.Context(), time.Now().Add(time.Hour), func([]media.Digest) error { return no }), no)
}

package media_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"corner/idempotency"
	"corner/media"
)

// TestSweep: what a photo names stays; the rest goes once it is old.
func TestSweep(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	kept, twin, gone := s.add(t, 1), s.add(t, 2), s.add(t, 2)
	wantErr(t, "Remove", s.Remove(t.Context(), s.manager, gone.ID), nil)
	orphan := media.DigestOf([]byte("an upload that broke off"))
	wantErr(t, "Put", s.Blobs.Put(t.Context(), orphan, []byte("an upload that broke off")), nil)
	sweep := func(want int) {
		t.Helper()
		n, err := s.Sweep(t.Context())
		wantErr(t, "Sweep", err, nil)
		same(t, "swept", n, want)
	}
	sweep(0) // all of them are young
	s.now = s.now.Add(media.SweepAfter + time.Minute)
	sweep(1)
	sweep(0)
	for _, p := range []media.Photo{kept, twin} {
		for _, v := range p.Variants {
			if _, err := s.Content(t.Context(), v); err != nil {
				t.Errorf("a %s variant that is in use: %v", v.Size, err)
			}
		}
	}
	wantErr(t, "Remove", s.Remove(t.Context(), s.manager, twin.ID), nil)
	sweep(1) // its three sizes are one blob: the picture is small
	_, err := s.Content(t.Context(), twin.Variants[0])
	wantErr(t, "what nobody names any more", err, media.ErrBlobMissing)
}

// meddling is blobs in which something happens at some moment.
type meddling struct {
	media.Blobs
	before func(what string)
	fails  string // what of it fails
}

var errMeddled = errors.New("meddled with")

func (m meddling) act(what string) error {
	if m.before != nil {
		m.before(what)
	}
	if m.fails == what {
		return errMeddled
	}
	return nil
}

func (m meddling) Put(ctx context.Context, d media.Digest, c []byte) error {
	return errors.Join(m.act("put"), m.Blobs.Put(ctx, d, c))
}

func (m meddling) Bytes(ctx context.Context, d media.Digest) ([]byte, error) {
	if err := m.act("bytes"); err != nil {
		return nil, err
	}
	return m.Blobs.Bytes(ctx, d)
}

func (m meddling) Size(ctx context.Context, d media.Digest) (int64, error) {
	if err := m.act("size"); err != nil {
		return 0, err
	}
	return m.Blobs.Size(ctx, d)
}

func (m meddling) Remove(ctx context.Context, d media.Digest) error {
	if err := m.act("remove"); err != nil {
		return err
	}
	return m.Blobs.Remove(ctx, d)
}

// TestSweepMeetsAdd: a picture that was swept away is uploaded again at the worst
// moments of a sweep, and the other way round; the photo is always whole.
func TestSweepMeetsAdd(t *testing.T) {
	t.Parallel()
	for _, moment := range []string{"bytes", "remove"} {
		t.Run("an upload while a sweep is at "+moment, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			wantErr(t, "Remove", s.Remove(t.Context(), s.manager, s.add(t, 1).ID), nil)
			s.now = s.now.Add(media.SweepAfter + time.Minute)
			sweeper := *s.Album
			var added media.Photo
			sweeper.Blobs = meddling{Blobs: s.Blobs, before: func(what string) {
				if what == moment && added.ID == "" {
					added = s.add(t, 1)
				}
			}}
			n, err := sweeper.Sweep(t.Context())
			wantErr(t, "Sweep", err, nil)
			same(t, "swept", n, 0)
			s.whole(t, added)
		})
	}
	for _, moment := range []string{"put", "size"} {
		t.Run("a sweep while an upload is at "+moment, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			adder := *s.Album
			s.now = s.now.Add(media.SweepAfter + time.Minute) // so that all is old
			swept := 0
			adder.Blobs = meddling{Blobs: s.Blobs, before: func(what string) {
				if what == moment && swept < 5 {
					_, err := s.Sweep(t.Context())
					wantErr(t, "Sweep", err, nil)
					swept++
				}
			}}
			p, err := adder.Add(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Item}, picture(200), idempotency.Key{})
			wantErr(t, "Add", err, nil)
			s.whole(t, p)
		})
	}
}

func (s *scene) whole(t *testing.T, p media.Photo) {
	t.Helper()
	if len(p.Variants) != 3 {
		t.Fatalf("the photo was not added: %+v", p)
	}
	for _, v := range p.Variants {
		if content, err := s.Content(t.Context(), v); err != nil || media.DigestOf(content) != v.Digest {
			t.Errorf("the %s variant: %d bytes, %v; want all of it", v.Size, len(content), err)
		}
	}
}

// TestBrokenBlobs: when the blobs fail, no row names what is not there, and the same
// call goes well later.
func TestBrokenBlobs(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"put", "size"} {
		s := newScene(t)
		fine := s.Blobs
		key, err := idempotency.New(string(s.shop.Owner), "k", "photos.add", 1)
		wantErr(t, "key", err, nil)
		add := func() error {
			_, err := s.Add(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Item}, picture(1), key)
			return err
		}
		s.Blobs = meddling{Blobs: fine, fails: what}
		wantErr(t, "while "+what+" fails", add(), errMeddled)
		if what == "put" {
			same(t, "photos", len(s.list(t)), 0)
		}
		s.Blobs = fine
		wantErr(t, "the same call once it does not", add(), nil)
		same(t, "photos", len(s.list(t)), 1)
	}
	s := newScene(t)
	wantErr(t, "Remove", s.Remove(t.Context(), s.manager, s.add(t, 1).ID), nil)
	s.now = s.now.Add(media.SweepAfter + time.Minute)
	for _, what := range []string{"bytes", "remove"} {
		sweeper := *s.Album
		sweeper.Blobs = meddling{Blobs: s.Blobs, fails: what}
		_, err := sweeper.Sweep(t.Context())
		wantErr(t, "a sweep while "+what+" fails", err, errMeddled)
	}
	same(t, "blobs after failed sweeps", s.blobs(t), 1)
}

package mediatest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/media"
	"corner/uid"
)

// Uploads tests that what open gives keeps the contract of media.Uploads. Each call of open gives an empty one of its own.
func Uploads(t *testing.T, open func(t *testing.T) media.Uploads) {
	t.Helper()
	for name, test := range map[string]func(expect.Test, media.Uploads){
		"begun, and gone on with": uploadGoesOn, "rivals begin": uploadRivals, "rivals at one offset": uploadPieces, "over": uploadsOver,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(expect.Test{T: t}, open(t))
		})
	}
}

var uploadDay = time.Date(2031, 5, 5, 9, 0, 0, 0, time.UTC)

func anUpload(user identity.UserID, at time.Time) media.Upload {
	return media.Upload{
		ID: media.UploadID(
			uid.New("upl", at),
		),
		User:      user,
		Place:     "plc_1",
		Draft:     media.Draft{Kind: media.Item, Caption: "一碗面", Service: "svc_1"},
		Bytes:     10,
		CreatedAt: at,
		ExpiresAt: at.Add(media.UploadFor),
	}
}

func sound(s expect.Test, err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func allow(int) error { return nil }

func uploadGoesOn(s expect.Test, b media.Uploads) {
	u := anUpload("usr_1", uploadDay)
	key, err := idempotency.New("usr_1", "k", "begin", 1)
	sound(s, err)
	got, err := b.AddUpload(s.Context(), u, key, allow)
	sound(s, err)
	s.Same("AddUpload", u, normal(got))
	again, err := b.AddUpload(s.Context(), anUpload("usr_1", uploadDay), key, func(int) error { return errors.New("asked") })
	sound(s, err)
	s.Same("AddUpload again", u, normal(again))
	_, err = b.Upload(s.Context(), "usr_2", u.ID)
	s.Refused("another's", err, media.ErrUploadNotFound)
	_, err = b.UpdateUpload(s.Context(), "usr_2", u.ID, func(*media.Upload) error { return nil })
	s.Refused("changing another's", err, media.ErrUploadNotFound)
	s.Refused("removing another's", b.RemoveUpload(s.Context(), "usr_2", u.ID), media.ErrUploadNotFound)
	u.Received, u.Pieces, u.Photo = 10, []string{"a/1", "a/2"}, "pht_1"
	_, err = b.UpdateUpload(s.Context(), "usr_1", u.ID, func(w *media.Upload) error {
		w.Received, w.Pieces, w.Photo = u.Received, u.Pieces, u.Photo
		return nil
	})
	sound(s, err)
	refused := errors.New("no")
	_, err = b.UpdateUpload(s.Context(), "usr_1", u.ID, func(w *media.Upload) error { w.Received = 1; return refused })
	s.Refused("a change that is refused", err, refused)
	got, err = b.Upload(s.Context(), "usr_1", u.ID)
	sound(s, err)
	s.Same("Upload", u, normal(got))
	sound(s, b.RemoveUpload(s.Context(), "usr_1", u.ID))
	_, err = b.Upload(s.Context(), "usr_1", u.ID)
	s.Refused("removed", err, media.ErrUploadNotFound)
	_, err = b.AddUpload(s.Context(), anUpload("usr_1", uploadDay), key, allow)
	s.Refused("AddUpload again of one that was removed", err, media.ErrUploadNotFound)
}

// normal is an upload with no pieces written in one way.
func normal(u media.Upload) media.Upload {
	if len(u.Pieces) == 0 {
		u.Pieces = nil
	}
	return u
}

// uploadRivals: of many that begin at once, as many are admitted as may be; what is over or has become a photo does not count.
func uploadRivals(s expect.Test, b media.Uploads) {
	old, done := anUpload("usr_1", uploadDay.Add(-2*media.UploadFor)), anUpload("usr_1", uploadDay)
	done.Photo = "pht_1"
	for _, u := range []media.Upload{old, done, anUpload("usr_2", uploadDay)} {
		_, err := b.AddUpload(s.Context(), u, idempotency.Key{}, allow)
		sound(s, err)
	}
	full := errors.New("full")
	var made atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			_, err := b.AddUpload(s.Context(), anUpload("usr_1", uploadDay), idempotency.Key{}, func(underway int) error {
				if underway >= 3 {
					return full
				}
				return nil
			})
			if err == nil {
				made.Add(1)
			} else if !errors.Is(err, full) {
				s.Errorf("AddUpload: %v", err)
			}
		})
	}
	wg.Wait()
	s.Same("begun by rivals", int64(3), made.Load())
}

// uploadPieces: of many that add at one offset, one does.
func uploadPieces(s expect.Test, b media.Uploads) {
	u := anUpload("usr_1", uploadDay)
	_, err := b.AddUpload(s.Context(), u, idempotency.Key{}, allow)
	sound(s, err)
	var kept atomic.Int64
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			_, err := b.UpdateUpload(s.Context(), "usr_1", u.ID, func(w *media.Upload) error {
				if w.Received != 0 {
					return media.ErrWrongOffset
				}
				w.Received, w.Pieces = 4, append(w.Pieces, fmt.Sprint("a/", i))
				return nil
			})
			if err == nil {
				kept.Add(1)
			} else if !errors.Is(err, media.ErrWrongOffset) {
				s.Errorf("UpdateUpload: %v", err)
			}
		})
	}
	wg.Wait()
	got, err := b.Upload(s.Context(), "usr_1", u.ID)
	sound(s, err)
	if kept.Load() != 1 || got.Received != 4 || len(got.Pieces) != 1 {
		s.Errorf("%d were kept, and it is %+v", kept.Load(), got)
	}
}

func uploadsOver(s expect.Test, b media.Uploads) {
	for i := range 5 {
		_, err := b.AddUpload(s.Context(), anUpload("usr_1", uploadDay.Add(time.Duration(i)*time.Hour)), idempotency.Key{}, allow)
		sound(s, err)
	}
	var gone []int
	for range 3 {
		n, err := b.ForgetUploads(s.Context(), uploadDay.Add(media.UploadFor+3*time.Hour), 2)
		sound(s, err)
		gone = append(gone, n)
	}
	s.Same("forgotten", []int{2, 1, 0}, gone)
}

// Pieces tests that what open gives keeps the contract of media.Pieces, of which each call gives an empty one.
func Pieces(t *testing.T, open func(t *testing.T) media.Pieces) {
	t.Helper()
	s := expect.Test{T: t}
	b := open(t)
	ctx := t.Context()
	_, err := b.Piece(ctx, "upl_1/a")
	s.Refused("a piece that is not there", err, media.ErrBlobMissing)
	sound(s, b.RemovePiece(ctx, "upl_1/a"))
	want := []string{"upl_1/a", "upl_1/b", "upl_2/a"}
	for _, name := range want {
		sound(s, b.PutPiece(ctx, name, []byte(name)))
	}
	got, err := b.Piece(ctx, "upl_1/b")
	sound(s, err)
	s.Same("Piece", "upl_1/b", string(got))
	each := func(before time.Time) (names []string) {
		sound(s, b.EachPiece(ctx, before, func(name string) error { names = append(names, name); return nil }))
		slices.Sort(names)
		return names
	}
	s.Same("the young ones", 0, len(each(time.Now().Add(-time.Hour))))
	s.Same("each", want, each(time.Now().Add(time.Hour)))
	sound(s, b.RemovePiece(ctx, "upl_1/b"))
	s.Same("each but the removed", []string{"upl_1/a", "upl_2/a"}, each(time.Now().Add(time.Hour)))
}

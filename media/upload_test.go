package media_test

import (
	"slices"
	"testing"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/media"
)

// pieces is the names of all pieces.
func (s *scene) pieces(t *testing.T) (names []string) {
	t.Helper()
	if err := s.Pieces.EachPiece(t.Context(), time.Now().Add(48*time.Hour), func(name string) error {
		names = append(names, name)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

func (s *scene) begin(t *testing.T, bytes int) media.Upload {
	t.Helper()
	u, err := s.BeginUpload(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Item}, int64(bytes), idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (s *scene) receive(t *testing.T, u media.Upload, piece []byte) media.Upload {
	t.Helper()
	u, err := s.Receive(t.Context(), s.manager, u.ID, u.Received, piece)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// TestUploadIsOver: a day after its beginning an upload is not there any more, and is purged with what was received of
// it; one that is under way stays whole, and counts no more than it should.
func TestUploadIsOver(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	old := s.receive(t, s.begin(t, 10), []byte("12345"))
	for range media.MaxUploads - 1 {
		s.begin(t, 10)
	}
	_, err := s.BeginUpload(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Item}, 10, idempotency.Key{})
	wantErr(t, "one more than a person may have", err, media.ErrTooManyUploads)
	if n, err := s.PurgeUploads(t.Context()); err != nil || n != 0 {
		t.Errorf("purged %d pieces of what is under way, %v", n, err)
	}
	s.now = s.now.Add(media.UploadFor)
	_, err = s.Upload(t.Context(), s.manager, old.ID)
	wantErr(t, "one that is over", err, media.ErrUploadNotFound)
	_, err = s.Receive(t.Context(), s.manager, old.ID, old.Received, []byte("67890"))
	wantErr(t, "going on with one that is over", err, media.ErrUploadNotFound)
	s.begin(t, 10)
	s.now = s.now.Add(time.Minute) // the blob was put when the clock on the wall said so
	if n, err := s.PurgeUploads(t.Context()); err != nil || n != 1 {
		t.Errorf("purged %d pieces, %v; want 1", n, err)
	}
	if names := s.pieces(t); len(names) != 0 {
		t.Errorf("the pieces %v are left", names)
	}
}

// TestUploadHangs: a whole one becomes a photo once, whoever asks how often, and leaves no piece behind; not for who
// manages the place no more.
func TestUploadHangs(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	want := picture(1)
	u := s.begin(t, len(want))
	for piece := range slices.Chunk(want, 300) {
		u = s.receive(t, u, piece)
	}
	got := make([]byte, u.Bytes)
	if err := s.Assemble(t.Context(), &u, got); err != nil || !slices.Equal(got, want) {
		t.Fatalf("the pieces do not make what was sent: %v", err)
	}
	_, err := s.HangUpload(t.Context(), identity.Actor{User: s.manager.User}, &u, got)
	if err == nil {
		t.Error("it hangs for somebody who does not manage the place")
	}
	var photos []media.ID
	for range 2 {
		hung, err := s.HangUpload(t.Context(), s.manager, &u, got)
		if err != nil {
			t.Fatal(err)
		}
		photos = append(photos, hung.Photo)
	}
	if photos[0] == "" || photos[0] != photos[1] || !slices.Equal(s.list(t), photos[:1]) {
		t.Errorf("it became %v, and %v hang", photos, s.list(t))
	}
	if names := s.pieces(t); len(names) != 0 {
		t.Errorf("the pieces %v are left", names)
	}
	if err := s.GiveUpUpload(t.Context(), s.manager, u.ID); err != nil || len(s.list(t)) != 1 {
		t.Errorf("given up afterwards: %v, %d photos", err, len(s.list(t)))
	}
}

// TestUploadInCrumbs: an upload that has come in too many pieces is refused, before it costs more.
func TestUploadInCrumbs(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	u := s.begin(t, media.MaxPieces+1)
	u, err := s.Uploads.UpdateUpload(t.Context(), s.manager.User, u.ID, func(u *media.Upload) error {
		for range media.MaxPieces {
			u.Pieces = append(u.Pieces, "x")
		}
		u.Received = media.MaxPieces
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Receive(t.Context(), s.manager, u.ID, u.Received, []byte("y"))
	wantErr(t, "one piece more", err, media.ErrTooManyPieces)
}

package media

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"corner/catalog"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/uid"
)

// UploadID names an upload: "upl_…".
type UploadID string

// Upload is a picture that arrives in pieces, over several calls and connections.
type Upload struct {
	ID       UploadID
	User     identity.UserID // who brings it; it is not there for anybody else
	Place    catalog.PlaceID
	Draft    Draft
	Bytes    int64    // of the whole picture
	Received int64    // from its beginning
	Pieces   []string // the blobs that hold what was received, in their order
	Photo    ID       // what it became, "" until then

	CreatedAt, ExpiresAt time.Time
}

// Whole reports whether its last byte is there.
func (u *Upload) Whole() bool { return u.Received == u.Bytes }

// Bounds of uploads.
const (
	MaxResumed = 10 << 20       // bytes of a picture that arrives in pieces
	MaxUploads = 3              // that one person has under way
	UploadFor  = 24 * time.Hour // from its beginning; then it is gone
	// MaxPieces is how often one may be broken off, and begun again where it was.
	MaxPieces = 1_000
)

// Uploads keeps what is known of uploads; Pieces keeps what was received of them.
type Uploads interface {
	// AddUpload stores u, if admit allows it, which is told how many uploads of its user at u.CreatedAt are under way:
	// not over, and no photo yet. Of two at a time the second counts the first. A repeat of key returns what the first call
	// stored, as it is by now, or ErrUploadNotFound if that has been removed since, and asks nobody.
	AddUpload(ctx context.Context, u Upload, key idempotency.Key, admit func(underway int) error) (Upload, error)
	// Upload is one of a user's; ErrUploadNotFound if there is none.
	Upload(ctx context.Context, user identity.UserID, id UploadID) (Upload, error)
	// UpdateUpload stores what change makes of one: what was received, and what became of it. change may run again.
	UpdateUpload(ctx context.Context, user identity.UserID, id UploadID, change func(*Upload) error) (Upload, error)
	// RemoveUpload removes one of a user's; ErrUploadNotFound if there is none.
	RemoveUpload(ctx context.Context, user identity.UserID, id UploadID) error
	// ForgetUploads removes up to n that were over before a moment, and returns how many.
	ForgetUploads(ctx context.Context, before time.Time, n int) (int, error)
}

// Pieces keeps bytes by names. What it says of one that it cannot reach is fault.ErrAway.
type Pieces interface {
	// PutPiece stores content under a name, whole or not at all.
	PutPiece(ctx context.Context, name string, content []byte) error
	// Piece is what is stored under a name; ErrBlobMissing if there is nothing.
	Piece(ctx context.Context, name string) ([]byte, error)
	// RemovePiece removes a piece; one that is not there is removed already.
	RemovePiece(ctx context.Context, name string) error
	// EachPiece hands the name of each piece that was put before a moment to f, until f fails.
	EachPiece(ctx context.Context, before time.Time, f func(name string) error) error
}

// What can go wrong with uploads, beside what can with photos.
var (
	ErrUploadNotFound = fault.New(fault.NotFound, "upload.not_found",
		"there is no such upload; it may have been over for a day", "没有该上传，可能已过期")
	ErrTooManyUploads = fault.New(fault.Conflict, "upload.too_many",
		"three uploads are under way; finish one or give one up", "您已有 3 个未完成的上传，请先完成或取消")
	ErrUploadTooLarge = fault.New(fault.TooLarge, "upload.too_large",
		"that is more than the upload's length, or than 10 MB", "超过所声明的长度或 10 MB 上限")
	ErrWrongOffset = fault.New(fault.Conflict, "upload.wrong_offset",
		"that is not where the upload goes on; ask with HEAD", "续传位置不正确，请用 HEAD 查询")
	ErrTooManyPieces = fault.New(fault.Conflict, "upload.too_many_pieces",
		"the upload has come in too many pieces; begin a new one", "该上传的分段过多，请重新开始")
)

// BeginUpload begins an upload of a photo for a place. Only managers may do it.
func (a *Album) BeginUpload(
	ctx context.Context, actor identity.Actor, place catalog.PlaceID, d Draft, bytes int64, key idempotency.Key,
) (Upload, error) {
	if err := a.MayAdd(ctx, actor, place, key.Given()); err != nil {
		return Upload{}, err
	}
	var in fault.Input
	d.check(&in)
	if err := a.checkService(ctx, place, d.Service, &in); err != nil {
		return Upload{}, err
	}
	in.Check(bytes > 0, "bytes", fault.OutOfRange)
	if err := in.Err(); err != nil {
		return Upload{}, err
	}
	if bytes > MaxResumed {
		return Upload{}, ErrUploadTooLarge
	}
	now := a.now()
	u := Upload{
		ID: UploadID(uid.New("upl", now)), User: actor.User, Place: place, Draft: d, Bytes: bytes, CreatedAt: now, ExpiresAt: now.Add(UploadFor),
	}
	return a.Uploads.AddUpload(ctx, u, key, func(underway int) error {
		if underway >= MaxUploads {
			return ErrTooManyUploads
		}
		return nil
	})
}

// Upload is one of the actor's, until it is over.
func (a *Album) Upload(ctx context.Context, actor identity.Actor, id UploadID) (Upload, error) {
	if err := actor.Require(); err != nil {
		return Upload{}, err
	}
	if !uid.Valid("upl", string(id)) {
		return Upload{}, ErrUploadNotFound
	}
	u, err := a.Uploads.Upload(ctx, actor.User, id)
	if err == nil && !a.now().Before(u.ExpiresAt) {
		err = ErrUploadNotFound
	}
	return u, err
}

// Receive adds a piece to an upload of the actor's, at an offset: what it has received. Of two that come at one
// offset, one is kept, and the other is ErrWrongOffset.
func (a *Album) Receive(ctx context.Context, actor identity.Actor, id UploadID, offset int64, piece []byte) (Upload, error) {
	u, err := a.Upload(ctx, actor, id)
	if err != nil {
		return Upload{}, err
	}
	fits := func(u *Upload) error {
		switch {
		case u.Received != offset:
			return ErrWrongOffset
		case u.Received+int64(len(piece)) > u.Bytes:
			return ErrUploadTooLarge
		case len(u.Pieces) >= MaxPieces:
			return ErrTooManyPieces
		}
		return nil
	}
	if err := fits(&u); err != nil {
		return Upload{}, err
	}
	// The blob comes first: what is said to be received is there.
	name := string(u.ID) + "/" + strings.ToLower(rand.Text())
	if err := a.Pieces.PutPiece(ctx, name, piece); err != nil {
		return Upload{}, fmt.Errorf("keep a piece: %w", err)
	}
	refused := false
	u, err = a.Uploads.UpdateUpload(ctx, actor.User, id, func(u *Upload) error {
		err := fits(u)
		if refused = err != nil; refused {
			return err
		}
		u.Received += int64(len(piece))
		u.Pieces = append(u.Pieces, name)
		return nil
	})
	if refused { // after any other error it may be named all the same
		_ = a.Pieces.RemovePiece(ctx, name) // else it is purged in a day
	}
	return u, err
}

// Assemble fills a picture that is whole into room, which has its length.
func (a *Album) Assemble(ctx context.Context, u *Upload, room []byte) error {
	n := 0
	for _, name := range u.Pieces {
		piece, err := a.Pieces.Piece(ctx, name)
		if err != nil {
			return fmt.Errorf("read a piece: %w", err)
		}
		n += copy(room[n:], piece)
	}
	if n != len(room) {
		return fmt.Errorf("the pieces of %s have %d bytes, want %d", u.ID, n, len(room))
	}
	return nil
}

// HangUpload hangs an upload that is whole, as Add does, once; it returns it with its photo.
func (a *Album) HangUpload(ctx context.Context, actor identity.Actor, u *Upload, picture []byte) (Upload, error) {
	key, err := idempotency.New(string(actor.User), string(u.ID), "uploads.hang", u.ID)
	if err != nil {
		return Upload{}, err
	}
	p, err := a.Add(ctx, actor, u.Place, u.Draft, picture, key)
	if err != nil {
		return Upload{}, err
	}
	hung, err := a.Uploads.UpdateUpload(ctx, actor.User, u.ID, func(u *Upload) error {
		u.Photo, u.Pieces = p.ID, nil
		return nil
	})
	if err != nil {
		return Upload{}, err
	}
	a.removePieces(ctx, u)
	return hung, nil
}

// removePieces removes what nobody needs any more; what stays is purged in a day.
func (a *Album) removePieces(ctx context.Context, u *Upload) {
	for _, name := range u.Pieces {
		if a.Pieces.RemovePiece(ctx, name) != nil {
			return
		}
	}
}

// GiveUpUpload removes an upload of the actor's. A photo that it has become stays.
func (a *Album) GiveUpUpload(ctx context.Context, actor identity.Actor, id UploadID) error {
	u, err := a.Upload(ctx, actor, id)
	if err != nil {
		return err
	}
	if err := a.Uploads.RemoveUpload(ctx, actor.User, id); err != nil {
		return err
	}
	a.removePieces(ctx, &u)
	return nil
}

// PurgeUploads removes uploads that are over, and every piece that is older than an upload can be; it returns how many
// pieces.
func (a *Album) PurgeUploads(ctx context.Context) (int, error) {
	const chunk = 1_000
	now := a.now()
	for {
		n, err := a.Uploads.ForgetUploads(ctx, now, chunk)
		if err != nil {
			return 0, err
		}
		if n < chunk {
			break
		}
	}
	gone := 0
	err := a.Pieces.EachPiece(ctx, now.Add(-UploadFor), func(name string) error {
		gone++
		return a.Pieces.RemovePiece(ctx, name)
	})
	return gone, err
}

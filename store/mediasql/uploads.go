package mediasql

import (
	"context"
	"fmt"
	"strings"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/media"
	"corner/store"
)

var _ media.Uploads = Store{}

const selectUpload = `SELECT id, user_id, place_id, service_id, kind, caption, bytes, received, pieces, photo_id, created_at, expires_at
	FROM uploads WHERE id = $1 AND user_id = $2`

func scanUpload(r store.Scanner) (u media.Upload, err error) {
	var pieces string
	err = r.Scan(&u.ID, &u.User, &u.Place, &u.Draft.Service, &u.Draft.Kind, &u.Draft.Caption, &u.Bytes, &u.Received, &pieces, &u.Photo,
		store.Instant(&u.CreatedAt), store.Instant(&u.ExpiresAt))
	u.Pieces = strings.Fields(pieces)
	return u, err
}

// AddUpload implements media.Uploads.
func (s Store) AddUpload(
	ctx context.Context, u media.Upload, key idempotency.Key, admit func(underway int) error,
) (media.Upload, error) {
	stored := u
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(u.ID), u.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = store.One(t.Row(ctx, selectUpload, first, string(u.User)), scanUpload, media.ErrUploadNotFound)
			return err
		}
		stored = u
		if err := t.Lock(ctx, store.UserLock(u.User)); err != nil {
			return err
		}
		var underway int
		if err := t.Row(ctx, `SELECT count(*) FROM uploads WHERE user_id = $1 AND photo_id = '' AND expires_at > $2`,
			string(u.User), store.Micros(u.CreatedAt)).Scan(&underway); err != nil {
			return err
		}
		if err := admit(underway); err != nil {
			return err
		}
		_, err = t.Exec(
			ctx,
			`INSERT INTO uploads (id, user_id, place_id, service_id, kind, caption, bytes, received, pieces, photo_id, created_at,
			expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			string(u.ID),
			string(u.User),
			string(u.Place),
			string(u.Draft.Service),
			string(u.Draft.Kind),
			u.Draft.Caption,
			u.Bytes,
			u.Received,
			strings.Join(u.Pieces, " "),
			string(u.Photo),
			store.Micros(u.CreatedAt),
			store.Micros(u.ExpiresAt),
		)
		return err
	})
	if err != nil {
		return media.Upload{}, fmt.Errorf("begin an upload: %w", err)
	}
	return stored, nil
}

// Upload implements media.Uploads.
func (s Store) Upload(ctx context.Context, user identity.UserID, id media.UploadID) (media.Upload, error) {
	return store.One(s.DB.Row(ctx, selectUpload, string(id), string(user)), scanUpload, media.ErrUploadNotFound)
}

// UpdateUpload implements media.Uploads.
func (s Store) UpdateUpload(
	ctx context.Context, user identity.UserID, id media.UploadID, change func(*media.Upload) error,
) (media.Upload, error) {
	var u media.Upload
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		was, err := store.One(t.Row(ctx, selectUpload, string(id), string(user)), scanUpload, media.ErrUploadNotFound)
		if err != nil {
			return err
		}
		u = was
		if err := change(&u); err != nil {
			return err
		}
		n, err := t.Exec(ctx, `UPDATE uploads SET received = $1, pieces = $2, photo_id = $3 WHERE id = $4 AND received = $5 AND photo_id = $6`,
			u.Received, strings.Join(u.Pieces, " "), string(u.Photo), string(id), was.Received, string(was.Photo))
		if err == nil && n == 0 {
			return store.ErrAgain
		}
		return err
	})
	return u, err
}

// RemoveUpload implements media.Uploads.
func (s Store) RemoveUpload(ctx context.Context, user identity.UserID, id media.UploadID) error {
	return s.DB.Write(ctx, func(t *store.Tx) error {
		n, err := t.Exec(ctx, `DELETE FROM uploads WHERE id = $1 AND user_id = $2`, string(id), string(user))
		if err != nil || n == 0 {
			return store.OrMissing(err, media.ErrUploadNotFound)
		}
		return nil
	})
}

// ForgetUploads implements media.Uploads.
func (s Store) ForgetUploads(ctx context.Context, before time.Time, n int) (int, error) {
	var gone int64
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		gone, err = t.Exec(
			ctx,
			`DELETE FROM uploads WHERE id IN (SELECT id FROM uploads WHERE expires_at < $1 LIMIT $2)`,
			store.Micros(before),
			n,
		)
		return err
	})
	return int(gone), err
}

package mediasql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/media"
	"corner/store"
)

// Store is media.Store in the database.
type Store struct{ DB *store.DB }

var _ media.Store = Store{}

// Add implements media.Store.
func (s Store) Add(
	ctx context.Context,
	p media.Photo,
	user identity.UserID,
	key idempotency.Key,
	admit func(media.Standing) (event.Event, error),
) (media.Photo, error) {
	stored := p
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(p.ID), p.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = onePhoto(ctx, t, first)
			return err
		}
		standing, err := lockPhotos(ctx, t, media.Act{Place: p.Place, User: user, Service: p.Service})
		if err != nil {
			return err
		}
		e, err := admit(standing)
		if err != nil {
			return err
		}
		stored = p
		stored.Position = len(standing.Photos)
		if err := insertPhoto(ctx, t, stored); err != nil {
			return err
		}
		return t.Emit(ctx, e)
	})
	if err != nil {
		return media.Photo{}, fmt.Errorf("add a photo: %w", err)
	}
	return stored, nil
}

// AddedWith implements media.Store.
func (s Store) AddedWith(ctx context.Context, key idempotency.Key) (media.Photo, bool, error) {
	if !key.Given() {
		return media.Photo{}, false, nil
	}
	id, err := s.DB.MadeWith(ctx, key)
	if errors.Is(err, sql.ErrNoRows) {
		return media.Photo{}, false, nil
	}
	if err != nil {
		return media.Photo{}, false, store.Unreachable(err)
	}
	p, err := s.Photo(ctx, media.ID(id))
	return p, true, err
}

// Arrange implements media.Store.
func (s Store) Arrange(
	ctx context.Context, act media.Act, change func(media.Standing) ([]media.Photo, []event.Event, error),
) ([]media.Photo, error) {
	var arranged []media.Photo
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		if err := t.Once(ctx, string(act.Place)); err != nil {
			return err
		}
		standing, err := lockPhotos(ctx, t, act)
		if err != nil {
			return err
		}
		there := slices.Clone(standing.Photos)
		var events []event.Event
		arranged, events, err = change(standing)
		if err != nil {
			return err
		}
		if len(events) == 0 {
			arranged = there
			return nil
		}
		if err := savePhotos(ctx, t, there, arranged); err != nil {
			return err
		}
		return t.Emit(ctx, events...)
	})
	if err != nil {
		return nil, fmt.Errorf("arrange photos: %w", err)
	}
	return arranged, nil
}

// lockPhotos is how things stand at a place, whose row is held, so that rivals see them one after the
// other.
func lockPhotos(ctx context.Context, t *store.Tx, act media.Act) (media.Standing, error) {
	var s media.Standing
	if n, err := t.Exec(ctx, `UPDATE places SET version = version WHERE id = $1`, string(act.Place)); err != nil || n == 0 {
		return s, store.OrMissing(err, catalog.ErrPlaceNotFound)
	}
	var kept int
	var here string
	err := t.Row(
		ctx,
		`SELECT merchant_id,
			coalesce((SELECT role FROM staff WHERE staff.merchant_id = places.merchant_id AND user_id = $2), 0),
			coalesce((SELECT place_id FROM staff_places l WHERE l.merchant_id = places.merchant_id AND user_id = $2 AND place_id = places.id), ''),
			EXISTS (SELECT 1 FROM services WHERE services.id = $3 AND place_id = places.id)
		FROM places WHERE id = $1`,
		string(act.Place), string(act.User), string(act.Service)).Scan(&s.Merchant, &kept, &here, &s.Sells)
	if err != nil {
		return s, fmt.Errorf("read whose the place is: %w", err)
	}
	if role, at := identity.RoleKept(kept, here); at.Has(act.Place) {
		s.Role = role
	}
	s.Photos, err = photosWhere(ctx, t, `place_id = $1`, string(act.Place))
	return s, err
}

func insertPhoto(ctx context.Context, t *store.Tx, p media.Photo) error {
	_, err := t.Exec(
		ctx,
		`INSERT INTO photos (id, place_id, service_id, kind, caption, digest, position, version, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(
			p.ID,
		),
		string(p.Place),
		string(p.Service),
		string(p.Kind),
		p.Caption,
		string(p.Digest),
		p.Position,
		p.Version,
		store.Micros(p.CreatedAt),
	)
	if err != nil {
		return fmt.Errorf("insert a photo: %w", err)
	}
	var args []any
	for _, v := range p.Variants {
		args = append(args, string(p.ID), string(v.Size), v.Width, v.Height, v.Bytes, string(v.Digest))
	}
	if len(args) == 0 {
		return nil
	}
	_, err = t.Exec(
		ctx,
		`INSERT INTO photo_variants (photo_id, size, width, height, bytes, digest) VALUES `+store.Values(1, len(p.Variants), 6),
		args...)
	if err != nil {
		return fmt.Errorf("insert a photo's variants: %w", err)
	}
	return nil
}

// savePhotos makes the rows of a place from what they were into what they become.
func savePhotos(ctx context.Context, t *store.Tx, were, become []media.Photo) error {
	find := func(list []media.Photo, id media.ID) int {
		return slices.IndexFunc(list, func(p media.Photo) bool { return p.ID == id })
	}
	for _, p := range were {
		if find(become, p.ID) >= 0 {
			continue
		}
		for _, query := range []string{`DELETE FROM photo_variants WHERE photo_id = $1`, `DELETE FROM photos WHERE id = $1`} {
			if _, err := t.Exec(ctx, query, string(p.ID)); err != nil {
				return fmt.Errorf("remove a photo: %w", err)
			}
		}
	}
	for i := range become {
		p := &become[i]
		p.Position = i
		was := find(were, p.ID)
		if was < 0 {
			return fmt.Errorf("photo %s appeared from nowhere", p.ID)
		}
		o := &were[was]
		if o.Position == i && o.Version == p.Version && o.Kind == p.Kind && o.Caption == p.Caption && o.Service == p.Service {
			continue
		}
		_, err := t.Exec(ctx, `UPDATE photos SET service_id = $2, kind = $3, caption = $4, position = $5, version = $6 WHERE id = $1`,
			string(p.ID), string(p.Service), string(p.Kind), p.Caption, i, p.Version)
		if err != nil {
			return fmt.Errorf("change a photo: %w", err)
		}
	}
	return nil
}

// Photo implements media.Store.
func (s Store) Photo(ctx context.Context, id media.ID) (media.Photo, error) {
	return onePhoto(ctx, s.DB, string(id))
}

// PhotosOf implements media.Store.
func (s Store) PhotosOf(ctx context.Context, place catalog.PlaceID) ([]media.Photo, error) {
	return photosWhere(ctx, s.DB, `place_id = $1`, string(place))
}

func onePhoto(ctx context.Context, db store.Reader, id string) (media.Photo, error) {
	found, err := photosWhere(ctx, db, `id = $1`, id)
	if err != nil || len(found) == 0 {
		return media.Photo{}, store.OrMissing(err, media.ErrNotFound)
	}
	return found[0], nil
}

// photosWhere reads photos with their variants in one statement, a row a variant: two
// would not see the same moment.
func photosWhere(ctx context.Context, db store.Reader, where string, args ...any) ([]media.Photo, error) {
	rows, err := db.Rows(ctx, `SELECT id, place_id, service_id, kind, caption, photos.digest, position, version, created_at,
			size, width, height, bytes, photo_variants.digest
		FROM photos JOIN photo_variants ON photo_id = id WHERE `+where+` ORDER BY position, id`, args...)
	var all []media.Photo
	err = store.Each(rows, err, func(r store.Scanner) error {
		var p media.Photo
		var v media.Variant
		err := r.Scan(&p.ID, &p.Place, &p.Service, &p.Kind, &p.Caption, &p.Digest, &p.Position, &p.Version, store.Instant(&p.CreatedAt),
			&v.Size, &v.Width, &v.Height, &v.Bytes, &v.Digest)
		if len(all) == 0 || all[len(all)-1].ID != p.ID {
			all = append(all, p)
		}
		last := &all[len(all)-1]
		last.Variants = append(last.Variants, v)
		if v.Size == media.Large {
			last.Width, last.Height = v.Width, v.Height
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read photos: %w", err)
	}
	for i := range all {
		media.SortVariants(all[i].Variants)
	}
	return all, nil
}

// Covers is media.Cover in SQL, for as many places as there are ids.
func Covers(ctx context.Context, db store.Reader, ids []any) (map[catalog.PlaceID]media.ID, error) {
	found := map[catalog.PlaceID]media.ID{}
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := db.Rows(ctx, `SELECT place_id, id FROM (
			SELECT place_id, id, row_number() OVER (
				PARTITION BY place_id ORDER BY CASE kind WHEN 'storefront' THEN 0 ELSE 1 END, position, id) AS rank
			FROM photos WHERE kind <> 'evidence' AND place_id IN (`+store.List(1, len(ids))+`)
		) AS ranked WHERE rank = 1`, ids...)
	err = store.Each(rows, err, func(r store.Scanner) error {
		var place catalog.PlaceID
		var id media.ID
		err := r.Scan(&place, &id)
		found[place] = id
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("Covers: %w", err)
	}
	return found, nil
}

// Used implements media.Store.
func (s Store) Used(ctx context.Context, digests []media.Digest) ([]media.Digest, error) {
	if len(digests) == 0 {
		return nil, nil
	}
	args := make([]any, len(digests))
	for i, d := range digests {
		args[i] = string(d)
	}
	rows, err := s.DB.Rows(
		ctx,
		`SELECT DISTINCT digest FROM photo_variants WHERE digest IN (`+store.List(1, len(args))+`) ORDER BY digest`,
		args...)
	return store.Collect(rows, err, func(r store.Scanner) (d media.Digest, err error) { return d, r.Scan(&d) })
}

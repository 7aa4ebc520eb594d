package media

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/kv"
	"corner/uid"
)

// Album is where photos are added and seen, and the rules of it.
type Album struct {
	Store    Store
	Blobs    Blobs
	Uploads  Uploads // pictures that arrive in pieces
	Pieces   Pieces
	Catalog  *catalog.Catalog
	Darkroom *Darkroom
	KV       kv.Store
	PerDay   int // photos that one person may upload a day; 0 is DefaultPerDay
	Now      func() time.Time
}

// DefaultPerDay is six full albums.
const DefaultPerDay = 200

// MayAdd reports whether Add would accept a photo from the actor, so that a refusal comes
// before megabytes are read. Only managers may add. With a key the call may be a repeat, for
// which there need be no room.
func (a *Album) MayAdd(ctx context.Context, actor identity.Actor, place catalog.PlaceID, key bool) error {
	if err := a.managed(ctx, actor, place); err != nil || key {
		return err
	}
	return a.checkRoom(ctx, place)
}

func (a *Album) checkRoom(ctx context.Context, place catalog.PlaceID) error {
	there, err := a.Store.PhotosOf(ctx, place)
	if err != nil {
		return err
	}
	return hasRoom(there)
}

// admit is what can refuse an upload whose turn has come, before it is decoded. The day's quota counts
// what is decoded: who was asked to come again has lost nothing.
func (a *Album) admit(ctx context.Context, actor identity.Actor, place catalog.PlaceID) error {
	if err := a.checkRoom(ctx, place); err != nil {
		return err
	}
	limit := cmp.Or(a.PerDay, DefaultPerDay)
	d, err := a.KV.Allow(ctx, "photos:"+string(actor.User), kv.Limit{Rate: limit, Per: 24 * time.Hour, Burst: limit})
	if err != nil {
		return fmt.Errorf("limit photos: %w", err)
	}
	if !d.Allowed {
		return ErrTooManyToday.After(d.RetryAfter).WithData(fault.Limited{Limit: limit, Reset: d.ResetAfter})
	}
	return nil
}

// managed is an error unless the actor may change a place's photos. What changes them asks again.
func (a *Album) managed(ctx context.Context, actor identity.Actor, place catalog.PlaceID) error {
	if err := actor.Require(); err != nil {
		return err
	}
	p, err := a.Catalog.PlaceAsIs(ctx, place)
	if err != nil {
		return err
	}
	if !actor.May(identity.EditPhotos, p.Merchant, p.ID) {
		return catalog.ErrPlaceNotFound
	}
	return nil
}

// Add appends an upload to the photos of a place. Only managers may do it. What the
// Darkroom refuses is not added.
func (a *Album) Add(
	ctx context.Context,
	actor identity.Actor,
	place catalog.PlaceID,
	d Draft,
	upload []byte,
	key idempotency.Key,
) (Photo, error) {
	if err := a.managed(ctx, actor, place); err != nil {
		return Photo{}, err
	}
	var in fault.Input
	d.check(&in)
	if err := a.checkService(ctx, place, d.Service, &in); err != nil {
		return Photo{}, err
	}
	if err := in.Err(); err != nil {
		return Photo{}, err
	}
	if p, repeated, err := a.Store.AddedWith(ctx, key); repeated || err != nil {
		return p, err
	}
	if err := a.checkRoom(ctx, place); err != nil {
		return Photo{}, err
	}
	turn, err := a.Darkroom.Enter(ctx, string(actor.User), upload)
	if err != nil {
		return Photo{}, err
	}
	defer turn.Leave()
	// While it waited, the same call may have come before it.
	if p, repeated, err := a.Store.AddedWith(ctx, key); repeated || err != nil {
		return p, err
	}
	if err := a.admit(ctx, actor, place); err != nil {
		return Photo{}, err
	}
	prints, err := turn.Develop(ctx)
	if err != nil {
		return Photo{}, err
	}
	return a.keep(ctx, actor, newPhoto(place, d, upload, prints, a.now()), prints, key)
}

// keep puts the blobs of a new photo, and then its row, if all that was looked at before still holds.
func (a *Album) keep(ctx context.Context, actor identity.Actor, photo Photo, prints []Print, key idempotency.Key) (Photo, error) {
	for _, p := range prints {
		if err := a.Blobs.Put(ctx, p.Digest, p.Content); err != nil {
			return Photo{}, fmt.Errorf("put the %s variant: %w", p.Size, err)
		}
	}
	stored, err := a.Store.Add(ctx, photo, actor.User, key, func(s Standing) (event.Event, error) {
		if !s.managed() {
			return event.Event{}, catalog.ErrPlaceNotFound
		}
		if err := errors.Join(hasRoom(s.Photos), s.check(photo.Service)); err != nil {
			return event.Event{}, err
		}
		return a.event(PhotoAdded, photo, s.Merchant, actor), nil
	})
	if err != nil {
		return Photo{}, err
	}
	return stored, a.putSwept(ctx, prints)
}

func newPhoto(place catalog.PlaceID, d Draft, upload []byte, prints []Print, now time.Time) Photo {
	p := Photo{
		ID: ID(uid.New("pht", now)), Place: place, Service: d.Service, Kind: d.Kind, Caption: d.Caption,
		Digest: DigestOf(upload), Version: 1, CreatedAt: now,
	}
	for _, v := range prints {
		p.Variants = append(p.Variants, v.Variant)
		p.Width, p.Height = v.Width, v.Height // the last one is the largest
	}
	return p
}

func hasRoom(there []Photo) error {
	if len(there) >= MaxPhotos {
		return ErrTooManyPhotos
	}
	return nil
}

// checkService adds a fault unless the place sells the service, so that it is told with all others.
func (a *Album) checkService(ctx context.Context, place catalog.PlaceID, id catalog.ServiceID, in *fault.Input) error {
	if id == "" {
		return nil
	}
	s, _, err := a.Catalog.ServiceAsIs(ctx, id)
	if err != nil && !errors.Is(err, catalog.ErrServiceNotFound) {
		return err
	}
	in.Check(err == nil && s.Place == place, "service", fault.Unknown)
	return nil
}

// check is a fault unless the place sells the service of the act, or it has none.
func (s Standing) check(service catalog.ServiceID) error {
	var in fault.Input
	in.Check(service == "" || s.Sells, "service", fault.Unknown)
	return in.Err()
}

// Photos is a place's photos in their order, at most limit after the given one, or
// from the beginning if that is gone.
func (a *Album) Photos(ctx context.Context, actor identity.Actor, place catalog.PlaceID, after ID, limit int) ([]Photo, error) {
	p, err := a.Catalog.Place(ctx, actor, place)
	if err != nil {
		return nil, err
	}
	photos, err := a.Store.PhotosOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	if !actor.Sees(identity.ReadHistory, p.Merchant, p.ID) {
		photos = slices.DeleteFunc(photos, func(p Photo) bool { return p.Kind == Evidence })
	}
	photos = photos[index(photos, after)+1:]
	return photos[:min(limit, len(photos))], nil
}

// Photo is a photo and whether anybody may see it: those of a draft, and evidence, are for the
// place's own people and for operators.
func (a *Album) Photo(ctx context.Context, actor identity.Actor, id ID) (p Photo, public bool, err error) {
	if !uid.Valid("pht", string(id)) {
		return Photo{}, false, ErrNotFound
	}
	if p, err = a.Store.Photo(ctx, id); err != nil {
		return Photo{}, false, err
	}
	place, err := a.Catalog.Place(ctx, actor, p.Place)
	if errors.Is(err, catalog.ErrPlaceNotFound) ||
		err == nil && p.Kind == Evidence && !actor.Sees(identity.ReadHistory, place.Merchant, place.ID) {
		return Photo{}, false, ErrNotFound
	}
	return p, place.State == catalog.Published && p.Kind != Evidence, err
}

// Content is the bytes of a variant: a JPEG.
func (a *Album) Content(ctx context.Context, v Variant) ([]byte, error) {
	return a.Blobs.Bytes(ctx, v.Digest)
}

// now is the present, as fine as the databases keep it.
func (a *Album) now() time.Time { return a.Now().UTC().Truncate(time.Microsecond) }

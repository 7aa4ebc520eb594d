package media

import (
	"context"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
)

// Act is who changes which place's photos.
type Act struct {
	Place   catalog.PlaceID
	User    identity.UserID
	Service catalog.ServiceID // that a photo is to show; "" for none
}

// Standing is how things are when photos are changed, and stay until they have been: an upload takes
// minutes, in which a place may have become another's.
type Standing struct {
	Merchant identity.MerchantID // whose the place is, "" for nobody's
	Role     identity.Role       // of the user at the place, 0 for none
	Sells    bool                // the service is one of the place's
	Photos   []Photo             // in their order
}

// managed reports whether the user may change the place's photos.
func (s Standing) managed() bool { return s.Role.May(identity.EditPhotos) }

// Store keeps what is known of photos; Blobs keeps the photos.
type Store interface {
	// Add stores p, which the user brings, as the last of its place's photos, with the
	// event that admit makes of how things stand; of two at a time the second is shown the
	// first. A place that is not there is catalog.ErrPlaceNotFound. A repeat of key returns
	// what the first call stored, or ErrNotFound if that has been removed since, and asks
	// nobody. admit may run again.
	Add(ctx context.Context, p Photo, user identity.UserID, key idempotency.Key, admit func(Standing) (event.Event, error)) (Photo, error)
	// AddedWith is the photo that the first Add with key stored; ErrNotFound if that has been removed
	// since. repeated is false when there was none.
	AddedWith(ctx context.Context, key idempotency.Key) (p Photo, repeated bool, err error)
	// Arrange shows change how things stand, and saves the list of the place's photos that
	// it returns in that order, with the events: photos that change left out are removed. Nothing is saved when change fails or tells of no
	// event. It counts neither versions nor positions of its own: a photo's Position
	// becomes its index, everything else is stored as change left it. change may run
	// again.
	Arrange(ctx context.Context, act Act, change func(Standing) ([]Photo, []event.Event, error)) ([]Photo, error)
	// Photo is one photo; ErrNotFound if there is none.
	Photo(ctx context.Context, id ID) (Photo, error)
	// PhotosOf is a place's photos, in their order.
	PhotosOf(ctx context.Context, place catalog.PlaceID) ([]Photo, error)
	// Used is those of the digests that a variant of some photo names.
	Used(ctx context.Context, digests []Digest) ([]Digest, error)
}

// Blobs keeps bytes by their digest. What it says of one that it cannot reach is
// fault.ErrAway.
type Blobs interface {
	// Put stores content under its digest, whole or not at all, and as of now, even
	// if it is there already: who puts a blob wants it to be young for Each.
	Put(ctx context.Context, d Digest, content []byte) error
	// Size is how long a blob is; ErrBlobMissing if there is none.
	Size(ctx context.Context, d Digest) (int64, error)
	// Bytes is a blob; ErrBlobMissing if there is none.
	Bytes(ctx context.Context, d Digest) ([]byte, error)
	// Remove removes a blob; one that is not there is removed already.
	Remove(ctx context.Context, d Digest) error
	// Each hands every blob that was put before a moment to f, some at a time, until f
	// fails.
	Each(ctx context.Context, before time.Time, f func([]Digest) error) error
}

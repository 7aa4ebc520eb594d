package media

import (
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
)

// ID names a photo: "pht_…".
type ID string

// Kind is what a photo shows.
type Kind string

// The kinds.
const (
	Storefront Kind = "storefront" // from the street, to be found by
	Interior   Kind = "interior"
	Equipment  Kind = "equipment"
	Item       Kind = "item"     // something that is sold
	Evidence   Kind = "evidence" // for the operators, that the place is its merchant's; nobody else sees it
)

// Kinds is all kinds.
var Kinds = []Kind{Storefront, Interior, Equipment, Item, Evidence}

// Size names a variant.
type Size string

// The sizes, by their longer side at most: a smaller upload is not enlarged.
const (
	Thumb Size = "thumb" // 160 pixels
	Small Size = "small" // 480
	Large Size = "large" // 1600
)

// Variant is one size in which a photo is kept: a JPEG.
type Variant struct {
	Size          Size
	Width, Height int    // pixels
	Bytes         int    // of the blob
	Digest        Digest // names the blob
}

// Fits reports whether the variant is within its size.
func (v Variant) Fits() bool {
	return v.Width > 0 && v.Height > 0 && max(v.Width, v.Height) <= sides[v.Size]
}

// Photo is one picture of a place. Width and Height are those of its largest variant.
type Photo struct {
	ID      ID
	Place   catalog.PlaceID
	Service catalog.ServiceID // what is shown of what is sold; "" for the place itself
	Kind    Kind
	Caption string

	Width, Height int       // pixels
	Digest        Digest    // of the upload
	Variants      []Variant // thumb, small, large

	Position  int   // in the place's list, from 0
	Version   int64 // grows when the photo is changed, not when others move past it
	CreatedAt time.Time
}

// Variant is the photo in a size.
func (p *Photo) Variant(s Size) (Variant, bool) {
	i := slices.IndexFunc(p.Variants, func(v Variant) bool { return v.Size == s })
	if i < 0 {
		return Variant{}, false
	}
	return p.Variants[i], true
}

// Sizes is all sizes, smallest first.
var Sizes = []Size{Thumb, Small, Large}

// SortVariants puts variants in the order of Sizes.
func SortVariants(vs []Variant) {
	slices.SortFunc(vs, func(a, b Variant) int { return slices.Index(Sizes, a.Size) - slices.Index(Sizes, b.Size) })
}

// Cover is the photo that a place is shown with: its first storefront, else its
// first that is no evidence. It reports false without one; the photos are in the place's order.
func Cover(photos []Photo) (ID, bool) {
	photos = slices.DeleteFunc(slices.Clone(photos), func(p Photo) bool { return p.Kind == Evidence })
	if len(photos) == 0 {
		return "", false
	}
	i := slices.IndexFunc(photos, func(p Photo) bool { return p.Kind == Storefront })
	return photos[max(i, 0)].ID, true
}

// What happens to photos. Each may change the cover, so discovery looks at the place
// again.
const (
	PhotoAdded   event.Kind = "photo.added"
	PhotoChanged event.Kind = "photo.changed"
	PhotoRemoved event.Kind = "photo.removed"
)

// Bounds of a place's photos.
const (
	MaxPhotos  = 30
	MaxCaption = 300 // characters
)

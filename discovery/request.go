package discovery

import (
	"errors"
	"math"
	"strings"
	"time"

	"corner/catalog"
	"corner/fault"
	"corner/geo"
	"corner/identity"
	"corner/money"
)

// Wish is what places must be like, as a consumer's app says it. The zero Wish is met by
// every place.
type Wish struct {
	Text     string
	Category string // a key of the catalog.Tree

	// When it must be open: one of these at most.
	OpenNow            bool
	OpenAt             time.Time
	OpenFrom, OpenTill time.Time // all the time between; both, or neither

	Price      PriceRange // a Max of 0 is one: what costs nothing
	Tenths     int        // the rating at least, in tenths of a star; 0: any
	AtHome     bool       // brings a service to Request.Center
	Attributes []string   // keys of catalog.Attributes
	Traits     []string   // words of catalog.Traits: of each trait one of the values named
	Brand      string
	Merchant   identity.MerchantID
}

// Request is a search as a consumer's app sends it.
type Request struct {
	Wish

	Center geo.Point  // zero, with a Box: the box's middle
	Radius geo.Metres // 0: as wide as it takes to find a page of hits
	Box    *geo.Box   // instead of a radius

	Sort    Sort       // "": ByRelevance with a text, else ByDistance
	Band    geo.Metres // with ByDistance: within one band, quality decides; 0: none
	Facets  bool
	Explain bool
	Limit   int // 0: DefaultLimit
	Cursor  string
}

// Bounds of a request, beside those of a Query.
const (
	DefaultLimit            = 20    // how many hits a page has unless asked otherwise
	MaxBand      geo.Metres = 5_000 // of Request.Band
	MaxWanted               = 10    // attributes
	maxKey                  = 64    // characters of a brand's key, or an id
)

// Why a request cannot be, where fault has no word for it.
var (
	// Both is the reason for asking about two moments at once.
	Both = fault.Reason{Code: "both", En: "cannot be asked together with open_now", Zh: "不能与 open_now 同时使用"}
	// Moments is the same for a moment and a time between two.
	Moments = fault.Reason{Code: "both", En: "cannot be asked together with another moment", Zh: "不能与其他时刻条件同时使用"}
	// BoxAndRadius is the reason for a radius beside a box.
	BoxAndRadius = fault.Reason{Code: "both", En: "cannot be asked together with bbox", Zh: "不能与 bbox 同时使用"}
	// NoBand is the reason for a band in another order than by distance.
	NoBand = fault.Reason{Code: "not_by_distance", En: "goes with sort=distance only", Zh: "只能与 sort=distance 同时使用"}
)

// filter checks a wish; at is the moment that OpenNow means.
func (w *Wish) filter(in *fault.Input, at time.Time, tree *catalog.Tree) Filter {
	f := Filter{
		OpenFrom: w.OpenAt, Price: w.Price, Tenths: w.Tenths, AtHome: w.AtHome, Attributes: w.Attributes, Traits: w.Traits,
		Brand: w.Brand, Merchant: w.Merchant,
	}
	if w.Category != "" {
		_, known := tree.Category(w.Category)
		in.Check(known, "category", fault.Unknown)
	}
	w.checkMoments(in)
	if !w.OpenFrom.IsZero() {
		f.OpenFrom, f.OpenTill = w.OpenFrom, w.OpenTill
	}
	if w.OpenNow {
		f.OpenFrom = at
	}
	w.checkPrice(in)
	in.Check(w.Tenths >= 0 && w.Tenths <= 50, "rating", fault.OutOfRange)
	in.Check(len(w.Attributes) <= MaxWanted, "attributes", fault.Crowded)
	for _, a := range w.Attributes[:min(len(w.Attributes), MaxWanted)] {
		if _, known := catalog.AttributeNumber(a); !in.Check(known, "attributes", fault.Unknown) {
			break
		}
	}
	for _, word := range w.Traits {
		key, _, _ := strings.Cut(word, "=")
		if _, known := catalog.TraitNumber(word); !in.Check(known, key, fault.Unknown) {
			break
		}
	}
	in.Check(len(w.Brand) <= maxKey, "brand", fault.TooLong)
	in.Check(len(w.Merchant) <= maxKey, "merchant", fault.TooLong)
	return f
}

func (w *Wish) checkMoments(in *fault.Input) {
	in.Check(!w.OpenNow || w.OpenAt.IsZero(), "open_at", Both)
	if w.OpenFrom.IsZero() && w.OpenTill.IsZero() {
		return
	}
	from := in.Check(!w.OpenFrom.IsZero(), "open_from", fault.Required)
	till := in.Check(!w.OpenTill.IsZero(), "open_till", fault.Required)
	if from && till {
		length := w.OpenTill.Sub(w.OpenFrom)
		in.Check(length > 0 && length <= catalog.MaxDuring, "open_till", fault.OutOfRange)
	}
	in.Check(!from || !w.OpenNow && w.OpenAt.IsZero(), "open_from", Moments)
}

func (w *Wish) checkPrice(in *fault.Input) {
	p := w.Price
	if p.Currency == "" {
		in.Check(p == PriceRange{}, "currency", fault.Required)
		return
	}
	in.Check(p.Currency.Known(), "currency", fault.Unknown)
	in.Check(p.Min >= 0, "price_min", fault.OutOfRange)
	in.Check(p.Max >= max(p.Min, 0), "price_max", fault.OutOfRange)
}

// AnyPrice asks for some price in a currency.
func AnyPrice(c money.Currency) PriceRange { return PriceRange{c, 0, math.MaxInt64} }

// checkPlace checks where a request looks.
func (r *Request) checkPlace(in *fault.Input) {
	if r.Box == nil || r.Center != (geo.Point{}) {
		checkPoint(in, r.Center)
	}
	in.Check(r.Radius >= 0 && r.Radius <= MaxRadius, "radius", fault.OutOfRange)
	if r.Box != nil {
		in.Check(r.Box.Check() == nil, "box", fault.OutOfRange)
		in.Check(r.Radius == 0, "radius", BoxAndRadius)
	}
}

func checkPoint(in *fault.Input, p geo.Point) {
	bad, ok := errors.AsType[*geo.PointError](p.Check())
	if !ok {
		return
	}
	if bad.Field != geo.FieldLng {
		in.Add("lat", fault.OutOfRange)
	}
	if bad.Field != geo.FieldLat {
		in.Add("lng", fault.OutOfRange)
	}
}

// checkOrder checks the order; anything says that no text is asked for. It returns the sort meant.
func (r *Request) checkOrder(in *fault.Input, anything bool) Sort {
	sort := r.Sort
	switch {
	case sort == "" && (anything || r.Band > 0):
		sort = ByDistance
	case sort == "":
		sort = ByRelevance
	}
	switch sort {
	case ByDistance, ByRelevance, ByRating:
	case ByPrice:
		if r.Price == (PriceRange{}) { // else the currency has been checked with the range
			in.Add("currency", fault.Required)
		}
	default:
		in.Add("sort", fault.Unknown)
	}
	in.Check(r.Band >= 0 && r.Band <= MaxBand, "band", fault.OutOfRange)
	in.Check(r.Band == 0 || sort == ByDistance, "band", NoBand)
	return sort
}

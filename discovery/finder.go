package discovery

import (
	"context"
	"errors"
	"time"

	"corner/catalog"
	"corner/fault"
	"corner/geo"
)

// Finder is what a consumer's app asks.
type Finder struct {
	Index Index
	Now   func() time.Time
}

// Request is a search as a consumer's app sends it.
type Request struct {
	Center   geo.Point
	Radius   geo.Metres // 0: as wide as it takes to find a page of hits
	Text     string
	Category string
	OpenNow  bool
	OpenAt   time.Time // zero: not asked; only one of OpenNow and OpenAt
	Sort     Sort      // "": ByDistance
	Limit    int       // 0: DefaultLimit
	Cursor   string
}

// DefaultLimit is how many hits a page has unless asked otherwise.
const DefaultLimit = 20

// Answer is a page of hits.
type Answer struct {
	Hits   []Hit
	Next   string     // the cursor of the next page, "" after the last
	Radius geo.Metres // what was searched
	At     time.Time  // the moment "open now" was asked for, on every page the same
}

// widening is how a search without a radius looks for enough hits: streets, then
// quarters, then the town, then what a car reaches.
var widening = []geo.Metres{500, 2_000, 8_000, MaxRadius}

// Search answers a request.
func (f *Finder) Search(ctx context.Context, r Request) (Answer, error) {
	q, radii, at, err := f.query(r)
	if err != nil {
		return Answer{}, err
	}
	var page Page
	for _, q.Radius = range radii {
		page, err = f.Index.Search(ctx, q)
		if err != nil {
			return Answer{}, err
		}
		if page.More || len(page.Hits) >= q.Limit {
			break
		}
	}
	a := Answer{Hits: page.Hits, Radius: q.Radius, At: at}
	if page.More {
		a.Next = cursor{Mark: q.Mark(&page.Hits[len(page.Hits)-1]), Radius: q.Radius, At: at, Of: r.digest()}.String()
	}
	return a, nil
}

// query checks a request; radii are those to try, at is the moment of the first page.
func (f *Finder) query(r Request) (q Query, radii []geo.Metres, at time.Time, err error) {
	var in fault.Input
	q = Query{Center: r.Center, Text: ParseText(r.Text), Category: r.Category, Filter: Filter{OpenFrom: r.OpenAt}, Sort: r.Sort, Limit: r.Limit}
	checkCenter(&in, r.Center)
	radii = []geo.Metres{r.Radius}
	if r.Radius == 0 {
		radii = widening
	}
	in.Check(r.Radius >= 0 && r.Radius <= MaxRadius, "?radius", fault.OutOfRange)
	if r.Category != "" {
		_, known := catalog.CategoryOf(r.Category)
		in.Check(known, "?category", fault.Unknown)
	}
	if q.Sort == "" {
		q.Sort = ByDistance
	}
	in.Check(q.Sort == ByDistance || q.Sort == ByRating, "?sort", fault.Unknown)
	if q.Limit == 0 {
		q.Limit = DefaultLimit
	}
	in.Check(q.Limit >= 1 && q.Limit <= MaxLimit, "?limit", fault.OutOfRange)
	in.Check(!r.OpenNow || r.OpenAt.IsZero(), "?open_at", Both)
	if at = r.OpenAt; at.IsZero() {
		at = f.now()
	}
	if r.Cursor != "" {
		c, ok := parseCursor(r.Cursor)
		if in.Check(ok && c.Of == r.digest(), "?cursor", fault.BadFormat) {
			q.After, radii = &c.Mark, []geo.Metres{c.Radius}
			if r.OpenAt.IsZero() {
				at = c.At
			}
		}
	}
	if r.OpenNow {
		q.Filter.OpenFrom = at
	}
	return q, radii, at, in.Err()
}

// Both is the reason for asking about two moments at once.
var Both = fault.Reason{Code: "both", En: "cannot be asked together with open_now", Zh: "不能与 open_now 同时使用"}

func checkCenter(in *fault.Input, p geo.Point) {
	bad, ok := errors.AsType[*geo.PointError](p.Check())
	if !ok {
		return
	}
	if bad.Field != geo.FieldLng {
		in.Add("?lat", fault.OutOfRange)
	}
	if bad.Field != geo.FieldLat {
		in.Add("?lng", fault.OutOfRange)
	}
}

// now is the present, as fine as the databases keep it.
func (f *Finder) now() time.Time { return f.Now().UTC().Truncate(time.Microsecond) }

package discovery

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"corner/catalog"
	"corner/fault"
	"corner/geo"
)

// Finder is what a consumer's app asks.
type Finder struct {
	Index Index
	// Aside is asked for what a page can do without, as places like the one it shows: the
	// same index, with little patience. Nil: Index itself.
	Aside Index
	Trees *catalog.Trees // nil: the built-in tree
	Now   func() time.Time
}

// Answer is a page of hits.
type Answer struct {
	Hits   []Hit
	Why    []Explanation // of each hit, if asked for
	Facets *Facets       // if asked for
	Next   string        // the cursor of the next page, "" after the last
	Radius geo.Metres    // what was searched; 0: the box
	At     time.Time     // the moment "open now" was asked for, on every page the same
	// Lenient says that, for want of better, words were looked for that are one slip of the
	// finger from those typed.
	Lenient bool
}

// widening is how a search without a radius looks for enough hits: streets, then
// quarters, then the town, then what a car reaches. A name is rarely looked for in one
// street, so with a text it begins with the quarter.
var widening = []geo.Metres{500, 2_000, 8_000, MaxRadius}

// Search answers a request.
func (f *Finder) Search(ctx context.Context, r Request) (Answer, error) {
	p, err := r.plan(f.now(), f.Trees.Tree())
	if err != nil {
		return Answer{}, err
	}
	page, err := p.run(ctx, f.Index)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Hits: page.Hits, Facets: page.Facets, Radius: p.query.Radius, At: p.at, Lenient: p.lenient}
	if page.More {
		c := cursor{p.query.Mark(&page.Hits[len(page.Hits)-1]), p.query.Radius, p.at, p.lenient, page.Pin}
		a.Next = c.seal(&r)
	}
	if r.Explain {
		a.Why = make([]Explanation, len(a.Hits))
		for i := range a.Hits {
			a.Why[i] = Explain(&p.query, &a.Hits[i])
		}
	}
	return a, nil
}

// plan is how a request is answered.
type plan struct {
	query   Query
	radii   []geo.Metres // to try until a page is full
	at      time.Time    // the moment of the first page
	first   bool         // there is no page before
	goesOn  bool         // to wider radii when a page is the last of its own
	lenient bool         // slips are allowed
}

// Check names everything that is wrong with a request.
func (f *Finder) Check(r *Request) error {
	_, err := r.plan(time.Time{}, f.Trees.Tree())
	return err
}

// plan checks a request; now is the present.
func (r *Request) plan(now time.Time, tree *catalog.Tree) (plan, error) {
	var in fault.Input
	p := plan{
		query: Query{
			Center:   r.Center,
			Box:      r.Box,
			Category: r.Category,
			Tree:     tree,
			Band:     r.Band,
			Limit:    cmp.Or(r.Limit, DefaultLimit),
			Facets:   r.Facets,
		},
		at:    r.OpenAt,
		first: r.Cursor == "",
	}
	q := &p.query
	if r.Text != "" {
		q.Text = ParseText(r.Text, tree)
	}
	r.checkPlace(&in)
	if r.Box != nil && r.Center == (geo.Point{}) {
		q.Center = r.Box.Center()
	}
	if p.at.IsZero() {
		p.at = now
	}
	q.Sort = r.checkOrder(&in, q.Text.IsEmpty())
	p.radii = r.radii(q.Text.IsEmpty())
	p.goesOn = len(p.radii) > 1 && r.goesOn(q.Sort)
	in.Check(q.Limit >= 1 && q.Limit <= MaxLimit, "limit", fault.OutOfRange)
	// The moment of a first page is that of all, so the cursor is read before the filter.
	in.Check(p.first || p.resume(r), "cursor", fault.BadFormat)
	q.Filter = r.filter(&in, p.at, tree)
	return p, in.Err()
}

// radii are those to try until a page is full.
func (r *Request) radii(anything bool) []geo.Metres {
	switch {
	case r.Box != nil || r.Radius != 0:
		return []geo.Metres{r.Radius}
	case anything:
		return widening
	}
	return widening[1:]
}

// goesOn reports whether what is found in a wider radius comes after all that is found in
// a narrower one, so that who reads to the end of a street can read on in the next.
func (r *Request) goesOn(by Sort) bool {
	return by == ByDistance && !r.Facets &&
		(r.Band == 0 || !slices.ContainsFunc(widening, func(w geo.Metres) bool { return math.Mod(float64(w), float64(r.Band)) != 0 }))
}

// resume goes on where the request's cursor says; false if it is not one of this request.
func (p *plan) resume(r *Request) bool {
	c, ok := openCursor(r.Cursor, r)
	if !ok || (c.Radius > 0) != (r.Box == nil) {
		return false
	}
	radii := []geo.Metres{c.Radius}
	if p.goesOn {
		for _, wider := range p.radii {
			if wider > c.Radius {
				radii = append(radii, wider)
			}
		}
	}
	p.radii, p.query.After, p.query.Pin = radii, &c.Mark, c.Pin
	if r.OpenAt.IsZero() {
		p.at = c.At
	}
	if p.lenient = c.Lenient; p.lenient {
		p.query.Text, _ = p.query.Text.Lenient()
	}
	return true
}

// run asks the index, wider and wider until the page is full, and at last with slips
// allowed.
func (p *plan) run(ctx context.Context, ix Index) (page Page, err error) {
	q := &p.query
	for _, q.Radius = range p.radii {
		page, err = ix.Search(ctx, *q)
		if err != nil {
			return Page{}, err
		}
		// A full page that goes on is asked for once more, for whether there is more.
		if page.More || len(page.Hits) >= q.Limit && !p.goesOn {
			return page, nil
		}
	}
	// Within limits that the app has set, few hits may be all that it wants; none is
	// surely not.
	if !p.first || len(page.Hits) >= q.Limit || len(p.radii) == 1 && len(page.Hits) > 0 {
		return page, nil
	}
	lenient, possible := q.Text.Lenient()
	if !possible {
		return page, nil
	}
	strict := len(page.Hits)
	q.Text = lenient
	if page, err = ix.Search(ctx, *q); err != nil {
		return Page{}, err
	}
	// What matches strictly matches leniently, too.
	p.lenient = page.More || len(page.Hits) > strict
	return page, nil
}

// now is the present, as fine as the databases keep it.
func (f *Finder) now() time.Time { return f.Now().UTC().Truncate(time.Microsecond) }

// wider are the radii in which suggestions, and what is like a place, are looked for.
var wider = slices.Clip(widening[1:])

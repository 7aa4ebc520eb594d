package recall

import (
	"context"
	"fmt"
	"math"
	"time"

	"corner/discovery"
	"corner/geo"
	"corner/text"
)

// Result is how a set of questions was answered.
type Result struct {
	Set    Set
	Misses []Miss
	Took   time.Duration // in all
}

// Miss is a question whose place was not among the first ten.
type Miss struct {
	Question Question
	Name     string // of the place wanted
	First    string // the name of the first hit, "" without any
}

// Recall is the share of questions that were answered.
func (r *Result) Recall() float64 {
	return 1 - float64(len(r.Misses))/float64(max(len(r.Set.Questions), 1))
}

// away is from how far off the place is asked.
const away geo.Metres = 500

// depth is how far down an answer counts.
const depth = 10

// Measure asks every nth question of each set.
func (w *World) Measure(ctx context.Context, f *discovery.Finder, nth int) ([]Result, error) {
	var results []Result
	for _, s := range w.Sets {
		r := Result{Set: Set{Name: s.Name, Goal: s.Goal}}
		start := time.Now()
		for i := 0; i < len(s.Questions); i += nth {
			r.Set.Questions = append(r.Set.Questions, s.Questions[i])
			m, found, err := w.try(ctx, f, s.Questions[i])
			if err != nil {
				return nil, err
			}
			if !found {
				r.Misses = append(r.Misses, m)
			}
		}
		r.Took = time.Since(start)
		results = append(results, r)
	}
	return results, nil
}

// try asks one question.
func (w *World) try(ctx context.Context, f *discovery.Finder, q Question) (m Miss, found bool, err error) {
	wanted := &w.Listings[q.Wanted]
	from := beside(wanted.Point, float64(away), seeded(uint64(q.Wanted)).Float64())
	a, err := f.Search(ctx, discovery.Request{Wish: discovery.Wish{Text: q.Text}, Center: from, Limit: depth})
	if err != nil {
		return Miss{}, false, fmt.Errorf("asking for %q: %w", q.Text, err)
	}
	m = Miss{Question: q, Name: wanted.Names.Main}
	if len(a.Hits) > 0 {
		m.First = a.Hits[0].Listing.Names.Main
	}
	name := text.Fold(wanted.Names.Main)
	for _, h := range a.Hits {
		if h.Listing.Place == wanted.Place || text.Fold(h.Listing.Names.Main) == name {
			return m, true, nil
		}
	}
	return m, false, nil
}

// beside is the point so many metres from p, in a direction told as a share of the circle.
func beside(p geo.Point, metres, direction float64) geo.Point {
	const degree = 111_195 // metres
	sin, cos := math.Sincos(2 * math.Pi * direction)
	return geo.Point{
		Lat: p.Lat + metres*cos/degree,
		Lng: p.Lng + metres*sin/(degree*math.Cos(p.Lat*math.Pi/180)),
	}
}

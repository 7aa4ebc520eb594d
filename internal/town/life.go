package town

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"corner/catalog"
)

// What the life of a town amounts to.
const (
	consumers = 200
	reviewed  = 1_500 // visits with a review
	upcoming  = 120   // bookings of the days to come
)

// When it takes place, in days before the present.
const (
	foundDays   = 75 // the places are imported
	claimDays   = 70 // merchants claim theirs
	visitedFrom = 60 // the first visit
	visitedTo   = 4  // the last one, so that its review is written before the present
)

// Bounds of what a believable life holds. A counter confirms at most 60 visits in a
// moment, however quick the clock (visits.Counter), and the life of weeks passes in one.
const (
	mostOfOwner = 45
	mostOfPlace = 30
)

// visit is one booking of a consumer, and what becomes of it.
type visit struct {
	consumer int
	listing  int
	offer    int // an index of the listing's Offers
	party    int
	booked   time.Time
	start    time.Time
	comes    bool // it is confirmed at the counter, and reviewed
	shown    time.Time
	wrote    time.Time
	stars    int
	text     string
}

// life is the visits of a town up to and beyond now.
func (t *Town) life(now time.Time) ([]visit, error) {
	loc, err := time.LoadLocation(t.Zone)
	if err != nil {
		return nil, err
	}
	l := days{
		town: t, loc: loc, now: now,
		//nolint:gosec // G404: the same seed and day must make the same life
		rng:     rand.New(rand.NewPCG(t.seed, uint64(now.Unix()/86_400))),
		taken:   map[service][]time.Time{},
		outs:    map[outing]bool{},
		ofOwner: make([]int, len(t.owners)), ofPlace: make([]int, len(t.Listings)),
	}
	l.rank()
	var visits []visit
	for len(visits) < reviewed {
		day := -visitedFrom + l.rng.IntN(visitedFrom-visitedTo+1)
		if v, ok := l.visit(day); ok {
			l.report(&v)
			visits = append(visits, v)
		}
	}
	for len(visits) < reviewed+upcoming {
		if v, ok := l.visit(1 + l.rng.IntN(5)); ok {
			v.booked = now.Add(-time.Duration(l.rng.IntN(48*60)+30) * time.Minute)
			visits = append(visits, v)
		}
	}
	return visits, nil
}

type service struct{ listing, offer int }

type outing struct{ consumer, day int }

// days is a life in the making.
type days struct {
	town *Town
	loc  *time.Location
	now  time.Time
	rng  *rand.Rand

	claimed []int     // the listings that take bookings
	upTo    []float64 // the sum of their renown, up to each
	taken   map[service][]time.Time
	outs    map[outing]bool
	ofOwner []int
	ofPlace []int
}

func (l *days) rank() {
	sum := 0.0
	for i, s := range l.town.shops {
		if s.owner >= 0 {
			sum += 0.15 + s.renown
			l.claimed, l.upTo = append(l.claimed, i), append(l.upTo, sum)
		}
	}
}

// place draws a place, the renowned ones more often.
func (l *days) place() int {
	at := l.rng.Float64() * l.upTo[len(l.upTo)-1]
	i, _ := slices.BinarySearchFunc(l.upTo, at, cmp.Compare[float64])
	return l.claimed[min(i, len(l.claimed)-1)]
}

// visit makes a visit on a day before or after today; it may find the place shut, full
// or visited enough, or the consumer out already.
func (l *days) visit(day int) (visit, bool) {
	v := visit{consumer: l.rng.IntN(consumers), listing: l.place()}
	own := l.town.shops[v.listing].owner
	out := outing{v.consumer, day}
	if l.ofOwner[own] >= mostOfOwner || l.ofPlace[v.listing] >= mostOfPlace || l.outs[out] {
		return v, false
	}
	listing := &l.town.Listings[v.listing]
	v.offer = l.offer(listing)
	o := &listing.Offers[v.offer]
	start, ok := l.start(listing, o, day)
	s := service{v.listing, v.offer}
	if !ok || slices.ContainsFunc(l.taken[s], func(other time.Time) bool { return start.Sub(other).Abs() < o.Duration }) {
		return v, false
	}
	l.taken[s] = append(l.taken[s], start)
	l.outs[out] = true
	l.ofOwner[own]++
	l.ofPlace[v.listing]++
	v.start, v.party = start, 1+l.rng.IntN(min(4, max(1, o.Capacity)))
	lead := time.Duration(40+l.rng.IntN(60)*l.rng.IntN(60)) * time.Minute
	v.booked = start.Add(-lead).Truncate(time.Second)
	return v, true
}

// offer draws one that can be booked; a place that is visited has some.
func (l *days) offer(listing *catalog.Listing) int {
	var can []int
	for i := range listing.Offers {
		if listing.Offers[i].Bookable {
			can = append(can, i)
		}
	}
	return can[l.rng.IntN(len(can))]
}

// start is a slot of the offer on the day: one of an interval's starts.
func (l *days) start(listing *catalog.Listing, o *catalog.Offer, day int) (time.Time, bool) {
	y, m, d := l.now.In(l.loc).Date()
	midnight := time.Date(y, m, d+day, 0, 0, 0, 0, l.loc)
	spans := listing.Hours.Weekly[(midnight.Weekday()+6)%7]
	if len(spans) == 0 {
		return time.Time{}, false
	}
	span := spans[l.rng.IntN(len(spans))]
	step, long := int(o.Step/time.Minute), int(o.Duration/time.Minute)
	if step == 0 {
		step = long
	}
	n := (span.Closes-span.Opens-long)/step + 1
	if span.Closes-span.Opens < long {
		return time.Time{}, false
	}
	opens := time.Date(y, m, d+day, 0, span.Opens, 0, 0, l.loc)
	return opens.Add(time.Duration(l.rng.IntN(n)*step) * time.Minute), true
}

// report makes the visitor come and write.
func (l *days) report(v *visit) {
	s := &l.town.shops[v.listing]
	o := &l.town.Listings[v.listing].Offers[v.offer]
	v.comes = true
	v.shown = v.start.Add(time.Duration(l.rng.IntN(9*60)+20) * time.Second)
	wait := math.Exp(l.rng.NormFloat64())*3 + 0.3 // hours
	v.wrote = v.start.Add(o.Duration + time.Duration(math.Min(wait, 48)*float64(time.Hour))).Truncate(time.Second)
	v.stars = stars(l.rng, s.quality)
	// One consumer in four writes English: students, visitors, engineers of the park.
	v.text = words(l.rng, s.menu.theme, v.stars, v.consumer%4 == 3)
}

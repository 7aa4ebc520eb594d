package town

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"corner/catalog"
	"corner/geo"
	"corner/money"
)

// Town is a town as a directory would list it.
type Town struct {
	Name, NameEn string
	Center       geo.Point
	Zone         string            // IANA
	Listings     []catalog.Listing // Source "town:0001" and on
	Showcase     Showcase

	seed   uint64
	shops  []shop  // of each listing, what else is known
	owners []owner // who claim
}

// Showcase is a noodle shop in the middle that is in every town, with a table that can
// be booked, for examples that work when pasted.
type Showcase struct {
	Listing     int    // its index in Listings
	Table       int    // the index of its offer that can be booked
	Owner       string // the phone of who confirms its visits, after Settle
	Query       string // words that find it, first among its neighbours
	QueryEn     string
	QueryPinyin string
}

// shop is what a town knows of a place beside its listing.
type shop struct {
	menu    *menu
	owner   int     // the index of who claims it, -1 for nobody
	renown  float64 // how often it is visited, in comparison
	quality float64 // 0 … 1: what visitors think
}

// owner is who claims one place, or all branches of a chain.
type owner struct {
	name  string
	phone string
	shops []int // indexes of Listings
}

// Make makes the town of a seed.
func Make(seed int64) Town {
	//nolint:gosec // G404: the same seed must make the same town, so it must be guessable
	rng := rand.New(rand.NewPCG(uint64(seed), 0x436f726e6572))
	b := builder{
		rng:   rng,
		left:  weighted(rng, lots(rng)),
		named: map[string]bool{},
		looks: newLooks(uint64(seed)),
		town:  Town{Name: "苏州古城", NameEn: "Suzhou Old Town", Center: center, Zone: Zone, seed: uint64(seed)},
	}
	b.showcase()
	for _, group := range table().groups {
		for i := range group.chains {
			b.branches(&group.chains[i])
		}
		for i := range group.trades {
			b.open(&group.trades[i])
		}
	}
	return b.town
}

// stock is how many lots the places of a town choose from: more than there are places,
// so that gaps remain.
const stock = 2_600

// weighted draws stock lots without repetition, the wanted ones more often, by the keys
// of Efraimidis and Spirakis (2006).
func weighted(rng *rand.Rand, all []lot) []lot {
	type keyed struct {
		lot
		key float64
	}
	keys := make([]keyed, len(all))
	for i, l := range all {
		keys[i] = keyed{l, rng.ExpFloat64() / l.weight}
	}
	slices.SortFunc(keys, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	drawn := make([]lot, min(stock, len(keys)))
	for i := range drawn {
		drawn[i] = keys[i].lot
	}
	rng.Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
	return drawn
}

// builder is a town in the making.
type builder struct {
	rng   *rand.Rand
	looks *rand.Rand // see dress
	left  []lot      // to build on
	named map[string]bool
	town  Town
}

// lot takes the best of some lots for a trade.
func (b *builder) lot(w where) lot {
	best := len(b.left) - 1
	tries := map[where]int{anywhere: 1, busy: 3, quiet: 5}[w]
	for range tries {
		at := b.rng.IntN(len(b.left))
		better := b.left[at].weight > b.left[best].weight
		if w == quiet {
			better = b.left[at].weight < b.left[best].weight
		}
		if better {
			best = at
		}
	}
	return b.take(best)
}

func (b *builder) take(i int) lot {
	l := b.left[i]
	b.left[i] = b.left[len(b.left)-1]
	b.left = b.left[:len(b.left)-1]
	return l
}

// open opens the places of a trade, each under a name of its own.
func (b *builder) open(t *trade) {
	for range t.count {
		k := t.kinds[b.rng.IntN(len(t.kinds))]
		l := b.lot(t.where)
		name := b.name(t, k, l)
		b.add(t.category, name, k.menu, l, -1)
	}
}

// name is a name that no place has yet. When the words run out, the street helps.
func (b *builder) name(t *trade, k kind, l lot) catalog.Names {
	for range 40 {
		w := t.words[b.rng.IntN(len(t.words))]
		n := catalog.Names{Main: w.zh + k.zh, En: w.en + " " + k.en}
		if w.zh == "" {
			n = catalog.Names{Main: l.street.zh + k.zh, En: l.street.en + " " + k.en}
		}
		if b.first(n) {
			return n
		}
	}
	w := t.words[b.rng.IntN(len(t.words))]
	n := catalog.Names{
		Main: fmt.Sprintf("%s%s（%s%d号）", w.zh, k.zh, l.street.zh, l.number),
		En:   fmt.Sprintf("%s %s (%d %s)", w.en, k.en, l.number, l.street.en),
	}
	if w.zh == "" {
		n = catalog.Names{
			Main: fmt.Sprintf("%s%d号%s", l.street.zh, l.number, k.zh),
			En:   fmt.Sprintf("%d %s %s", l.number, l.street.en, k.en),
		}
	}
	b.first(n)
	return n
}

func (b *builder) first(n catalog.Names) bool {
	if b.named[n.Main] {
		return false
	}
	b.named[n.Main] = true
	return true
}

// branches opens the branches of a chain, each named after its street.
func (b *builder) branches(c *chain) {
	own := -1
	for range c.branches {
		l := b.lot(c.where)
		n := catalog.Names{Main: c.zh + "（" + l.street.zh + "店）", En: c.en + " (" + l.street.en + ")"}
		if !b.first(n) {
			n = catalog.Names{
				Main: fmt.Sprintf("%s（%s%d号店）", c.zh, l.street.zh, l.number),
				En:   fmt.Sprintf("%s (%d %s)", c.en, l.number, l.street.en),
			}
			b.first(n)
		}
		own = b.add(c.category, n, c.menu, l, own)
		if own >= 0 {
			b.town.owners[own].name = c.zh + " " + c.en
		}
		listing := &b.town.Listings[len(b.town.Listings)-1]
		listing.Branch = l.street.zh + "店"
		if c.long {
			b.carte(listing, true)
		}
	}
}

// add puts a place into the town. One that takes bookings is claimed: by owner if there
// is one, by somebody new if not; it returns who that is, or owner as it was.
func (b *builder) add(category string, n catalog.Names, m *menu, l lot, own int) int {
	i := len(b.town.Listings)
	offers := m.offers(b.rng)
	b.town.Listings = append(b.town.Listings, catalog.Listing{
		Source: fmt.Sprintf("town:%04d", i+1),
		Draft: catalog.Draft{
			Names: n, Category: category, Address: l.address(),
			Hours: pickTimes(b.rng, m.week).hours(b.rng), Zone: Zone,
		},
		Offers: offers,
	})
	if m.items != nil { // nobody answers the phone of a park
		b.town.Listings[i].Phone = phone(shopPhones, i)
	}
	b.dress(&b.town.Listings[i], l, m)
	s := shop{menu: m, owner: -1, renown: b.rng.ExpFloat64() * b.rng.ExpFloat64(), quality: b.rng.Float64()}
	if m == table().menus["suzhouFood"] && s.renown > wellKnown {
		b.carte(&b.town.Listings[i], false)
	}
	if slices.ContainsFunc(offers, func(o catalog.Offer) bool { return o.Bookable }) {
		if own < 0 {
			own = len(b.town.owners)
			b.town.owners = append(b.town.owners, owner{name: n.Main + " " + n.En, phone: phone(ownerPhones, own)})
		}
		b.town.owners[own].shops = append(b.town.owners[own].shops, i)
		s.owner = own
	}
	b.town.shops = append(b.town.shops, s)
	return own
}

// showcase opens the noodle shop that is always there: on the lot nearest to a spot in
// Daru Alley, round the corner from the center.
func (b *builder) showcase() {
	best := 0
	for i := range b.left {
		if at := (spot{-60, 325}); b.left[i].to(at) < b.left[best].to(at) {
			best = i
		}
	}
	l := b.take(best)
	n := catalog.Names{Main: "老王牛肉面", En: "Lao Wang Beef Noodles"}
	b.first(n)
	m := *table().menus["beefNoodles"]
	m.booked = 100
	m.week = []times{{often: 1, daily: [][2]int{{700, 2200}}}}
	b.add("noodles", n, &m, l, -1)
	place := &b.town.Listings[0]
	place.Offers = append(place.Offers[:1], m.items[1].offer(b.rng), m.items[5].offer(b.rng), m.items[7].offer(b.rng))
	place.Offers[0].Capacity = 20
	place.Offers[1].Price = money.Of(2_800, "CNY")
	b.town.shops[0].renown, b.town.shops[0].quality = 9, 0.85
	b.town.Showcase = Showcase{
		Owner: b.town.owners[0].phone, Query: n.Main, QueryEn: n.En, QueryPinyin: "laowangniuroumian",
	}
}

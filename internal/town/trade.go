package town

import (
	"math/rand/v2"
	"strconv"
	"time"

	"corner/catalog"
	"corner/money"
)

// word is the part of a name that tells one shop from the next.
type word struct{ zh, en string }

// trade is the places of one category that are nobody's branches.
type trade struct {
	category string
	count    int
	called   string // which of the words
	words    []word
	kinds    []kind
	where    where
}

// kind is what a shop is: the end of its name, and what it sells.
type kind struct {
	zh, en string
	sells  string // which of the menus
	menu   *menu
}

// menu is what a kind of shop sells, when, and how visitors speak of it.
type menu struct {
	theme  string
	week   []times
	booked int    // of a hundred such shops, how many take bookings
	items  []item // those that can be booked come first
}

// item is something sold. Its price is between two, in yuan.
type item struct {
	zh, en   string
	from, to int
	minutes  int
	seats    int // how many are served at a time; 0: it cannot be booked
	step     int // minutes between two starts; 0: one after the other
}

// where is what a trade looks for in a lot.
type where int

const (
	anywhere where = iota
	busy           // pays for passers-by
	quiet          // looks for room
)

// chain is a merchant with branches.
type chain struct {
	zh, en   string
	category string
	branches int
	sells    string // which of the menus
	menu     *menu
	where    where
	long     bool // its menu is a long one: see carte
}

// offers is what one shop sells: everything that can be booked, if it takes bookings,
// and some of the rest. A shop that takes none still cuts hair, but reserves no tables.
func (m *menu) offers(rng *rand.Rand) []catalog.Offer {
	books := rng.IntN(100) < m.booked
	var offers []catalog.Offer
	var rest []item
	for _, it := range m.items {
		switch {
		case it.seats == 0:
			rest = append(rest, it)
		case books:
			offers = append(offers, it.offer(rng))
		case it.to > 0:
			it.seats, it.step = 0, 0
			rest = append(rest, it)
		}
	}
	want := 2 + rng.IntN(5) - len(offers)
	for _, i := range rng.Perm(len(rest)) {
		if want <= 0 {
			break
		}
		want--
		offers = append(offers, rest[i].offer(rng))
	}
	return offers
}

func (it item) offer(rng *rand.Rand) catalog.Offer {
	o := catalog.Offer{
		Name:     it.zh + " " + it.en,
		Duration: time.Duration(it.minutes) * time.Minute,
		Price:    money.Of(price(rng, it.from, it.to), "CNY"),
		Step:     time.Duration(it.step) * time.Minute,
	}
	if it.from >= varied && it.to >= 2*it.from {
		o.PriceTo = money.Of(asWritten(int(o.Price.Minor/100)+(it.to-it.from)/2), "CNY")
	}
	if home, comes := table().brought[it.zh]; comes {
		o.AtHome = &home
	}
	if it.seats > 0 {
		o.Bookable, o.Capacity = true, it.seats
		if it.seats > 4 {
			o.Capacity += rng.IntN(it.seats) - it.seats/4
		}
	}
	return o
}

// varied is from how many yuan on something that costs twice as much in one shop as in
// another has no one price in either.
const varied = 100

// price is between two prices in yuan, in fen, as shops write them: whole yuan, and
// from a hundred on with an 8 at the end.
func price(rng *rand.Rand, from, to int) int64 {
	yuan := from
	if to > from {
		yuan += rng.IntN(to - from + 1)
	}
	return asWritten(yuan)
}

func asWritten(yuan int) int64 {
	if yuan >= 100 {
		yuan = yuan/10*10 + 8
	}
	return int64(yuan) * 100
}

func itoa(n int) string { return strconv.Itoa(n) }

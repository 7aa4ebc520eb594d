package discoverytest

import (
	"fmt"
	"slices"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/identity"
	"corner/money"
)

// equip gives the i-th listing what it can be filtered by: services, attributes, a brand,
// a merchant.
func (g *generator) equip(l *discovery.Listing, i int, kind trade) {
	for s := range g.IntN(4) {
		l.Services = append(l.Services, g.offering(kind, i*10+s))
	}
	for _, a := range catalog.Attributes[:12] {
		if g.IntN(5) == 0 {
			l.Attributes = append(l.Attributes, a.Key)
		}
	}
	slices.Sort(l.Attributes)
	for k := range catalog.Traits {
		trait := &catalog.Traits[k]
		if n := (i + k) % (2 * len(trait.Values)); n < len(trait.Values) {
			l.Traits |= catalog.TraitsOf(trait.Word(trait.Values[n].Key))
		}
	}
	if g.IntN(3) == 0 {
		l.Brand = pick(g, brands)
	}
	if l.Claimed {
		l.Merchant = merchants[g.IntN(len(merchants))]
	}
}

// offering is a service at one price or at a range of prices, now and then brought home.
func (g *generator) offering(kind trade, n int) discovery.Offering {
	o := discovery.Offering{
		ID:       catalog.ServiceID(fmt.Sprintf("svc_%026d", n)),
		Name:     pick(g, kind.services),
		Price:    money.Amount{Minor: 100 * (10 + g.Int64N(300)), Currency: "CNY"},
		Duration: time.Duration(1+g.IntN(8)) * 15 * time.Minute,
		Bookable: g.IntN(4) > 0,
	}
	if g.IntN(4) == 0 {
		o.Price.Currency = "HKD"
	}
	if g.IntN(3) == 0 {
		o.PriceTo = money.Amount{Minor: o.Price.Minor + 100*g.Int64N(100), Currency: o.Price.Currency}
	}
	if g.IntN(4) == 0 {
		o.AtHome = geo.Metres(500 * (1 + g.IntN(8)))
	}
	return o
}

var (
	brands    = []string{"kfc", "starbucks", "seven_eleven", "haidilao", "naixue"}
	merchants = []identity.MerchantID{"mrc_one", "mrc_two", "mrc_three"}
)

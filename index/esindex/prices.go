package esindex

import (
	"corner/discovery"
	"corner/money"
)

// pricing is what services cost, in a form that the engine can ask and sort by.
type pricing struct {
	// Prices has the range of each service in one field for all currencies, the currency's
	// number in the upper bits: a field for each currency would be a hundred and fifty.
	Prices []span `json:"prices,omitempty"`
	// Least is the lowest price by currency. Its fields come as currencies come.
	Least map[money.Currency]int64 `json:"least,omitempty"`
}

// span holds its ends.
type span struct {
	From int64 `json:"gte"`
	To   int64 `json:"lte"`
}

// priceBits is how many bits of a price in minor units are kept: 2.8·10¹⁴, a thousand
// times what the catalogue allows. It leaves 15 for the currency, and what is less
// than 2⁵³ survives any JSON.
const (
	priceBits = 48
	mostMinor = 1<<priceBits - 1
)

// currencyNumber numbers three capitals, 1 and up; and reports whether c is that.
func currencyNumber(c money.Currency) (n int64, ok bool) {
	for i := range len(c) {
		if c[i] < 'A' || c[i] > 'Z' {
			return 0, false
		}
		n = 26*n + int64(c[i]-'A')
	}
	return n + 1, len(c) == 3
}

func priced(currency, minor int64) int64 {
	return currency<<priceBits | min(max(minor, 0), mostMinor)
}

func pricingOf(services []discovery.Offering) pricing {
	var p pricing
	for i := range services {
		s := &services[i]
		n, ok := currencyNumber(s.Price.Currency)
		if !ok {
			continue
		}
		p.Prices = append(p.Prices, span{priced(n, s.Price.Minor), priced(n, max(s.Price.Minor, s.PriceTo.Minor))})
		if p.Least == nil {
			p.Least = make(map[money.Currency]int64, 1)
		}
		minor := min(max(s.Price.Minor, 0), mostMinor)
		if least, known := p.Least[s.Price.Currency]; known {
			minor = min(minor, least)
		}
		p.Least[s.Price.Currency] = minor
	}
	return p
}

// priceIn is discovery.PriceRange.Overlaps of some service.
func priceIn(r discovery.PriceRange) object {
	n, ok := currencyNumber(r.Currency)
	if !ok {
		return object{"match_none": object{}}
	}
	from, to, relation := priced(n, r.Min), priced(n, r.Max), "intersects"
	if r.Min > r.Max { // what overlaps that by its definition holds all between
		from, to, relation = to, from, "contains"
	}
	return object{"range": object{"prices": object{"gte": from, "lte": to, "relation": relation}}}
}

// leastField is the field of the lowest price in a currency; one that no document has, if
// c is none.
func leastField(c money.Currency) string {
	if _, ok := currencyNumber(c); !ok {
		return "least.none"
	}
	return "least." + string(c)
}

package esindex_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/identity"
	"corner/money"
	"corner/reviews"
	"corner/walltime"
)

// dice makes listings and queries of a town around a point, the same for the same seed.
type dice struct{ *rand.Rand }

func roll(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 1))} }

var (
	someZones = []string{"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"}
	someNames = []string{
		"老王洗车店", "肯德基 KFC", "沙县小吃", "Café Müller", "星巴克 Starbucks Reserve", "重庆小面", "7-Eleven 便利店",
		"龍門酒家", "张记牛肉面馆", "Joe's Pizza", "ร้านอาหารไทย", "ラーメン二郎", "서울 김밥", "中国银行", "一点点奶茶",
	}
	someCurrencies = []money.Currency{"CNY", "CNY", "HKD", "USD"}
	someBrands     = []string{"kfc", "starbucks", "seven_eleven"}
	someMerchants  = []identity.MerchantID{"mch_a", "mch_b"}
	someTexts      = []string{
		"洗车",
		"xiche",
		"xcd",
		"kfc",
		"肯德",
		"面",
		"star",
		"cafe",
		"7",
		"酒家 龙",
		"niurou",
		"bank",
		"小",
		"zzz",
		"r s",
		"ラーメン",
		"starbukcs",
		"pizzza joes",
	}
)

func pick[T any](d dice, from []T) T { return from[d.IntN(len(from))] }

// listing is the n-th of a town of about width degrees.
func (d dice) listing(n int, town geo.Point, width float64) discovery.Listing {
	// On a grid now and then, so that distances tie.
	lat, lng := (d.Float64()-.5)*width, (d.Float64()-.5)*width
	if d.IntN(4) == 0 {
		lat, lng = float64(d.IntN(5)-2)*width/8, float64(d.IntN(5)-2)*width/8
	}
	l := discovery.Listing{
		Place: catalog.PlaceID(fmt.Sprintf("plc_%06d", n)), Version: 1 + d.Int64N(5), Live: d.IntN(20) > 0,
		Names:    catalog.Names{Main: pick(d, someNames) + pick(d, []string{"", " " + pick(d, someNames)})},
		Category: pick(d, catalog.BuiltIn.List).Key,
		Point:    wrap(geo.Point{Lat: town.Lat + lat, Lng: town.Lng + lng}),
		Hours:    d.hours(), Zone: pick(d, someZones),
		Rating: reviews.Rating{N: d.Int64N(4)},
	}
	l.Rating.Sum = l.Rating.N * (1 + d.Int64N(5))
	d.dress(&l)
	return l
}

// dress gives a listing what it need not have.
func (d dice) dress(l *discovery.Listing) {
	for range d.IntN(4) {
		o := discovery.Offering{
			ID: catalog.ServiceID(fmt.Sprintf("svc_%d", d.IntN(1_000))), Name: pick(d, someNames),
			Price:    money.Of(d.Int64N(10_000), pick(d, someCurrencies)),
			Duration: time.Duration(1+d.IntN(9)) * 10 * time.Minute, Bookable: d.IntN(2) == 0,
		}
		if d.IntN(3) == 0 {
			o.PriceTo = money.Of(o.Price.Minor+d.Int64N(5_000), o.Price.Currency)
		}
		if d.IntN(2) == 0 {
			o.AtHome = geo.Metres(d.Float64() * pick(d, []float64{100, 3_000, 60_000}))
		}
		l.Services = append(l.Services, o)
	}
	for _, a := range catalog.Attributes[:6] {
		if d.IntN(3) == 0 {
			l.Attributes = append(l.Attributes, a.Key)
		}
	}
	slices.Sort(l.Attributes)
	if d.IntN(2) == 0 {
		l.Brand, l.Merchant, l.Claimed = pick(d, someBrands), pick(d, someMerchants), true
	}
	if d.IntN(3) == 0 {
		l.Source, l.Address, l.Phone, l.Photo = "osm:node/1", "人民路 1", "+8613800000000", "pho_1"
		l.Approximate, l.Entrance = true, geo.Point{Lat: l.Point.Lat / 2, Lng: l.Point.Lng}
	}
}

func wrap(p geo.Point) geo.Point {
	p.Lat = max(-90, min(90, p.Lat))
	if p.Lng > 180 {
		p.Lng -= 360
	} else if p.Lng < -180 {
		p.Lng += 360
	}
	return p
}

// moment is when the random hours have their exceptions, and queries ask.
var moment = time.Date(2026, time.October, 24, 0, 0, 0, 0, time.UTC) // Berlin's clocks go back in the next night

func (d dice) hours() catalog.Hours {
	var h catalog.Hours
	if d.IntN(6) == 0 {
		return h
	}
	for day := range h.Weekly {
		h.Weekly[day] = d.intervals()
	}
	for day := range 12 {
		if d.IntN(3) == 0 {
			h.Exceptions = append(h.Exceptions, catalog.Exception{
				Day: walltime.DayOf(2026, time.October, 19) + walltime.Day(day), Intervals: d.intervals(),
			})
		}
	}
	if err := h.Normalize(); err != nil {
		panic(err)
	}
	return h
}

func (d dice) intervals() []catalog.Interval {
	var all []catalog.Interval
	for range d.IntN(3) {
		opens := d.IntN(24) * 60
		all = append(all, catalog.Interval{Opens: opens, Closes: opens + 1 + d.IntN(1440)})
	}
	return all
}

func (d dice) query(town geo.Point, width float64) discovery.Query {
	q := discovery.Query{
		Center: wrap(geo.Point{Lat: town.Lat + (d.Float64()-.5)*width, Lng: town.Lng + (d.Float64()-.5)*width}),
		Radius: geo.Metres(width * 111_000 * (0.1 + d.Float64())), Limit: 1 + d.IntN(30), Sort: discovery.ByDistance,
	}
	if d.IntN(3) == 0 { // among the ties
		q.Center = town
	}
	q.Radius = min(q.Radius, discovery.MaxRadius)
	q.Sort = pick(d, []discovery.Sort{discovery.ByDistance, discovery.ByRating, discovery.ByRelevance, discovery.ByPrice})
	if q.Sort == discovery.ByDistance && d.IntN(2) == 0 {
		q.Band = pick(d, []geo.Metres{1, 50, 500, 7_000})
	}
	if d.IntN(3) == 0 {
		q.Category = pick(d, catalog.BuiltIn.List[:12]).Key
	}
	if d.IntN(3) == 0 {
		q.Text = discovery.ParseText(pick(d, someTexts), nil)
		if lenient, ok := q.Text.Lenient(); ok && d.IntN(2) == 0 {
			q.Text = lenient
		}
	}
	q.Facets = d.IntN(2) == 0
	q.Filter = d.filter()
	if q.Sort == discovery.ByPrice {
		q.Filter.Price = discovery.PriceRange{Currency: pick(d, someCurrencies), Max: 1 << 40}
	}
	return q
}

// filter mostly lets pass.
func (d dice) filter() (f discovery.Filter) {
	if d.IntN(3) == 0 {
		f.OpenFrom = moment.Add(time.Duration(d.IntN(4*24*60)-2*24*60) * time.Minute)
		if d.IntN(2) == 0 {
			f.OpenTill = f.OpenFrom.Add(time.Duration(1 + d.IntN(int(catalog.MaxDuring))))
		}
	}
	if d.IntN(4) == 0 {
		f.Price = discovery.PriceRange{Currency: pick(d, someCurrencies), Min: d.Int64N(9_000)}
		f.Price.Max = f.Price.Min + d.Int64N(4_000) - 200
	}
	if d.IntN(5) == 0 {
		f.Tenths = pick(d, discovery.TenthsSteps[:])
	}
	f.AtHome = d.IntN(5) == 0
	if d.IntN(5) == 0 {
		f.Attributes = []string{catalog.Attributes[d.IntN(6)].Key}
	}
	if d.IntN(9) == 0 {
		f.Brand = pick(d, someBrands)
	}
	if d.IntN(9) == 0 {
		f.Merchant = pick(d, someMerchants)
	}
	if d.IntN(4) == 0 {
		f.Except = catalog.PlaceID(fmt.Sprintf("plc_%06d", d.IntN(300)))
	}
	return f
}

// boxed is a query for a box of a town, seen from a place on some side of the globe.
func (d dice) boxed(town geo.Point, width float64) discovery.Query {
	q := d.query(town, width)
	w := width * (0.2 + d.Float64())
	q.Box = &geo.Box{
		South: wrap(geo.Point{Lat: q.Center.Lat - w}).Lat, North: wrap(geo.Point{Lat: q.Center.Lat + w}).Lat,
		West: wrap(geo.Point{Lng: q.Center.Lng - w}).Lng, East: wrap(geo.Point{Lng: q.Center.Lng + w}).Lng,
	}
	switch d.IntN(4) {
	case 0:
		q.Center = geo.Point{Lat: d.Float64()*180 - 90, Lng: d.Float64()*360 - 180}
	case 1:
		q.Center = wrap(geo.Point{Lat: q.Center.Lat + d.NormFloat64()*3, Lng: q.Center.Lng + d.NormFloat64()*3})
	}
	if q.Band > 0 {
		q.Band = max(q.Band, 50)
	}
	return q
}

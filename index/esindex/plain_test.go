package esindex_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
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
	someTexts = []string{"洗车", "xiche", "xcd", "kfc", "肯德", "面", "star", "cafe", "7", "酒家 龙", "niurou", "bank", "小", "zzz", "r s", "ラーメン"}
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
		Category: pick(d, catalog.Categories).Key,
		Point:    wrap(geo.Point{Lat: town.Lat + lat, Lng: town.Lng + lng}),
		Hours:    d.hours(), Zone: pick(d, someZones),
		Rating: reviews.Rating{N: d.Int64N(4)},
	}
	l.Rating.Sum = l.Rating.N * (1 + d.Int64N(5))
	if d.IntN(3) == 0 {
		l.Services = []discovery.Offering{{
			ID: "svc_1", Name: pick(d, someNames), Price: money.Of(d.Int64N(10_000), "CNY"),
			Duration: 30 * time.Minute, Bookable: true,
		}}
	}
	return l
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
	if d.IntN(2) == 0 {
		q.Sort = discovery.ByRating
	}
	if d.IntN(3) == 0 {
		q.Category = pick(d, catalog.Categories[:12]).Key
	}
	if d.IntN(3) == 0 {
		q.Text = discovery.ParseText(pick(d, someTexts))
	}
	if d.IntN(2) == 0 {
		q.Filter.OpenFrom = moment.Add(time.Duration(d.IntN(4*24*60)-2*24*60) * time.Minute)
	}
	return q
}

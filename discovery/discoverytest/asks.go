package discoverytest

import (
	"math/rand/v2"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/money"
)

// asker makes queries that find something more often than not.
type asker struct {
	*rand.Rand
	listings []discovery.Listing
}

var (
	radii  = []geo.Metres{50, 120, 500, 2_000, 5_000, 20_000, 50_000}
	limits = []int{1, 2, 7, 20, 50, 100}
	sorts  = []discovery.Sort{
		discovery.ByDistance,
		discovery.ByDistance,
		discovery.ByDistance,
		discovery.ByRating,
		discovery.ByRelevance,
		discovery.ByPrice,
	}
	bands      = []geo.Metres{0, 0, 1, 200, 500, 1_000}
	categories = []string{"dining", "car", "car_wash", "noodles", "shopping", "public", "bank", "beauty", "health", "museum"}
	texts      = []string{
		"老王", "老王洗车店", "洗车", "店", "xiche", "xcd", "laowang", "lw", "chongqing", "重庆火锅", "cqhg", "changle", "yinhang",
		"老王 xiche", "car wash", "CAFÉ", "cafe", "joe's", "JOES", "hot p", "7", "7-eleven", "el", "ktv", "ＫＴＶ", "oresund", "精洗", "haircut",
		"汽车服务", "dining", "スターバックス", "カフェ", "스타벅스", "กาแฟ", "кофе", "pho ha", "zzz", "lvdi", "ludi", "a1", "没有这样的店",
		"laowangxichedian", "coffe roaster", "pharmcay", "garnd hotel", "sunny laundrete", "expresso bar", "noodel house", "buble tea",
		"双人套餐火锅", "chang sha yin hang", "xian", "3d巨星", "st. john", "kitchne", "洗车 打蜡 car", "老王 laundry",
	}
)

func (a *asker) query() discovery.Query {
	l := a.listing()
	q := discovery.Query{
		Center: Beside(l.Point, a.NormFloat64()*300, a.NormFloat64()*300),
		Radius: radii[a.IntN(len(radii))],
		Sort:   sorts[a.IntN(len(sorts))],
		Limit:  limits[a.IntN(len(limits))],
	}
	switch a.IntN(8) {
	case 0:
		q.Center = l.Point
	case 1: // out of town
		q.Center = Beside(l.Point, a.NormFloat64()*8_000, a.NormFloat64()*8_000)
	}
	if q.Sort == discovery.ByDistance {
		q.Band = bands[a.IntN(len(bands))]
	}
	switch a.IntN(6) {
	case 0:
		q.Category = l.Category
	case 1:
		q.Category = categories[a.IntN(len(categories))]
	}
	q.Text = a.text(l)
	if a.IntN(3) > 0 {
		q.Filter = a.filter(l)
	}
	if q.Sort == discovery.ByPrice && q.Filter.Price.Currency == "" {
		q.Filter.Price = discovery.PriceRange{Currency: "CNY", Max: 1 << 40}
	}
	return q
}

func (a *asker) listing() *discovery.Listing { return &a.listings[a.IntN(len(a.listings))] }

// text is none, one of many, the beginning of a name, or the whole of it.
func (a *asker) text(l *discovery.Listing) (t discovery.Text) {
	switch a.IntN(5) {
	case 0, 1:
		t = discovery.ParseText(texts[a.IntN(len(texts))], nil)
	case 2:
		name := []rune(l.Names.Main)
		t = discovery.ParseText(string(name[:1+a.IntN(len(name))]), nil)
	}
	if lenient, ok := t.Lenient(); ok && a.IntN(2) == 0 {
		t = lenient
	}
	return t
}

// filter is one that l may pass, of few conditions.
func (a *asker) filter(l *discovery.Listing) (f discovery.Filter) {
	if a.IntN(3) == 0 {
		f.OpenFrom = changes[a.IntN(len(changes))].Add(time.Duration(a.IntN(8*60)-4*60) * time.Minute)
		if a.IntN(3) == 0 {
			f.OpenFrom = f.OpenFrom.Add(time.Duration(a.IntN(48)-24) * time.Hour)
		}
		if a.IntN(3) == 0 {
			f.OpenTill = f.OpenFrom.Add(time.Duration(1+a.IntN(int(catalog.MaxDuring/time.Minute))) * time.Minute)
		}
	}
	if a.IntN(4) == 0 {
		least := a.Int64N(30_000)
		f.Price = discovery.PriceRange{
			Currency: []money.Currency{"CNY", "CNY", "HKD", "USD"}[a.IntN(4)],
			Min:      least,
			Max:      least + a.Int64N(20_000),
		}
	}
	if a.IntN(6) == 0 {
		f.Tenths = 1 + a.IntN(50)
	}
	f.AtHome = a.IntN(8) == 0
	for _, key := range l.Attributes {
		if a.IntN(10) == 0 {
			f.Attributes = append(f.Attributes, key)
		}
	}
	for _, word := range l.Traits.Words() {
		if a.IntN(10) == 0 {
			f.Traits = append(f.Traits, word, "wheelchair=limited")
		}
	}
	if a.IntN(10) == 0 {
		f.Brand = brands[a.IntN(len(brands))]
	}
	if a.IntN(10) == 0 {
		f.Merchant = merchants[a.IntN(len(merchants))]
	}
	if a.IntN(6) == 0 {
		f.Except = l.Place
	}
	return f
}

// box is one that holds l, of any size, up to the whole globe; or one beside it.
func (a *asker) box(l *discovery.Listing) geo.Box {
	half := []float64{0, 0.001, 0.01, 0.05, 0.5, 15, 90}[a.IntN(7)]
	wide := half * (1 + 3*a.Float64())
	if abs := max(l.Point.Lat, -l.Point.Lat); abs > 89 && a.IntN(2) == 0 {
		wide = 40 // meridians are close there
	}
	p := l.Point
	if a.IntN(4) == 0 {
		p = Beside(p, half*110_000, 0) // its edge is where the listing is
	}
	b := geo.Box{South: max(-90, p.Lat-half), North: min(90, p.Lat+half), West: p.Lng - wide, East: p.Lng + wide}
	if wide >= 180 {
		b.West, b.East = -180, 180
	}
	if b.West < -180 {
		b.West += 360
	}
	if b.East > 180 {
		b.East -= 360
	}
	return b
}

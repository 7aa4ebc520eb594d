package bench

import (
	"fmt"
	"math/rand"
	"strings"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/money"
	"corner/reviews"
	"corner/text"
)

// World is places, and what is asked about them.
type World struct {
	Listings []discovery.Listing
	Queries  []Query
}

// Query is what one person wants: what of it is asked depends on the question's shape.
type Query struct {
	Center   geo.Point
	Category string
	Text     string // two characters, the beginning of what kind of place it is
	Pinyin   string // how they are read
	Start    string // the first letters of that
}

// kinds are the kinds of places, and the category of each.
var kinds = []struct{ name, category string }{
	{"洗车店", "car_wash"},
	{"美发沙龙", "beauty"},
	{"奶茶铺", "tea_drinks"},
	{"干洗店", "dry_cleaning"},
	{"健身房", "gym"},
	{"牛肉面馆", "noodles"},
	{"火锅城", "hotpot"},
	{"眼镜店", "optician"},
	{"修车行", "car_repair"},
	{"宠物医院", "pet_care"},
	{"咖啡馆", "cafe"},
	{"快捷酒店", "hotel"},
	{"便利店", "convenience"},
	{"药房", "pharmacy"},
	{"花店", "florist"},
	{"按摩馆", "massage"},
	{"瑜伽馆", "yoga"},
	{"房产中介", "estate_agent"},
	{"理发店", "haircut"},
	{"烧烤摊", "restaurant"},
}

var owners = strings.Fields("老王 老李 小张 阿明 金 福 兴 旺 天 和 顺 美 佳 新 好 鑫 大 东 南 西 北 中 华 国 民 家 乐 春 夏 秋 冬 云 海 山 星 月")

// NewWorld makes a world of places and queries, the same every time.
func NewWorld(places, queries int) *World {
	// The old generators, not those of math/rand/v2: the other engines' program draws from
	// them, number for number.
	r := rand.New(rand.NewSource(42)) //nolint:gosec // nothing secret is made of it
	cities := make([]geo.Point, 20)
	for i := range cities {
		cities[i] = geo.Point{Lat: 22 + r.Float64()*20, Lng: 100 + r.Float64()*22}
	}
	w := &World{Listings: make([]discovery.Listing, places), Queries: make([]Query, queries)}
	for i := range w.Listings {
		city := cities[r.Intn(20)]
		kind := r.Intn(len(kinds))
		name := owners[r.Intn(len(owners))] + owners[r.Intn(len(owners))] + kinds[kind].name
		at := geo.Point{Lat: city.Lat + r.NormFloat64()*0.08, Lng: city.Lng + r.NormFloat64()*0.1}
		w.Listings[i] = listing(i, name, kind, at, int64(10+r.Intn(41)))
	}
	r = rand.New(rand.NewSource(7)) //nolint:gosec // nothing secret is made of it
	for i := range w.Queries {
		p := w.Listings[r.Intn(places)].Point
		q := Query{Center: geo.Point{Lat: p.Lat + r.NormFloat64()*0.005, Lng: p.Lng + r.NormFloat64()*0.005}}
		q.Category = kinds[r.Intn(len(kinds))].category
		for _, c := range []rune(kinds[r.Intn(len(kinds))].name)[:2] {
			q.Text += string(c)
			q.Pinyin += text.Readings(c)[0]
		}
		q.Start = q.Pinyin[:3]
		w.Queries[i] = q
	}
	return w
}

// weeks are hours that many places have.
var weeks = func() (all []catalog.Hours) {
	for opens := 7; opens < 12; opens++ {
		for closes := 18; closes < 27; closes++ {
			var h catalog.Hours
			for d := range h.Weekly {
				h.Weekly[d] = []catalog.Interval{{Opens: opens * 60, Closes: closes * 60}}
			}
			all = append(all, h)
		}
	}
	return all
}()

// listing is the i-th place. What the other engines do not hold follows from its number.
func listing(i int, name string, kind int, at geo.Point, tenths int64) discovery.Listing {
	l := discovery.Listing{
		Place: catalog.PlaceID(fmt.Sprintf("plc_%026d", i)), Version: 1, Live: true,
		Names: catalog.Names{Main: name}, Category: kinds[kind].category, Point: at,
		Address: fmt.Sprintf("人民路 %d 号", i%900+1), Hours: weeks[i%len(weeks)], Zone: "Asia/Shanghai",
		Rating: reviews.Rating{Sum: tenths, N: 10},
	}
	if i%4 == 0 {
		l.Services = []discovery.Offering{{
			ID: catalog.ServiceID(fmt.Sprintf("svc_%026d", i)), Name: kinds[kind].name + "套餐",
			Price: money.Amount{Minor: int64(1_000 + i%90*100), Currency: "CNY"}, Duration: time.Hour, Bookable: true,
		}}
	}
	if i%3 == 0 {
		l.Attributes = []string{catalog.Attributes[i%7].Key, catalog.Attributes[10+i%11].Key}
	}
	return l
}

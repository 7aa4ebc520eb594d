package discoverytest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/reviews"
	"corner/walltime"
)

// town is where listings stand.
type town struct {
	at   geo.Point
	zone string
}

// towns are where daylight saving and the globe make trouble, and where they don't.
var towns = []town{
	{geo.Point{Lat: 31.2304, Lng: 121.4737}, "Asia/Shanghai"},
	{geo.Point{Lat: 39.9042, Lng: 116.4074}, "Asia/Shanghai"},
	{geo.Point{Lat: 22.2819, Lng: 114.1589}, "Asia/Hong_Kong"},
	{geo.Point{Lat: 1.2897, Lng: 103.8501}, "Asia/Singapore"},
	{geo.Point{Lat: 40.7306, Lng: -73.9866}, "America/New_York"},
	{geo.Point{Lat: 51.5136, Lng: -0.1365}, "Europe/London"},
	{geo.Point{Lat: -33.8688, Lng: 151.2093}, "Australia/Sydney"},
	{geo.Point{Lat: -31.5553, Lng: 159.0821}, "Australia/Lord_Howe"}, // half an hour of daylight saving
	{geo.Point{Lat: -16.83, Lng: 179.999}, "Pacific/Fiji"},           // on the antimeridian
	{geo.Point{Lat: 89.995, Lng: 20}, "Etc/UTC"},                     // round the pole
	{geo.Point{Lat: 64.7, Lng: 10.5362}, "Europe/Oslo"},              // on a pentagon of H3
}

// Listings makes n believable listings of dense towns, the same for the same seed:
// names in several scripts, hours of all sorts, chains, malls whose shops share one
// spot, ratings that tie. All are Live.
func Listings(seed uint64, n int) []discovery.Listing {
	g := generator{seeded(seed), make([]geo.Point, len(towns))}
	listings := make([]discovery.Listing, n)
	for i := range listings {
		listings[i] = g.listing(i)
	}
	return listings
}

// seeded gives the same numbers every time: what fails once must fail again.
func seeded(seed uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, 0xC0)) //nolint:gosec // nothing secret is made of them
}

type generator struct {
	*rand.Rand
	mall []geo.Point // the last one of each town
}

func (g *generator) listing(i int) discovery.Listing {
	at := g.IntN(len(towns))
	town, kind := towns[at], trades[g.IntN(len(trades))]
	l := discovery.Listing{
		// Ids come in no order of place or time.
		Place:       catalog.PlaceID(fmt.Sprintf("plc_%08x%018d", g.Uint32(), i)),
		Version:     1 + g.Int64N(5),
		Live:        true,
		Names:       g.names(kind),
		Category:    kind.category,
		Point:       g.point(at),
		Approximate: g.IntN(20) == 0,
		Address:     fmt.Sprintf("%s %d", pick(g, streets), 1+g.IntN(300)),
		Hours:       g.hours(),
		Zone:        town.zone,
		Claimed:     g.IntN(3) == 0,
	}
	l.Hours.Closure = closure(i)
	if g.IntN(2) == 0 {
		l.Phone = fmt.Sprintf("+86138%08d", g.IntN(100_000_000))
	}
	if g.IntN(4) > 0 {
		for range g.IntN(12) {
			l.Rating = l.Rating.Plus(1 + g.IntN(5))
		}
	} else {
		l.Rating = reviews.Rating{Sum: 45, N: 10} // many tie
	}
	g.equip(&l, i, kind)
	return l
}

// point is a spot of a town: most in the middle, some in a mall.
func (g *generator) point(at int) geo.Point {
	if mall := g.mall[at]; mall != (geo.Point{}) && g.IntN(12) == 0 {
		return mall
	}
	p := Beside(towns[at].at, g.NormFloat64()*1500, g.NormFloat64()*1500)
	if g.IntN(40) == 0 {
		g.mall[at] = p
	}
	return p
}

// Beside is the point about so many metres north and east of p, over the pole and
// the antimeridian too.
func Beside(p geo.Point, north, east float64) geo.Point {
	const degree = 111_195.0 // metres
	lat := p.Lat + north/degree
	lng := p.Lng + east/(degree*math.Max(math.Cos(p.Lat*math.Pi/180), 1e-5))
	if lat > 90 {
		lat, lng = 180-lat, lng+180
	}
	if lat < -90 {
		lat, lng = -180-lat, lng+180
	}
	lng = math.Mod(math.Mod(lng+180, 360)+360, 360) - 180
	return geo.Point{Lat: lat, Lng: lng}
}

func (g *generator) names(kind trade) catalog.Names {
	zh := pick(g, owners) + pick(g, kind.zh)
	en := pick(g, ownersEn) + " " + pick(g, kind.en)
	switch g.IntN(8) {
	case 0:
		return catalog.Names{Main: zh + "（" + pick(g, branches) + "店）"}
	case 1:
		return catalog.Names{Main: en}
	case 2:
		return catalog.Names{Main: en, Zh: zh}
	case 3:
		return catalog.Names{Main: pick(g, foreign)}
	case 4:
		return catalog.Names{Main: zh + " " + en, Zh: zh, En: en}
	case 5:
		return catalog.Names{Main: zh, En: en}
	}
	return catalog.Names{Main: zh}
}

// hours are unknown, round the clock, past midnight, with a break, or plain, and
// now and then exceptional on the days that clocks change.
func (g *generator) hours() catalog.Hours {
	var h catalog.Hours
	day := func(intervals ...catalog.Interval) {
		for d := range h.Weekly {
			if d != 6 || g.IntN(2) == 0 {
				h.Weekly[d] = intervals
			}
		}
	}
	quarter := func(hour, hours int) int { return hour*60 + 15*g.IntN(4*hours) }
	switch g.IntN(6) {
	case 0:
		return h
	case 1:
		day(catalog.Interval{Opens: 0, Closes: 1440})
	case 2:
		day(catalog.Interval{Opens: quarter(17, 3), Closes: quarter(24, 6)})
	case 3:
		day(catalog.Interval{Opens: quarter(0, 2), Closes: quarter(3, 2)}, catalog.Interval{Opens: quarter(10, 3), Closes: quarter(20, 10)})
	default:
		day(catalog.Interval{Opens: quarter(7, 4), Closes: quarter(16, 8)})
	}
	if g.IntN(5) == 0 {
		date := changes[g.IntN(len(changes))].UTC()
		e := catalog.Exception{Day: walltime.DayOf(date.Year(), date.Month(), date.Day())}
		if g.IntN(2) == 0 {
			e.Intervals = []catalog.Interval{{Opens: 30, Closes: 150}, {Opens: 1200, Closes: 1560}}
		}
		h.Exceptions = []catalog.Exception{e}
	}
	return h
}

// closure begins or ends on a day on which clocks change, or lasts over one; some have no end. Of
// all listings one in six has one.
func closure(i int) (c catalog.Closure) {
	if i%6 != 0 {
		return c
	}
	i /= 6
	date := changes[i%len(changes)].UTC()
	day := walltime.DayOf(date.Year(), date.Month(), date.Day())
	i /= len(changes)
	c = catalog.Closure{From: day + walltime.Day(i%3) - 1, Until: catalog.Never}
	if i /= 3; i%4 > 0 {
		c.Until = c.From + walltime.Day(i%4)
	}
	return c
}

// changes are instants at which the clocks of the towns change.
var changes = []time.Time{
	time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC),    // New York, forward
	time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC),   // New York, back
	time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC),   // London, Oslo, forward
	time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC),  // London, Oslo, back
	time.Date(2026, 4, 4, 15, 0, 0, 0, time.UTC),   // Lord Howe, back; Sydney an hour later
	time.Date(2026, 10, 3, 15, 30, 0, 0, time.UTC), // Lord Howe, forward; Sydney half an hour later
	time.Date(2026, 5, 3, 16, 0, 0, 0, time.UTC),   // no change: midnight in Shanghai
}

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

// trade is what a category's places are called and sell.
type trade struct {
	category string
	zh, en   []string
	services []string
}

var trades = []trade{
	{"car_wash", []string{"洗车店", "洗车行", "汽车美容"}, []string{"Car Wash", "Auto Spa"}, []string{"精洗", "打蜡", "Hand wash"}},
	{"noodles", []string{"面馆", "牛肉面", "刀削面"}, []string{"Noodles", "Noodle House"}, []string{"牛肉面", "Set lunch"}},
	{"hotpot", []string{"火锅", "重庆火锅", "涮羊肉"}, []string{"Hot Pot", "Hotpot Palace"}, []string{"双人套餐", "包间"}},
	{"cafe", []string{"咖啡", "咖啡馆"}, []string{"Café", "Coffee Roasters", "Espresso Bar"}, []string{"拿铁", "Flat white"}},
	{"tea_drinks", []string{"奶茶", "茶饮"}, []string{"Milk Tea", "Bubble Tea"}, []string{"珍珠奶茶"}},
	{"bakery", []string{"面包房", "烘焙"}, []string{"Bakery", "Pâtisserie"}, []string{"生日蛋糕", "Birthday cake"}},
	{"haircut", []string{"理发店", "发廊", "造型"}, []string{"Hair", "Barber's"}, []string{"剪发", "烫发", "Haircut"}},
	{"massage", []string{"足疗", "推拿"}, []string{"Massage", "Foot Massage"}, []string{"足疗60分钟"}},
	{"hotel", []string{"酒店", "大酒店", "宾馆"}, []string{"Hotel", "Grand Hotel"}, []string{"大床房", "Twin room"}},
	{"bank", []string{"银行", "长沙银行"}, []string{"Bank", "Savings Bank"}, []string{"开户"}},
	{"toilets", []string{"公厕"}, []string{"Public Toilets"}, []string{"—"}},
	{"gym", []string{"健身房", "健身中心"}, []string{"Gym", "Fitness 24"}, []string{"私教课", "Day pass"}},
	{"convenience", []string{"便利店", "小超市"}, []string{"7-Eleven", "Corner Shop", "Mart"}, []string{"快递代收"}},
	{"pharmacy", []string{"药房", "大药房"}, []string{"Pharmacy", "Chemist's"}, []string{"量血压"}},
	{"restaurant", []string{"饭店", "小吃", "餐厅"}, []string{"Restaurant", "Kitchen", "Bistro"}, []string{"四人桌", "Dinner"}},
	{"laundrette", []string{"自助洗衣"}, []string{"Laundrette", "Coin Laundry"}, []string{"洗衣", "烘干"}},
}

var (
	owners   = []string{"老王", "小李", "张记", "长乐", "绿地", "重庆", "西西", "和平", "阿强", "福满楼", "金太阳", "翠湖", "悦", "行知", "吕氏", "朝阳", "东方红", "好又多"}
	ownersEn = []string{
		"Lao Wang's",
		"Joe's",
		"Green",
		"Sunny",
		"The Old",
		"Élise",
		"Øresund",
		"Golden",
		"Blue Door",
		"Harbour",
		"Mrs. Lee’s",
		"ＫＴＶ",
		"St. John",
		"A1",
	}
	branches = []string{"人民路", "中山", "北京", "火车站", "3号", "万达"}
	foreign  = []string{
		"スターバックス",
		"ラーメン一番",
		"ｶﾌｪ東京",
		"스타벅스 강남점",
		"한국식당",
		"ร้านกาแฟ",
		"Кофейня №1",
		"Καφενείο",
		"Phở Hà Nội",
		"مطعم",
		"🍜🍜",
		"Ærø Kro",
		"3D巨星客棧",
	}
	streets = []string{"人民路", "中山路", "Main Street", "High Street", "King's Road", "长安街"}
)

package town

import (
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/money"
)

// chance is something that so many of a hundred places have.
type chance struct {
	key     string // of catalog.Attributes, or a word of catalog.Traits
	percent int
}

// found is what places of a category, and of those below it, have.
var found = map[string][]chance{
	"dining": {
		{"air_conditioning", 90},
		{"wechat_pay", 97},
		{"alipay", 95},
		{"cash", 80},
		{"wifi", 60},
		{"takeaway", 55},
		{"non_smoking", 70},
		{"toilet", 45},
		{"children", 50},
		{"english_spoken", 12},
	},
	"restaurant": {{"private_room", 40}, {"high_chair", 45}, {"alcohol", 75}, {"vegetarian", 35}, {"cards", 50}, {"parking", 20}},
	"noodles":    {{"delivery", 60}, {"halal", 12}},
	"hotpot":     {{"private_room", 45}, {"high_chair", 50}, {"alcohol", 85}},
	"teahouse":   {{"private_room", 60}, {"outdoor_seating", 30}, {"live_music", 25}, {"vegetarian", 50}},
	"cafe":       {{"power_sockets", 75}, {"outdoor_seating", 45}, {"pets", 35}, {"vegan", 30}, {"english_spoken", 45}, {"cards", 50}},
	"tea_drinks": {{"delivery", 85}},
	"fast_food":  {{"delivery", 70}},
	"bar":        {{"alcohol", 100}, {"live_music", 30}, {"smoking", 25}, {"english_spoken", 30}},

	"laundry":    {{"wechat_pay", 97}, {"alipay", 95}, {"cash", 60}},
	"laundrette": {{"self_service", 100}},
	"beauty":     {{"air_conditioning", 95}, {"wechat_pay", 97}, {"alipay", 95}, {"by_appointment", 45}, {"wifi", 50}},
	"nails":      {{"women_only", 10}},
	"lodging": {
		{"air_conditioning", 100},
		{"wifi", 98},
		{"heating", 85},
		{"wechat_pay", 97},
		{"cards", 80},
		{"english_spoken", 45},
		{"bicycle_parking", 30},
	},
	"hotel":         {{"parking", 65}, {"wheelchair=yes", 40}, {"ev_charging", 25}},
	"fitness":       {{"shower", 90}, {"lockers", 95}, {"air_conditioning", 95}, {"wechat_pay", 97}},
	"car":           {{"parking", 90}, {"wechat_pay", 97}, {"alipay", 95}, {"toilet", 40}},
	"housing":       {{"by_appointment", 40}, {"wechat_pay", 95}},
	"public":        {{"wheelchair=yes", 55}, {"chinese_spoken", 30}},
	"toilets":       {{"accessible_toilet", 60}, {"baby_changing", 40}},
	"park":          {{"toilet", 70}, {"children", 90}, {"bicycle_parking", 60}},
	"museum":        {{"wheelchair=yes", 70}, {"lockers", 60}, {"toilet", 95}, {"baby_changing", 35}},
	"convenience":   {{"self_service", 30}, {"cash", 90}},
	"supermarket":   {{"wheelchair=yes", 40}, {"delivery", 50}},
	"shopping":      {{"cards", 55}, {"wechat_pay", 97}, {"alipay", 95}, {"english_spoken", 20}},
	"health":        {{"wheelchair=yes", 45}, {"by_appointment", 35}, {"wechat_pay", 90}},
	"home_cleaning": {{"by_appointment", 95}},
	"other":         {{"wechat_pay", 90}, {"alipay", 90}},
}

// withDoors are the categories of large grounds, whose door is not in their middle.
var withDoors = map[string]bool{"hotel": true, "park": true, "museum": true, "hospital": true, "supermarket": true, "swimming": true}

// brought is the services that come to the customer's home, by name, and how far.
var brought = map[string]catalog.AtHome{
	"上门剪发":       {Radius: 4_000, Travel: 30 * time.Minute},
	"上门洗剪吹":      {Radius: 4_000, Travel: 30 * time.Minute},
	"老人理发（上门）":   {Radius: 4_000, Travel: 30 * time.Minute},
	"上门洗车":       {Radius: 6_000, Travel: 40 * time.Minute},
	"上门精洗":       {Radius: 6_000, Travel: 40 * time.Minute},
	"日常保洁（两小时）":  {Radius: 8_000, Travel: 45 * time.Minute},
	"深度保洁（四小时）":  {Radius: 8_000, Travel: 45 * time.Minute},
	"擦玻璃":        {Radius: 8_000, Travel: 45 * time.Minute},
	"油烟机清洗":      {Radius: 8_000, Travel: 45 * time.Minute},
	"上门取衣时段":     {Radius: 3_000, Travel: 25 * time.Minute},
	"送药上门":       {Radius: 3_000, Travel: 30 * time.Minute},
	"送货上门":       {Radius: 3_000, Travel: 40 * time.Minute},
	"上门清洗空调（每台）": {Radius: 8_000, Travel: 45 * time.Minute},
}

// dress gives a listing what merchants add when they have time: what the place has, how
// its spot was measured, a door of its own, terms.
func (b *builder) dress(l *catalog.Listing, at lot, m *menu) {
	line := catalog.BuiltIn.Lineage(l.Category)
	for _, c := range line {
		for _, a := range found[c.Key] {
			if m != &listed && b.looks.IntN(100) < a.percent {
				if key, value, isTrait := strings.Cut(a.key, "="); isTrait {
					l.Traits = map[string]string{key: value}
					continue
				}
				l.Attributes = append(l.Attributes, a.key)
			}
		}
	}
	l.Location = b.measured(at, m == &homeHair || m == &homeWash)
	if withDoors[l.Category] {
		turn, far := b.looks.Float64()*2*math.Pi, 15+25*b.looks.Float64()
		door := spot{at.x + far*math.Cos(turn), at.y + far*math.Sin(turn)}.point()
		l.Location.Entrance = &door
	}
	if line[len(line)-1].Key != "lodging" {
		return
	}
	for i := range l.Offers {
		if o := &l.Offers[i]; o.Bookable {
			o.Payment = catalog.Payment{Kind: catalog.PayPrepaid}
			o.Cancellation = catalog.Cancellation{Free: 24 * time.Hour, Fee: money.BasisPoints(5_000)}
		}
	}
}

// measured is the spot as a phone in the doorway hands it over, or for some a pin on a map. Who
// works out of a van gives the neighbourhood.
func (b *builder) measured(at lot, van bool) *catalog.Spot {
	s := &catalog.Spot{Point: at.point(), System: geo.WGS84, How: catalog.GPS, Accuracy: geo.Metres(4 + b.looks.IntN(14))}
	switch {
	case van:
		s.Accuracy = geo.Metres(60 + b.looks.IntN(60))
	case b.looks.IntN(100) < 15:
		s.How, s.Accuracy = catalog.MapPin, 0
	}
	return s
}

// newLooks is the chance that dresses a town: one apart, so that more of it changes no
// name and no spot.
func newLooks(seed uint64) *rand.Rand {
	//nolint:gosec // G404: the same seed must make the same town
	return rand.New(rand.NewPCG(seed, 0x6c6f6f6b73))
}

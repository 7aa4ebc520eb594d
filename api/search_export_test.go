package api

import (
	"bytes"
	"encoding/json"

	"corner/api/rest"

	"pgregory.net/rapid"

	"corner/catalog"
)

// AnswerBothWays draws a search answer and writes it as the server does, and as
// encoding/json writes what is declared.
func AnswerBothWays(t *rapid.T, asGeoJSON bool) (got, want []byte) {
	s := drawAnswer(t)
	s.mask = allFields
	var body any = s
	if asGeoJSON {
		body = searchFeatures{answer: &s}
	}
	var written, declared bytes.Buffer
	if err := rest.Encode(&written, body); err != nil {
		t.Fatal(err)
	}
	var v any = struct {
		Hits       []searchHit   `json:"hits"`
		NextCursor *string       `json:"next_cursor"`
		Radius     float64       `json:"radius_m,omitempty"`
		Lenient    bool          `json:"lenient"`
		Facets     *searchFacets `json:"facets,omitempty"`
	}{s.Hits, s.NextCursor, s.Radius, s.Lenient, s.Facets}
	if asGeoJSON {
		v = s.features()
	}
	e := json.NewEncoder(&declared)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return written.Bytes(), declared.Bytes()
}

// MapBothWays does the same for a map.
func MapBothWays(t *rapid.T) (got, want []byte) {
	m := mapFeatures{Type: aCollection, Features: []mapFeature{}}
	for range rapid.IntRange(0, 3).Draw(t, "features") {
		h := drawHit(t)
		f := mapFeature{aFeature, h.Place.ID, geoPoint{aPoint, []float64{h.Place.Location.Lng, h.Place.Location.Lat}}, mapProperties{
			Cluster: h.Place.Claimed, Count: h.Walking, Cell: h.Place.Phone, ExpansionZoom: rapid.IntRange(0, 3).Draw(t, "zoom"),
		}}
		if rapid.Bool().Draw(t, "single") {
			f.Properties.Place = &mapPlace{
				h.Place.ID,
				h.Place.Name,
				h.Place.Category,
				h.Place.CategoryName,
				h.Place.Location.Approximate,
				h.OpenNow,
				h.Rating,
			}
		}
		m.Features = append(m.Features, f)
	}
	type plain mapFeatures // without its writer
	var written, declared bytes.Buffer
	if err := rest.Encode(&written, m); err != nil {
		t.Fatal(err)
	}
	e := json.NewEncoder(&declared)
	e.SetEscapeHTML(false)
	if err := e.Encode(plain(m)); err != nil {
		t.Fatal(err)
	}
	return written.Bytes(), declared.Bytes()
}

func (s *searchAnswer) features() any {
	type plain searchFeatures // without its writer
	f := plain{
		Type:       aCollection,
		Features:   []searchFeature{},
		NextCursor: s.NextCursor,
		Radius:     s.Radius,
		Lenient:    s.Lenient,
		Facets:     s.Facets,
	}
	for _, h := range s.Hits {
		f.Features = append(
			f.Features,
			searchFeature{aFeature, h.Place.ID, geoPoint{aPoint, []float64{h.Place.Location.Lng, h.Place.Location.Lat}}, h},
		)
	}
	return f
}

// MaskedHit draws a hit and some fields, and writes the hit with all members and with those.
func MaskedHit(t *rapid.T) (names []string, all, some []byte) {
	h := drawHit(t)
	var known []string
	for n := range fieldNamed {
		known = append(known, n)
	}
	names = rapid.SliceOfN(rapid.SampledFrom(known), 1, 5).Draw(t, "fields")
	mask, ok := parseFields(names)
	if !ok {
		t.Fatalf("%v are not known", names)
	}
	return names, h.appendJSON(nil, allFields), h.appendJSON(nil, mask)
}

func drawAnswer(t *rapid.T) searchAnswer {
	s := searchAnswer{Hits: []searchHit{}, Radius: rapid.Float64().Draw(t, "radius"), Lenient: rapid.Bool().Draw(t, "lenient")}
	for range rapid.IntRange(0, 3).Draw(t, "hits") {
		s.Hits = append(s.Hits, drawHit(t))
	}
	if rapid.Bool().Draw(t, "more") {
		next := rapid.String().Draw(t, "next")
		s.NextCursor = &next
	}
	if rapid.Bool().Draw(t, "facets") {
		s.Facets = &searchFacets{
			Total:      3,
			Categories: []searchCount{{"a", rapid.String().Draw(t, "label"), 2}},
			Attributes: []searchCount{},
			Brands:     []searchCount{{Key: "<b>"}},
			Ratings:    []searchCount{},
		}
	}
	return s
}

func drawHit(t *rapid.T) searchHit {
	text := func() string {
		return rapid.OneOf(rapid.String(), rapid.Just(""), rapid.SampledFrom([]string{
			"老王面馆", "<b>&\"\\", "\x00\x1f\x7f\b\f\n\r\t", "\u2028\u2029\u202a", "a\xff\xfe\xe8\x80b", "\xed\xa0\x80", "🍜", "\xf0\x9f",
		}), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
	}
	number := func() float64 {
		return rapid.OneOf(rapid.Float64(), rapid.Float64Range(-180, 180),
			rapid.SampledFrom([]float64{0, 1e-6, 9.99e-7, 1e-7, 1.5e-10, 1e21, 1e20, 123456.7, -0.1})).
			Draw(t, "number")
	}
	truth := func() bool { return rapid.Bool().Draw(t, "truth") }
	var h searchHit
	h.Distance, h.Walking = number(), rapid.Int().Draw(t, "walking")
	h.Rating.Count = rapid.Int64().Draw(t, "count")
	if truth() {
		average := number()
		h.Rating.Average = &average
	}
	if truth() {
		is := truth()
		h.OpenNow = &is
	}
	if truth() {
		h.Explanation = &searchExplanation{Relevance: number(), Matches: []searchMatch{{How: "name", Asked: text()}}}
	}
	p := &h.Place
	if truth() {
		p.Closure = &closure{Kind: "temporary", From: text(), Until: text()}
	}
	for _, s := range []*string{
		&p.ID, &p.Name, &p.MerchantID, &p.Brand, &p.Category, &p.CategoryName,
		&p.Address, &p.Phone, &p.TimeZone, &p.Source, &p.Photo,
	} {
		*s = text()
	}
	p.Location, p.Claimed = searchSpot{number(), number(), truth()}, truth()
	if truth() {
		p.Names = &searchNames{text(), text()}
		p.Entrance = &searchPoint{number(), number()}
		p.Attributes = []string{text(), text()}
		p.traits = catalog.TraitsOf("wheelchair=no")
		p.TraitsBody = renderTraits(p.traits)
	}
	p.Services = []searchService{}
	for range rapid.IntRange(0, 2).Draw(t, "services") {
		s := searchService{
			ID:       text(),
			Name:     text(),
			Price:    amount{rapid.Int64().Draw(t, "minor"), text()},
			Duration: rapid.Int().Draw(t, "minutes"),
			Bookable: truth(),
			AtHome:   number(),
		}
		if truth() {
			s.PriceTo = &amount{7, text()}
		}
		p.Services = append(p.Services, s)
	}
	return h
}

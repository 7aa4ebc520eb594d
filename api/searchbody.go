package api

import (
	"cmp"
	"math"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/media"
	"corner/walltime"
)

type searchAnswer struct {
	Hits       []searchHit   `json:"hits"`
	NextCursor *string       `json:"next_cursor" doc:"For the next page of the same search; null on the last." example:"eyJhZnRlciI6MX0"`
	Radius     float64       `json:"radius_m,omitempty" doc:"How far around was searched. Absent with a bbox. Without a radius asked for, later pages of the nearest may go wider." example:"1000"`
	Lenient    bool          `json:"lenient" doc:"Words that differ from those of q by one slip of the finger were looked for, too."`
	Facets     *searchFacets `json:"facets,omitempty" doc:"Only with facets=true."`

	mask  fields
	found found
}

// searchHit is a place that was found. With fields, what was not asked for is absent.
type searchHit struct {
	Place       searchPlace        `json:"place" required:"false"`
	Distance    float64            `json:"distance_m" required:"false" doc:"Metres in a straight line, along the WGS-84 ellipsoid." example:"128.4"`
	Walking     int                `json:"walking_minutes" required:"false" doc:"About how long it takes on foot: the straight line times 1.3 for the streets, at 1.3 m/s, rounded up." example:"3"`
	OpenNow     *bool              `json:"open_now" required:"false" doc:"Null when the hours are not known."`
	Rating      searchRating       `json:"rating" required:"false"`
	Explanation *searchExplanation `json:"explanation,omitempty" doc:"Only with explain=true."`
}

type searchPlace struct {
	ID           string          `json:"id" required:"false" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name         string          `json:"name" required:"false" example:"老王面馆"`
	Names        *searchNames    `json:"names,omitempty"`
	MerchantID   string          `json:"merchant_id,omitempty" doc:"Absent while nobody has claimed an imported place. Places of one merchant are a chain." example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Brand        string          `json:"brand,omitempty" doc:"A key of a brand." example:"starbucks"`
	Category     string          `json:"category" required:"false" example:"noodles"`
	CategoryName string          `json:"category_name" required:"false" doc:"In the language of Accept-Language." example:"Noodles"`
	Location     searchSpot      `json:"location" required:"false"`
	Entrance     *searchPoint    `json:"entrance,omitempty" doc:"Where the door is, if that is told apart."`
	Address      string          `json:"address,omitempty"`
	Phone        string          `json:"phone,omitempty" doc:"E.164."`
	Closure      *closure        `json:"closure,omitempty" doc:"When it is closed whatever its hours say. Absent when no closure is planned, and when it is over."`
	TimeZone     string          `json:"time_zone" required:"false" example:"Asia/Shanghai"`
	Attributes   []string        `json:"attributes,omitempty" doc:"Keys of GET /v1/attributes." example:"[\"wifi\"]"`
	TraitsBody                   // written from traits
	Claimed      bool            `json:"claimed" required:"false" doc:"A merchant owns the listing; else it was imported."`
	Source       string          `json:"source,omitempty" doc:"Where the listing was imported from; to be credited as that source's licence asks." example:"osm:node/4587130490"`
	Photo        string          `json:"photo,omitempty" format:"uri-reference" doc:"The first of its photos, 480 pixels at most; all are at /v1/places/{id}/photos." example:"/v1/photos/pht_01kay3c4zq8v0e5t7m2r9x6b1d/small"`
	Services     []searchService `json:"services" required:"false" doc:"The first few; all are at /v1/places/{id}/services."`

	traits catalog.TraitSet
}

type searchNames struct {
	Zh string `json:"zh,omitempty"`
	En string `json:"en,omitempty"`
}

type searchSpot struct {
	Lat         float64 `json:"lat" doc:"WGS-84." example:"31.2231"`
	Lng         float64 `json:"lng" doc:"WGS-84." example:"121.4712"`
	Approximate bool    `json:"approximate" doc:"Measured worse than 50 m."`
}

type searchPoint struct {
	Lat float64 `json:"lat" doc:"WGS-84." example:"31.2231"`
	Lng float64 `json:"lng" doc:"WGS-84." example:"121.4712"`
}

type searchService struct {
	ID       string  `json:"id" example:"svc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name     string  `json:"name" example:"二人桌"`
	Price    amount  `json:"price" doc:"Or the least of a range."`
	PriceTo  *amount `json:"price_to,omitempty" doc:"The most of a range."`
	Duration int     `json:"duration_minutes" example:"60"`
	Bookable bool    `json:"bookable"`
	AtHome   float64 `json:"at_home_m,omitempty" doc:"How far from the place it is brought to customers. Absent: at the place only." example:"3000"`
}

type searchRating struct {
	Average *float64 `json:"average,omitempty" doc:"Of verified reviews, to a tenth of a star. Absent without any." example:"4.7"`
	Count   int64    `json:"count" doc:"Verified reviews." example:"12"`
}

// servicesInHit is how many services a hit shows: as many as fit below a name on a phone.
const servicesInHit = 5

// found is hits that are rendered one by one as they are written, so that a page takes the
// room of one.
type found struct {
	hits     []discovery.Hit
	why      []discovery.Explanation // of each, or none
	renderer hitRenderer
}

// hitRoom is a hit with everything that it points to.
type hitRoom struct {
	searchHit
	names    searchNames
	entrance searchPoint
	average  float64
	services [servicesInHit]searchService
	upTo     [servicesInHit]amount
}

// hitRenderer renders the hits of one answer: nearly all are in one zone, so the wall time
// there is worked out once.
type hitRenderer struct {
	api      *API
	language rest.Language
	now      time.Time
	zone     string
	wall     walltime.Wall
}

func (a *API) hitRenderer(c *rest.Call) hitRenderer {
	return hitRenderer{api: a, language: c.Language, now: a.Now()}
}

// render fills w, whatever was in it. It is called for every hit of every search, so it
// copies little and allocates next to nothing.
func (r *hitRenderer) render(w *hitRoom, h *discovery.Hit) {
	l := h.Listing
	r.place(w, l)
	w.Distance = tenths(h.Distance)
	w.Walking = walkingMinutes(h.Distance)
	w.OpenNow = r.openNow(l)
	w.Explanation = nil
	w.Rating = searchRating{Count: l.Rating.N}
	if l.Rating.N > 0 {
		w.average = stars(l.Rating)
		w.Rating.Average = &w.average
	}
}

func (r *hitRenderer) place(w *hitRoom, l *discovery.Listing) {
	w.Place = searchPlace{
		ID:           string(l.Place),
		Name:         l.Names.Main,
		MerchantID:   string(l.Merchant),
		Brand:        l.Brand,
		Category:     l.Category,
		CategoryName: r.api.categoryName(l.Category, r.language),
		Location:     searchSpot{l.Point.Lat, l.Point.Lng, l.Approximate},
		Address:      l.Address,
		Phone:        l.Phone,
		TimeZone:     l.Zone,
		Attributes:   l.Attributes,
		traits:       l.Traits,
		Claimed:      l.Claimed,
		Source:       l.Source,
		Services:     w.services[:min(len(l.Services), servicesInHit)],
	}
	if l.Names.Zh != "" || l.Names.En != "" {
		w.names = searchNames{l.Names.Zh, l.Names.En}
		w.Place.Names = &w.names
	}
	if l.Entrance != (geo.Point{}) {
		w.entrance = searchPoint{l.Entrance.Lat, l.Entrance.Lng}
		w.Place.Entrance = &w.entrance
	}
	if l.Hours.Closure.Planned() {
		r.clock(l)
		w.Place.Closure = renderClosure(l.Hours.Closure, r.wall.Day())
	}
	if l.Photo != "" {
		w.Place.Photo = photoURL(media.ID(l.Photo), media.Small)
	}
	for i := range w.Place.Services {
		o := &l.Services[i]
		w.services[i] = searchService{
			ID: string(
				o.ID,
			),
			Name:     o.Name,
			Price:    renderAmount(o.Price),
			Duration: minutes(o.Duration),
			Bookable: o.Bookable,
			AtHome:   float64(o.AtHome),
		}
		if o.PriceTo.Minor > o.Price.Minor {
			w.upTo[i] = renderAmount(o.PriceTo)
			w.services[i].PriceTo = &w.upTo[i]
		}
	}
}

// Nothing is allocated to say whether a place is open.
var open, shut = true, false

// clock sets the wall time to that where the listing is.
func (r *hitRenderer) clock(l *discovery.Listing) {
	if l.Zone != r.zone {
		r.zone, r.wall = l.Zone, walltime.WallAt(r.api.zone(l.Zone), r.now)
	}
}

func (r *hitRenderer) openNow(l *discovery.Listing) *bool {
	if !l.Hours.Known() && !l.Hours.Closure.Planned() {
		return nil
	}
	r.clock(l)
	if !l.Hours.Known() && !l.Hours.Closure.Covers(r.wall.Day()) {
		return nil
	}
	if l.Hours.OpenAt(r.wall) {
		return &open
	}
	return &shut
}

// How people walk: streets make the way so many times the straight line (1.2 to 1.4 in grown
// and gridded towns alike), and crossings are timed for so many metres a second.
const (
	detour      = 1.3
	walkingPace = 1.3
)

func walkingMinutes(d geo.Metres) int {
	return int(math.Ceil(float64(d) * (detour / walkingPace) / 60))
}

type searchFacets struct {
	Total      int           `json:"total" doc:"How many places all pages together hold." example:"312"`
	Categories []searchCount `json:"categories" doc:"Each category and all above it, the most frequent first."`
	Attributes []searchCount `json:"attributes"`
	Traits     []searchCount `json:"traits" doc:"Values of what places are like: key is wheelchair=yes where wheelchair is yes."`
	Brands     []searchCount `json:"brands"`
	Ratings    []searchCount `json:"ratings" doc:"How many are rated so or better: key is the tenths of stars, 30 to 45."`
}

type searchCount struct {
	Key   string `json:"key" example:"noodles"`
	Name  string `json:"name,omitempty" doc:"In the language of Accept-Language, where the key has a name." example:"Noodles"`
	Count int    `json:"count" example:"12"`
}

func (a *API) renderFacets(f *discovery.Facets, l rest.Language) *searchFacets {
	none := func(string) string { return "" }
	brand := func(key string) string {
		b, _ := catalog.BrandByKey(key)
		return brandName(&b, l)
	}
	return &searchFacets{
		Total:      f.Total,
		Categories: renderCounts(f.Categories, func(key string) string { return a.categoryName(key, l) }),
		Attributes: renderCounts(f.Attributes, func(key string) string { return attributeName(key, l) }),
		Traits:     renderCounts(f.Traits, func(key string) string { return traitName(key, l) }),
		Brands:     renderCounts(f.Brands, brand),
		Ratings:    renderCounts(f.Tenths, none),
	}
}

func renderCounts(counts []discovery.Count, name func(string) string) []searchCount {
	list := make([]searchCount, len(counts))
	for i, c := range counts {
		list[i] = searchCount{c.Key, name(c.Key), c.N}
	}
	return list
}

func attributeName(key string, l rest.Language) string {
	n, known := catalog.AttributeNumber(key)
	if !known {
		return ""
	}
	return catalog.Attributes[n].Label(string(l))
}

// brandName is what a brand is called in the language, or calls itself.
func brandName(b *catalog.Brand, l rest.Language) string { return cmp.Or(l.Pick(b.En, b.Zh), b.Name) }

type searchExplanation struct {
	Relevance float64       `json:"relevance" doc:"0 to 1: the sum of the factors, each its value times its weight. What sort=relevance goes by." example:"0.74"`
	Text      searchFactor  `json:"text" doc:"How well it is what was typed. Its weight is 0 without a q."`
	Nearness  searchFactor  `json:"nearness" doc:"1 / (1 + distance / 1 km)."`
	Quality   searchFactor  `json:"quality" doc:"The score from one star, 0, to five, 1."`
	Distance  float64       `json:"distance_m" doc:"Metres." example:"128.4"`
	Score     float64       `json:"score" doc:"Stars: the mean of the verified reviews and of five more that give 3.5, so that one friend's stars do not outrank forty strangers'." example:"4.21"`
	Matches   []searchMatch `json:"matches" doc:"How each piece of q was found in the listing."`
}

type searchFactor struct {
	Value  float64 `json:"value" doc:"0 to 1." example:"0.8"`
	Weight float64 `json:"weight" doc:"0 to 1." example:"0.6"`
}

type searchMatch struct {
	How    string  `json:"how" enum:"whole_name,whole_pinyin,name,name_and_sort,pinyin,initials,label,slip" doc:"In which way. name_and_sort: a name with what the place is behind it; label: the category or a service; slip: a word one slip of the finger away." example:"pinyin"`
	Asked  string  `json:"asked" doc:"The piece, as it was looked for." example:"lao wang"`
	Weight float64 `json:"weight" doc:"How much this way counts, 0 to 1." example:"0.6"`
	Share  float64 `json:"share" doc:"Of the text that this piece is." example:"1"`
}

func renderExplanation(e *discovery.Explanation) *searchExplanation {
	short := func(v float64) float64 { return math.Round(v*1e4) / 1e4 }
	factor := func(f discovery.Factor) searchFactor { return searchFactor{short(f.Value), f.Weight} }
	w := &searchExplanation{
		Relevance: short(e.Relevance), Text: factor(e.Text), Nearness: factor(e.Nearness), Quality: factor(e.Quality),
		Distance: tenths(e.Distance), Score: float64(e.Score) / 1000, Matches: make([]searchMatch, len(e.Matches)),
	}
	for i, m := range e.Matches {
		w.Matches[i] = searchMatch{string(m.How), m.Asked, short(m.Weight), short(m.Share)}
	}
	return w
}

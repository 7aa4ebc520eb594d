package esindex

import (
	"encoding/json"
	"strconv"
	"strings"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/identity"
)

// document is a listing as the engine indexes it: the listing itself, which it only
// keeps, and beside it what it searches by.
type document struct {
	Listing *wireListing `json:"listing"`
	Live    bool         `json:"live"`
	*facts               // nil for a place that is not to be found
}

// facts is what the engine knows of a place.
type facts struct {
	Place      catalog.PlaceID     `json:"place"`
	At         spot                `json:"at"`
	Lat        float64             `json:"lat"`  // to the last bit, unlike At
	Lng        float64             `json:"lng"`  // -180 to 180
	East       float64             `json:"east"` // the same, 0 to 360
	Cells      []string            `json:"cells"`
	Cell       map[string]geo.Cell `json:"cell"` // by cellField
	Categories []string            `json:"categories,omitempty"`
	Attributes []string            `json:"attributes,omitempty"`
	Traits     []string            `json:"traits,omitempty"`
	Brand      string              `json:"brand,omitempty"`
	Merchant   identity.MerchantID `json:"merchant,omitempty"`
	Terms      []string            `json:"terms,omitempty"`
	Starts     []string            `json:"starts,omitempty"`
	Score      int                 `json:"score"`
	Tenths     int                 `json:"tenths"`
	AtHome     geo.Metres          `json:"at_home,omitempty"` // the farthest of the services'
	Zone       string              `json:"zone"`
	pricing
	openings
}

// spot is a geo_point.
type spot struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

func spotOf(p geo.Point) spot { return spot{p.Lat, p.Lng} }

// cellField is the field of cells of one resolution, by number, to count by.
func cellField(res int) string { return "r" + strconv.Itoa(res) }

func documentOf(l *discovery.Listing, tree *catalog.Tree) *document {
	d := &document{Listing: wireOf(l), Live: l.Live}
	if l.Live {
		d.facts = factsOf(l, tree)
	}
	return d
}

func factsOf(l *discovery.Listing, tree *catalog.Tree) *facts {
	f := &facts{
		Place: l.Place,
		At:    spotOf(l.Point), Lat: l.Point.Lat, Lng: l.Point.Lng, East: l.Point.Lng,
		Cell:       make(map[string]geo.Cell, geo.FinestRes+1),
		Attributes: l.Attributes, Traits: l.Traits.Words(), Brand: l.Brand, Merchant: l.Merchant,
		Terms: discovery.TermsOf(l, tree),
		Score: l.Rating.Score(), Tenths: l.Rating.Tenths(),
		Zone:     l.Zone,
		pricing:  pricingOf(l.Services),
		openings: openingsOf(&l.Hours),
	}
	if f.East < 0 {
		f.East += 360
	}
	finest := geo.CellAt(l.Point, geo.FinestRes)
	for res := range geo.FinestRes + 1 {
		c := finest.Parent(res)
		f.Cell[cellField(res)] = c
		f.Cells = append(f.Cells, c.String())
	}
	for _, c := range tree.Lineage(l.Category) {
		f.Categories = append(f.Categories, c.Key)
	}
	for _, t := range f.Terms {
		if strings.IndexByte(startKinds, t[0]) >= 0 {
			f.Starts = append(f.Starts, t)
		}
	}
	for i := range l.Services {
		f.AtHome = max(f.AtHome, l.Services[i].AtHome)
	}
	return f
}

// appendIndexing appends the two lines by which _bulk writes a listing.
func appendIndexing(b []byte, l *discovery.Listing, tree *catalog.Tree) ([]byte, error) {
	id, err := json.Marshal(l.Place)
	if err != nil {
		return b, err
	}
	doc, err := json.Marshal(documentOf(l, tree))
	if err != nil {
		return b, err
	}
	b = append(b, `{"index":{"_id":`...)
	b = append(b, id...)
	b = append(b, `,"version_type":"external","version":`...)
	b = strconv.AppendInt(b, l.Version, 10)
	b = append(b, "}}\n"...)
	b = append(b, doc...)
	return append(b, '\n'), nil
}

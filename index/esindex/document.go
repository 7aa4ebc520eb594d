package esindex

import (
	"encoding/json"
	"strconv"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
)

// document is a listing as the engine indexes it: the listing itself, which it only
// keeps, and beside it what it searches by.
type document struct {
	Listing *wireListing `json:"listing"`
	Live    bool         `json:"live"`

	// A place that is not to be found has none of the rest.
	Place      catalog.PlaceID `json:"place,omitempty"`
	At         *spot           `json:"at,omitempty"`
	Cells      []string        `json:"cells,omitempty"`
	Categories []string        `json:"categories,omitempty"`
	Grams      []string        `json:"grams,omitempty"`
	Words      []string        `json:"words,omitempty"`
	Score      int             `json:"score"`
	Zone       string          `json:"zone"`
	openings
}

// spot is a geo_point.
type spot struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

func documentOf(l *discovery.Listing) *document {
	d := &document{Listing: wireOf(l), Live: l.Live}
	if !l.Live {
		return d
	}
	terms := discovery.TermsOf(l)
	d.Place = l.Place
	d.At = &spot{l.Point.Lat, l.Point.Lng}
	for _, c := range geo.Cells(l.Point) {
		d.Cells = append(d.Cells, c.String())
	}
	for _, c := range catalog.Lineage(l.Category) {
		d.Categories = append(d.Categories, c.Key)
	}
	d.Grams, d.Words = terms.Grams, terms.Words
	d.Score = l.Rating.Score()
	d.Zone = l.Zone
	d.openings = openingsOf(&l.Hours)
	return d
}

// appendIndexing appends the two lines by which _bulk writes a listing.
func appendIndexing(b []byte, l *discovery.Listing) ([]byte, error) {
	id, err := json.Marshal(l.Place)
	if err != nil {
		return b, err
	}
	doc, err := json.Marshal(documentOf(l))
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

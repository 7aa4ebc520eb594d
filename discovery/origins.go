package discovery

import "corner/catalog"

// Origin is one text by which a listing is found. The terms of a listing (TermsOf) are
// those of its Origins together, so an index of a million listings can analyse the name of
// a brand or of a dish once, and not once for every place.
type Origin struct {
	What OriginKind
	Text string
}

// OriginKind is where in a listing a Origin stands.
type OriginKind byte

// The kinds of origins.
const (
	OriginName OriginKind = iota
	OriginService
	OriginCategory
	OriginBrand
)

// Origins calls yield for each of a listing's origins.
func Origins(l *Listing, yield func(Origin)) {
	if l.Category != "" {
		yield(Origin{OriginCategory, l.Category})
	}
	if l.Brand != "" {
		yield(Origin{OriginBrand, l.Brand})
	}
	for i, name := range [...]string{l.Names.Main, l.Names.Zh, l.Names.En} {
		if name != "" && (i == 0 || name != l.Names.Main) {
			yield(Origin{OriginName, name})
		}
	}
	for i := range l.Services {
		yield(Origin{OriginService, l.Services[i].Name})
	}
}

// Terms is the origin's share of TermsOf.
func (o Origin) Terms(tree *catalog.Tree) []string {
	var l Listing
	switch o.What {
	case OriginName:
		l.Names.Main = o.Text
	case OriginService:
		l.Services = []Offering{{Name: o.Text}}
	case OriginCategory:
		l.Category = o.Text
	case OriginBrand:
		l.Brand = o.Text
	}
	return TermsOf(&l, tree)
}

package esindex

import (
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/identity"
	"corner/money"
	"corner/reviews"
	"corner/walltime"
)

// wireListing is a discovery.Listing as the engine keeps it: a stored format, so it
// has a struct of its own. Names are short, for a page is a hundred of them.
type wireListing struct {
	Place       catalog.PlaceID     `json:"id"`
	Version     int64               `json:"v"`
	Live        bool                `json:"live,omitempty"`
	Source      string              `json:"src,omitempty"`
	Main        string              `json:"name,omitempty"`
	Zh          string              `json:"zh,omitempty"`
	En          string              `json:"en,omitempty"`
	Category    string              `json:"cat,omitempty"`
	Point       [2]float64          `json:"at"` // latitude, longitude, to the last bit
	Approximate bool                `json:"approx,omitempty"`
	Address     string              `json:"addr,omitempty"`
	Phone       string              `json:"phone,omitempty"`
	Hours       catalog.Hours       `json:"hours"`            // its own text form
	Closed      *[2]walltime.Day    `json:"closed,omitempty"` // from, until; nil: it has no closure
	Zone        string              `json:"zone,omitempty"`
	Claimed     bool                `json:"claimed,omitempty"`
	Merchant    identity.MerchantID `json:"mch,omitempty"`
	Brand       string              `json:"brand,omitempty"`
	Attributes  []string            `json:"attrs,omitempty"`
	Traits      []string            `json:"traits,omitempty"`
	Entrance    *[2]float64         `json:"door,omitempty"` // as Point; nil: not told
	Photo       string              `json:"photo,omitempty"`
	Stars       int64               `json:"stars,omitempty"` // sum
	Reviews     int64               `json:"reviews,omitempty"`
	Services    []wireOffering      `json:"services,omitempty"`
}

type wireOffering struct {
	ID       catalog.ServiceID `json:"id"`
	Name     string            `json:"name"`
	Minor    int64             `json:"minor"`
	Currency money.Currency    `json:"cur"`
	To       *wireAmount       `json:"to,omitempty"` // nil: zero
	Duration time.Duration     `json:"ns"`
	Bookable bool              `json:"book,omitempty"`
	AtHome   geo.Metres        `json:"home,omitempty"`
}

type wireAmount struct {
	Minor    int64          `json:"minor"`
	Currency money.Currency `json:"cur"`
}

func wireOf(l *discovery.Listing) *wireListing {
	w := &wireListing{
		Place: l.Place, Version: l.Version, Live: l.Live, Source: l.Source,
		Main: l.Names.Main, Zh: l.Names.Zh, En: l.Names.En,
		Category: l.Category, Point: [2]float64{l.Point.Lat, l.Point.Lng}, Approximate: l.Approximate,
		Address: l.Address, Phone: l.Phone, Hours: l.Hours, Zone: l.Zone, Claimed: l.Claimed,
		Merchant: l.Merchant, Brand: l.Brand, Attributes: l.Attributes, Traits: l.Traits.Words(), Photo: l.Photo,
		Stars: l.Rating.Sum, Reviews: l.Rating.N,
	}
	if c := l.Hours.Closure; c.Planned() {
		w.Closed = &[2]walltime.Day{c.From, c.Until}
	}
	if l.Entrance != (geo.Point{}) {
		w.Entrance = &[2]float64{l.Entrance.Lat, l.Entrance.Lng}
	}
	for i := range l.Services {
		o := &l.Services[i]
		v := wireOffering{
			ID: o.ID, Name: o.Name, Minor: o.Price.Minor, Currency: o.Price.Currency,
			Duration: o.Duration, Bookable: o.Bookable, AtHome: o.AtHome,
		}
		if o.PriceTo != (money.Amount{}) {
			v.To = &wireAmount{o.PriceTo.Minor, o.PriceTo.Currency}
		}
		w.Services = append(w.Services, v)
	}
	return w
}

func (w *wireListing) listing() *discovery.Listing {
	l := &discovery.Listing{
		Place: w.Place, Version: w.Version, Live: w.Live, Source: w.Source,
		Names:    catalog.Names{Main: w.Main, Zh: w.Zh, En: w.En},
		Category: w.Category, Point: geo.Point{Lat: w.Point[0], Lng: w.Point[1]}, Approximate: w.Approximate,
		Address: w.Address, Phone: w.Phone, Hours: w.Hours, Zone: w.Zone, Claimed: w.Claimed,
		Merchant: w.Merchant, Brand: w.Brand, Attributes: w.Attributes, Traits: catalog.TraitsOf(w.Traits...), Photo: w.Photo,
		Rating: reviews.Rating{Sum: w.Stars, N: w.Reviews},
	}
	if w.Closed != nil {
		l.Hours.Closure = catalog.Closure{From: w.Closed[0], Until: w.Closed[1]}
	}
	if w.Entrance != nil {
		l.Entrance = geo.Point{Lat: w.Entrance[0], Lng: w.Entrance[1]}
	}
	for i := range w.Services {
		v := &w.Services[i]
		o := discovery.Offering{
			ID: v.ID, Name: v.Name, Price: money.Of(v.Minor, v.Currency),
			Duration: v.Duration, Bookable: v.Bookable, AtHome: v.AtHome,
		}
		if v.To != nil {
			o.PriceTo = money.Of(v.To.Minor, v.To.Currency)
		}
		l.Services = append(l.Services, o)
	}
	return l
}

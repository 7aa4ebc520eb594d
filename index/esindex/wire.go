package esindex

import (
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/money"
	"corner/reviews"
)

// wireListing is a discovery.Listing as the engine keeps it: a stored format, so it
// has a struct of its own. Names are short, for a page is a hundred of them.
type wireListing struct {
	Place       catalog.PlaceID `json:"id"`
	Version     int64           `json:"v"`
	Live        bool            `json:"live,omitempty"`
	Source      string          `json:"src,omitempty"`
	Main        string          `json:"name,omitempty"`
	Zh          string          `json:"zh,omitempty"`
	En          string          `json:"en,omitempty"`
	Category    string          `json:"cat,omitempty"`
	Point       [2]float64      `json:"at"` // latitude, longitude, to the last bit
	Approximate bool            `json:"approx,omitempty"`
	Address     string          `json:"addr,omitempty"`
	Phone       string          `json:"phone,omitempty"`
	Hours       catalog.Hours   `json:"hours"` // its own text form
	Zone        string          `json:"zone,omitempty"`
	Claimed     bool            `json:"claimed,omitempty"`
	Stars       int64           `json:"stars,omitempty"` // sum
	Reviews     int64           `json:"reviews,omitempty"`
	Services    []wireOffering  `json:"services,omitempty"`
}

type wireOffering struct {
	ID       catalog.ServiceID `json:"id"`
	Name     string            `json:"name"`
	Minor    int64             `json:"minor"`
	Currency money.Currency    `json:"cur"`
	Duration time.Duration     `json:"ns"`
	Bookable bool              `json:"book,omitempty"`
}

func wireOf(l *discovery.Listing) *wireListing {
	w := &wireListing{
		Place: l.Place, Version: l.Version, Live: l.Live, Source: l.Source,
		Main: l.Names.Main, Zh: l.Names.Zh, En: l.Names.En,
		Category: l.Category, Point: [2]float64{l.Point.Lat, l.Point.Lng}, Approximate: l.Approximate,
		Address: l.Address, Phone: l.Phone, Hours: l.Hours, Zone: l.Zone, Claimed: l.Claimed,
		Stars: l.Rating.Sum, Reviews: l.Rating.N,
	}
	for _, o := range l.Services {
		w.Services = append(w.Services, wireOffering{o.ID, o.Name, o.Price.Minor, o.Price.Currency, o.Duration, o.Bookable})
	}
	return w
}

func (w *wireListing) listing() *discovery.Listing {
	l := &discovery.Listing{
		Place: w.Place, Version: w.Version, Live: w.Live, Source: w.Source,
		Names:    catalog.Names{Main: w.Main, Zh: w.Zh, En: w.En},
		Category: w.Category, Point: geo.Point{Lat: w.Point[0], Lng: w.Point[1]}, Approximate: w.Approximate,
		Address: w.Address, Phone: w.Phone, Hours: w.Hours, Zone: w.Zone, Claimed: w.Claimed,
		Rating: reviews.Rating{Sum: w.Stars, N: w.Reviews},
	}
	for _, o := range w.Services {
		l.Services = append(l.Services, discovery.Offering{
			ID: o.ID, Name: o.Name, Price: money.Of(o.Minor, o.Currency), Duration: o.Duration, Bookable: o.Bookable,
		})
	}
	return l
}

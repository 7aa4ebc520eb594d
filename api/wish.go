package api

import (
	"math"
	"time"

	"corner/api/rest"

	"corner/discovery"
	"corner/geo"
	"corner/identity"
	"corner/money"
)

// WishInput is what places must be like, the same for every way of finding them. It is
// exported because huma does not look into embedded structs that are not.
type WishInput struct {
	Text       string   `query:"q" maxLength:"200" doc:"Words of a name, a category or a service, in Chinese, pinyin, initials or English." example:"面"`
	Category   string   `query:"category" maxLength:"64" doc:"A key of GET /v1/categories; what is below it is found too." example:"dining"`
	OpenNow    bool     `query:"open_now" doc:"Only places that are open at this moment."`
	OpenAt     string   `query:"open_at" format:"date-time" doc:"Only places that are open at that moment (RFC 3339). Not together with open_now." example:"2026-05-01T19:30:00+08:00"`
	OpenFrom   string   `query:"open_from" format:"date-time" doc:"Only places that are open all the time from that moment until open_till." example:"2026-05-01T19:30:00+08:00"`
	OpenTill   string   `query:"open_till" format:"date-time" doc:"See open_from; at most 24 hours later." example:"2026-05-01T21:00:00+08:00"`
	PriceMin   int64    `query:"price_min" minimum:"0" doc:"Only places with a service that costs so much or more, in minor units of currency." example:"1000"`
	PriceMax   int64    `query:"price_max" minimum:"0" doc:"Only places with a service that costs so much or less, in minor units of currency." example:"5000"`
	Currency   string   `query:"currency" pattern:"^[A-Z]{3}$" doc:"ISO 4217. Only places with a price in it." example:"CNY"`
	MinRating  float64  `query:"min_rating" minimum:"1" maximum:"5" doc:"Only places whose verified reviews average so many stars or more, to a tenth." example:"4.5"`
	AtHome     bool     `query:"at_home" doc:"Only places that bring a service to lat and lng."`
	Attributes []string `query:"attributes" maxItems:"10" doc:"Only places that have all of these keys of GET /v1/attributes, separated by commas." example:"[\"wifi\"]"`
	TraitsInput
	Brand    string `query:"brand" maxLength:"64" doc:"Only places of the brand with this key." example:"starbucks"`
	Merchant string `query:"merchant_id" maxLength:"64" doc:"Only places of this merchant: the branches of a chain." example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
}

func (in *WishInput) parse(c *rest.Call) discovery.Wish {
	w := discovery.Wish{
		Text:     in.Text,
		Category: in.Category,
		OpenNow:  in.OpenNow,
		OpenAt:   moment(in.OpenAt),
		OpenFrom: moment(in.OpenFrom),
		OpenTill: moment(in.OpenTill),
		Tenths: int(
			math.Round(in.MinRating * 10),
		),
		AtHome:     in.AtHome,
		Attributes: in.Attributes,
		Traits:     in.TraitsInput.words(),
		Brand:      in.Brand,
		Merchant:   identity.MerchantID(in.Merchant),
	}
	if low, high := c.Query.Has("price_min"), c.Query.Has("price_max"); low || high || in.Currency != "" {
		w.Price = discovery.AnyPrice(money.Currency(in.Currency))
		w.Price.Min = in.PriceMin
		if high {
			w.Price.Max = in.PriceMax
		}
	}
	return w
}

// moment is a time of the query; zero for none, and for one that has been refused.
func moment(s string) time.Time {
	t, ok := rest.ParseTime(s)
	if !ok {
		return time.Time{}
	}
	return t.UTC()
}

// parseBox is west, south, east and north as maps write them; nil for none.
func parseBox(bbox []float64) *geo.Box {
	if len(bbox) != 4 {
		return nil
	}
	return &geo.Box{West: bbox[0], South: bbox[1], East: bbox[2], North: bbox[3]}
}

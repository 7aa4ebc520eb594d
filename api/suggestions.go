package api

import (
	"context"
	"math"
	"net/http"

	"corner/api/rest"

	"corner/discovery"
	"corner/fault"
	"corner/geo"
)

type suggestInput struct {
	Text  string  `query:"q" required:"true" minLength:"1" maxLength:"200" doc:"What has been typed so far." example:"laow"`
	Lat   float64 `query:"lat" required:"true" minimum:"-90" maximum:"90" doc:"Latitude of who types, WGS-84 degrees." example:"31.2231"`
	Lng   float64 `query:"lng" required:"true" minimum:"-180" maximum:"180" doc:"Longitude of who types, WGS-84 degrees." example:"121.4712"`
	Limit int     `query:"limit" minimum:"1" maximum:"20" default:"5" doc:"How many suggestions of each sort there are at most."`
}

type suggestions struct {
	Places     []suggestedPlace    `json:"places" doc:"One of each name; what answers best, is near and well rated comes first."`
	Services   []suggestedService  `json:"services" doc:"What is sold nearby."`
	Categories []suggestedCategory `json:"categories"`
	Brands     []suggestedBrand    `json:"brands"`
	Lenient    bool                `json:"lenient" doc:"The places are of words one slip of the finger away from those typed."`
}

type suggestedPlace struct {
	ID           string       `json:"id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name         string       `json:"name" example:"老王面馆"`
	Names        *searchNames `json:"names,omitempty"`
	Category     string       `json:"category" example:"noodles"`
	CategoryName string       `json:"category_name" doc:"In the language of Accept-Language." example:"Noodles"`
	Address      string       `json:"address,omitempty"`
	Distance     float64      `json:"distance_m" doc:"Metres." example:"128.4"`
}

type suggestedService struct {
	Name      string  `json:"name" doc:"To be searched for." example:"剪发"`
	PlaceID   string  `json:"place_id" doc:"A place that sells it." example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	PlaceName string  `json:"place_name" example:"小李理发"`
	Distance  float64 `json:"distance_m" doc:"Metres." example:"128.4"`
}

type suggestedCategory struct {
	Key  string `json:"key" example:"noodles"`
	Name string `json:"name" doc:"In the language of Accept-Language." example:"Noodles"`
}

type suggestedBrand struct {
	Key  string `json:"key" doc:"What searches name." example:"kfc"`
	Name string `json:"name" doc:"In the language of Accept-Language, or as the brand calls itself." example:"KFC"`
}

type suggestOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         suggestions
}

// suggestionsKept is for how long phones may keep suggestions: people type the same
// beginnings again and again.
const suggestionsKept = "public, max-age=60"

func (a *API) routeSuggestions(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "suggest", Method: http.MethodGet, Path: "/v1/suggestions", Tag: tagSearch,
		Summary: "What somebody may be about to type",
		About:   "Asked at every letter: places, services, categories and brands whose names begin so, in Chinese, pinyin, initials or English.",
		Faults:  []*fault.Error{discovery.ErrUnavailable, discovery.ErrIndexMissing},
	}, a.suggest)
}

func (a *API) suggest(ctx context.Context, c *rest.Call, in *suggestInput) (*suggestOutput, error) {
	found, err := a.Finder.Suggest(ctx, discovery.SuggestRequest{Text: in.Text, Center: geo.Point{Lat: in.Lat, Lng: in.Lng}, Limit: in.Limit})
	if err = c.Sum(err); err != nil {
		return nil, err
	}
	out := &suggestOutput{CacheControl: cacheControl(c, suggestionsKept), Body: suggestions{
		Places: make([]suggestedPlace, len(found.Places)), Services: make([]suggestedService, len(found.Services)),
		Categories: make([]suggestedCategory, len(found.Categories)), Brands: make([]suggestedBrand, len(found.Brands)), Lenient: found.Lenient,
	}}
	for i := range found.Places {
		l := found.Places[i].Listing
		w := &out.Body.Places[i]
		*w = suggestedPlace{
			ID: string(l.Place), Name: l.Names.Main, Category: l.Category, CategoryName: a.categoryName(l.Category, c.Language), Address: l.Address,
			Distance: tenths(found.Places[i].Distance),
		}
		if l.Names.Zh != "" || l.Names.En != "" {
			w.Names = &searchNames{l.Names.Zh, l.Names.En}
		}
	}
	for i, s := range found.Services {
		out.Body.Services[i] = suggestedService{s.Name, string(s.At.Listing.Place), s.At.Listing.Names.Main, tenths(s.At.Distance)}
	}
	for i, k := range found.Categories {
		out.Body.Categories[i] = suggestedCategory{k.Key, k.Label(string(c.Language))}
	}
	for i := range found.Brands {
		out.Body.Brands[i] = suggestedBrand{found.Brands[i].Key, brandName(&found.Brands[i], c.Language)}
	}
	return out, nil
}

// tenths is a distance as it is shown, in metres.
func tenths(d geo.Metres) float64 { return math.Round(float64(d)*10) / 10 }

// cacheControl is for how long an answer may be kept: what somebody who has signed in is
// answered stays between the two.
func cacheControl(c *rest.Call, public string) string {
	if c.Actor.Known() {
		return "no-store"
	}
	return public
}

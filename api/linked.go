package api

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"corner/api/rest"

	"corner/catalog"
	"corner/media"
	"corner/money"
)

const linkedData = "application/ld+json"

// linkedPlace is a place in the words of schema.org.
type linkedPlace struct {
	Context   string         `json:"@context" enum:"https://schema.org"`
	Type      string         `json:"@type" doc:"A type below schema.org/LocalBusiness, or a public place." example:"Restaurant"`
	ID        string         `json:"@id" format:"uri-reference" doc:"Relative to the server." example:"/v1/places/plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	URL       string         `json:"url" format:"uri-reference" example:"/v1/places/plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name      string         `json:"name" example:"老王面馆"`
	Others    []string       `json:"alternateName,omitempty" example:"[\"Wang's Noodles\"]"`
	Address   string         `json:"address,omitempty"`
	Telephone string         `json:"telephone,omitempty" doc:"E.164."`
	Geo       *linkedGeo     `json:"geo,omitempty"`
	Images    []string       `json:"image,omitempty" doc:"Relative to the server." example:"[\"/v1/photos/pht_01kay3c4zq8v0e5t7m2r9x6b1d/large\"]"`
	Hours     []linkedHours  `json:"openingHoursSpecification,omitempty" doc:"Every week, in the place's wall time. Closing before opening: on the next day. 00:00 to 23:59 is round the clock."`
	Special   []linkedHours  `json:"specialOpeningHoursSpecification,omitempty" doc:"On dates. 00:00 to 00:00 is closed; without validThrough, for good."`
	Rating    *linkedRatings `json:"aggregateRating,omitempty" doc:"Of verified reviews. Absent without any."`
	Prices    string         `json:"priceRange,omitempty" doc:"From the cheapest service to the dearest, of the currency that most are priced in." example:"CNY 28.00–98.00"`
}

type linkedGeo struct {
	Type      string  `json:"@type" enum:"GeoCoordinates"`
	Latitude  float64 `json:"latitude" doc:"WGS-84." example:"31.2231"`
	Longitude float64 `json:"longitude" doc:"WGS-84." example:"121.4712"`
}

type linkedHours struct {
	Type    string `json:"@type" enum:"OpeningHoursSpecification"`
	Day     string `json:"dayOfWeek,omitempty" example:"https://schema.org/Monday"`
	Opens   string `json:"opens" example:"11:00"`
	Closes  string `json:"closes" example:"02:00"`
	From    string `json:"validFrom,omitempty" example:"2026-12-25"`
	Through string `json:"validThrough,omitempty" example:"2026-12-25"`
}

type linkedRatings struct {
	Type  string  `json:"@type" enum:"AggregateRating"`
	Value float64 `json:"ratingValue" example:"4.7"`
	Count int64   `json:"reviewCount" example:"12"`
	Best  int     `json:"bestRating" example:"5"`
	Worst int     `json:"worstRating" example:"1"`
}

var (
	_ rest.Negotiated = place{}
	_ rest.Embedded   = linkedPlace{}
)

// Other is the form asked for by Accept.
func (p place) Other() (body any, media string) {
	if p.linked == nil {
		return nil, ""
	}
	return *p.linked, linkedData
}

// ContentType is huma's way to choose it.
func (p place) ContentType(media string) string {
	if p.linked != nil {
		return linkedData
	}
	return media
}

// Embedded implements rest.embedded.
func (linkedPlace) Embedded() {}

// linkedPlace is p for machines that read web pages; the caller may see p.
func (a *API) linkedPlace(ctx context.Context, c *rest.Call, p *catalog.Place, r *placeRating) (*linkedPlace, error) {
	services, err := a.Catalog.Services(ctx, c.Actor, p.ID, "", servicesOnPage)
	if err != nil {
		return nil, err
	}
	at := "/v1/places/" + string(p.ID)
	w := &linkedPlace{
		Context:   "https://schema.org",
		Type:      linkedType(a.tree(), p.Category),
		ID:        at,
		URL:       at,
		Name:      p.Names.Main,
		Address:   p.Address,
		Telephone: p.Phone,
		Prices:    priceRange(services),
	}
	for _, name := range [...]string{p.Names.Zh, p.Names.En} {
		if name != "" && name != p.Names.Main {
			w.Others = append(w.Others, name)
		}
	}
	if p.Location.System != "" {
		w.Geo = &linkedGeo{"GeoCoordinates", p.Location.Point.Lat, p.Location.Point.Lng}
	}
	photos, err := a.Album.Photos(ctx, c.Actor, p.ID, "", media.MaxPhotos)
	if err != nil {
		return nil, err
	}
	for i := range photos {
		w.Images = append(w.Images, photoURL(photos[i].ID, media.Large))
	}
	if r != nil && r.Average != nil {
		w.Rating = &linkedRatings{"AggregateRating", *r.Average, r.Count, 5, 1}
	}
	w.setHours(&p.Hours)
	return w, nil
}

var linkedDays = [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

func (w *linkedPlace) setHours(h *catalog.Hours) {
	for d, day := range h.Weekly {
		for _, i := range clockIntervals(day) {
			s := linkedInterval(i)
			s.Day = "https://schema.org/" + linkedDays[d]
			w.Hours = append(w.Hours, s)
		}
	}
	for _, e := range h.Exceptions {
		list := []linkedHours{{Opens: "00:00", Closes: "00:00"}}
		if len(e.Intervals) > 0 {
			list = nil
		}
		for _, i := range clockIntervals(e.Intervals) {
			list = append(list, linkedInterval(i))
		}
		if h.Closure.Covers(e.Day) {
			continue // told below
		}
		for _, s := range list {
			s.Type, s.From, s.Through = hoursType, e.Day.String(), e.Day.String()
			w.Special = append(w.Special, s)
		}
	}
	if c := h.Closure; c.Planned() {
		s := linkedHours{Type: hoursType, Opens: "00:00", Closes: "00:00", From: c.From.String()}
		if !c.Permanent() {
			s.Through = (c.Until - 1).String()
		}
		w.Special = append(w.Special, s)
	}
}

const hoursType = "OpeningHoursSpecification"

// linkedInterval writes an interval with times as schema.org has them: there is no 24:00.
func linkedInterval(i dateInterval) linkedHours {
	s := linkedHours{Type: hoursType, Opens: i.Opens, Closes: i.Closes}
	switch {
	case i.Closes != "24:00":
	case i.Opens == "00:00":
		s.Closes = "23:59"
	default:
		s.Closes = "00:00"
	}
	return s
}

// priceRange is from the cheapest to the dearest, in the currency of most services.
func priceRange(services []catalog.Service) string {
	counts := map[money.Currency]int{}
	var most money.Currency
	for i := range services {
		c := services[i].Price.Currency
		if counts[c]++; c != "" && (most == "" || counts[c] > counts[most]) {
			most = c
		}
	}
	if most == "" {
		return ""
	}
	least, dearest := int64(math.MaxInt64), int64(0)
	for i := range services {
		if p := services[i].Price; p.Currency == most {
			least, dearest = min(least, p.Minor), max(dearest, p.Minor, services[i].PriceTo.Minor)
		}
	}
	from, to := formatMinor(least, most), formatMinor(dearest, most)
	if from == to {
		return string(most) + " " + from
	}
	return string(most) + " " + from + "–" + to
}

// formatMinor writes minor units with the point where the currency has it.
func formatMinor(minor int64, c money.Currency) string {
	digits := c.Digits()
	if digits == 0 {
		return strconv.FormatInt(minor, 10)
	}
	unit := int64(math.Pow10(digits))
	return fmt.Sprintf("%d.%0*d", minor/unit, digits, minor%unit)
}

// linkedType is what schema.org calls a category, or the nearest above it that it has a
// word for.
func linkedType(tree *catalog.Tree, category string) string {
	for _, c := range tree.Lineage(category) {
		if t, known := linkedTypes[c.Key]; known {
			return t
		}
	}
	return "LocalBusiness"
}

var linkedTypes = map[string]string{
	"dining":       "FoodEstablishment",
	"restaurant":   "Restaurant",
	"noodles":      "Restaurant",
	"hotpot":       "Restaurant",
	"teahouse":     "CafeOrCoffeeShop",
	"cafe":         "CafeOrCoffeeShop",
	"tea_drinks":   "CafeOrCoffeeShop",
	"fast_food":    "FastFoodRestaurant",
	"bakery":       "Bakery",
	"bar":          "BarOrPub",
	"laundry":      "DryCleaningOrLaundry",
	"beauty":       "HealthAndBeautyBusiness",
	"haircut":      "HairSalon",
	"nails":        "NailSalon",
	"massage":      "DaySpa",
	"lodging":      "LodgingBusiness",
	"hotel":        "Hotel",
	"guesthouse":   "BedAndBreakfast",
	"public":       "GovernmentOffice",
	"bank":         "BankOrCreditUnion",
	"atm":          "AutomatedTeller",
	"post_office":  "PostOffice",
	"toilets":      "PublicToilet",
	"fitness":      "SportsActivityLocation",
	"gym":          "ExerciseGym",
	"yoga":         "ExerciseGym",
	"swimming":     "PublicSwimmingPool",
	"car":          "AutomotiveBusiness",
	"car_wash":     "AutoWash",
	"car_repair":   "AutoRepair",
	"fuel":         "GasStation",
	"housing":      "HomeAndConstructionBusiness",
	"estate_agent": "RealEstateAgent",
	"shopping":     "Store",
	"convenience":  "ConvenienceStore",
	"supermarket":  "GroceryStore",
	"florist":      "Florist",
	"leisure":      "EntertainmentBusiness",
	"park":         "Park",
	"museum":       "Museum",
	"health":       "MedicalBusiness",
	"optician":     "Optician",
	"pharmacy":     "Pharmacy",
	"dentist":      "Dentist",
	"hospital":     "Hospital",
	"pet_care":     "VeterinaryCare",
}

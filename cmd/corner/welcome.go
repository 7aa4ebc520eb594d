package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"

	"corner/catalog"
	"corner/discovery"
	"corner/internal/town"
)

// welcome prints what to try. scripts/tour.sh pastes every call of it.
func (a *app) welcome(ctx context.Context, out io.Writer, address string, demo *town.Town) {
	base := "http://" + address
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("")
	say("Corner is running at %s, with its reference at %s/docs.", base, base)
	say("%s, %s: around %.4f, %.4f. What you change is kept in %s.", demo.Name, demo.NameEn, demo.Center.Lat, demo.Center.Lng, a.config.Data)
	say("")
	say("Try, in another terminal:")
	say("")
	for _, c := range a.callsToTry(ctx, demo) {
		say("  # %s", c.what)
		say("  curl -s %s'%s%s'", c.options, base, c.path)
	}
	say("")
	say("A shop of your own, in five calls. Paste all of it; the code that it asks for is printed here:")
	say("")
	b.WriteString(strings.ReplaceAll(fiveCalls, "{base}", base))
	say("")
	say("The whole loop, from registering a shop to a verified review, is the tour in README.md.")
	say("")
	_, _ = io.WriteString(out, b.String())
}

// try is a call to try.
type try struct{ what, options, path string }

func (a *app) callsToTry(ctx context.Context, demo *town.Town) []try {
	search := func(more string) string {
		return fmt.Sprintf("/v1/search?lat=%.4f&lng=%.4f&limit=3&%s", demo.Center.Lat, demo.Center.Lng, more)
	}
	tries := []try{
		{"what is open around the corner", "", search("open_now=true")},
		{"noodles, in Chinese", "", search("q=" + url.QueryEscape(demo.Showcase.Query))},
		{"the same, in pinyin", "", search("q=" + demo.Showcase.QueryPinyin)},
		{"the best cafés within a kilometre", "", search("radius=1000&category=cafe&sort=rating")},
		{"who comes to your home", "", search("at_home=true")},
		{"what somebody typing it may mean", "", fmt.Sprintf("/v1/suggestions?lat=%.4f&lng=%.4f&q=laow", demo.Center.Lat, demo.Center.Lng)},
		{"the old town on a map: GeoJSON, with clusters", "", "/v1/map?zoom=14&bbox=" + around(demo)},
	}
	place, service := a.showcase(ctx, demo)
	if place == "" {
		return tries
	}
	return append(tries,
		try{"everything about a place", "", "/v1/places/" + string(place) + "/page"},
		try{"the same place in the words of schema.org", "-H 'Accept: application/ld+json' ", "/v1/places/" + string(place)},
		try{"its free tables from now on", "", "/v1/services/" + string(service) + "/slots?party=2"},
	)
}

// around is the box of the middle of the town: west, south, east, north.
func around(demo *town.Town) string {
	c := demo.Center
	return fmt.Sprintf("%.3f,%.3f,%.3f,%.3f", c.Lng-0.02, c.Lat-0.015, c.Lng+0.02, c.Lat+0.015)
}

// showcase is the town's example and its service that can be booked, both "" if this
// database has another town.
func (a *app) showcase(ctx context.Context, demo *town.Town) (catalog.PlaceID, catalog.ServiceID) {
	want := demo.Listings[demo.Showcase.Listing]
	found, err := a.finder.Search(
		ctx,
		discovery.Request{Center: want.Location.Point, Radius: 50, Wish: discovery.Wish{Text: want.Names.Main}, Limit: 5},
	)
	if err != nil {
		return "", ""
	}
	for _, h := range found.Hits {
		if h.Listing.Names.Main != want.Names.Main {
			continue
		}
		for _, s := range h.Listing.Services {
			if s.Bookable {
				return h.Listing.Place, s.ID
			}
		}
	}
	return "", ""
}

// fiveCalls registers a shop. It is one command of the shell, so that read gets what is
// typed and not the lines that follow in the paste.
const fiveCalls = `  {
    C={base}
    challenge=$(curl -s $C/v1/auth/codes --json '{"phone": "+8613700137000"}' | grep -o 'chl_[0-9a-z]*')
    printf '\nthe code: '; read -r code
    token=$(curl -s $C/v1/auth/tokens --json "{\"challenge_id\": \"$challenge\", \"phone\": \"+8613700137000\", \"code\": \"$code\"}" | grep -o '"access_token":"[^"]*"' | cut -d '"' -f 4)
    merchant=$(curl -s $C/v1/merchants --oauth2-bearer $token --json '{"name": "阿芳"}' | grep -o 'mer_[0-9a-z]*' | head -n 1)
    week=$(printf ',{"day": "%s", "opens": "10:00", "closes": "22:00"}' mon tue wed thu fri sat sun)
    place=$(curl -s $C/v1/merchants/$merchant/places --oauth2-bearer $token --json '{
      "name": "阿芳奶茶摊", "names": {"en": "Afang Milk Tea"}, "category": "tea_drinks",
      "location": {"lat": 31.3097, "lng": 120.6335, "coord_system": "gcj02", "accuracy_m": 9, "how": "gps"},
      "hours": {"weekly": ['"${week#,}"']},
      "services": [{"name": "珍珠奶茶 Pearl milk tea", "price": {"amount": 1200, "currency": "CNY"}, "bookable": false}]
    }' | grep -o 'plc_[0-9a-z]*' | head -n 1)
    curl -s -X POST $C/v1/places/$place/publish --oauth2-bearer $token
  }
`

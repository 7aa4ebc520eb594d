package api

import "github.com/danielgtaylor/huma/v2"

// apiVersion is that of the interface, not of the program: /v1 grows only by addition.
const apiVersion = "1.0.0"

// The tags that operations are grouped by.
const (
	tagSignIn    = "sign-in"
	tagDevices   = "devices"
	tagMerchants = "merchants"
	tagPlaces    = "places"
	tagServices  = "services"
	tagPhotos    = "photos"
	tagSearch    = "search"
	tagBookings  = "bookings"
	tagVisits    = "visits"
	tagReviews   = "reviews"
	tagOperators = "operators"
	tagServer    = "server"
)

var tags = []*huma.Tag{
	{Name: tagSignIn, Description: "A phone number, a one-time code, tokens."},
	{Name: tagDevices, Description: "Where you are signed in."},
	{Name: tagMerchants, Description: "Businesses and who works for them."},
	{Name: tagPlaces, Description: "Spots that consumers can find: registered where they stand, published when complete."},
	{Name: tagServices, Description: "What places sell."},
	{Name: tagPhotos, Description: "What places and what they sell look like."},
	{Name: tagSearch, Description: "Finding places nearby."},
	{Name: tagBookings, Description: "Slots, holds and bookings."},
	{Name: tagVisits, Description: "Confirming at the counter that somebody came."},
	{Name: tagReviews, Description: "What verified visitors say."},
	{Name: tagOperators, Description: "What is reported, and what the operators of the server decide."},
	{Name: tagServer, Description: "For who operates the server."},
}

const about = `Merchants register the exact spot and what is on offer; people nearby find it, book, come in, have the visit confirmed, and say how it was.

**Refusals** are RFC 9457 problems with a stable ` + "`code`" + `; ` + "`errors`" + ` names every faulty value of a request at once. **Texts for people** come in English or Chinese, by ` + "`Accept-Language`" + `. **Money** is whole minor units with an ISO 4217 currency. **Times** are RFC 3339. **Lists** go on with ` + "`next_cursor`" + `, which is null on the last page.

Every POST that creates takes an ` + "`Idempotency-Key`" + `: a phone that lost the answer repeats the call and gets it. A change of a place names the version it changes: ` + "`If-Match`" + ` with the ` + "`ETag`" + ` that was read. What is not yours and what is not there are answered alike.`

// document is what the OpenAPI document says of the whole.
func document() *huma.OpenAPI {
	return &huma.OpenAPI{
		Info: &huma.Info{
			Title: "Corner", Version: apiVersion, Description: about,
			Contact: &huma.Contact{Name: "The operator of this server"},
			License: &huma.License{Name: "Apache 2.0", Identifier: "Apache-2.0"},
		},
		Servers: []*huma.Server{{URL: "/", Description: "The server that answers this document."}},
		Tags:    tags,
	}
}

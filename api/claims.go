package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/identity"
)

type claimBody struct {
	MerchantID string `json:"merchant_id" minLength:"1" doc:"The merchant whose place it is." example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
}

// placeClaim is a claim as its place shows it.
type placeClaim struct {
	ID     string   `json:"id" example:"clm_01kay3c4zq8v0e5t7m2r9x6b1d"`
	State  string   `json:"state" enum:"unverified" example:"unverified"`
	Prove  []string `json:"prove,omitempty" doc:"How it can be proved at POST /v1/claims/{id}/proof: code, evidence. Only to who claims." example:"[\"code\", \"evidence\"]"`
	SentTo string   `json:"code_sent_to,omitempty" doc:"The listing's number, to which a code was sent. Only to who claims." example:"+86******8000"`
}

type claim struct {
	ID         string     `json:"id" example:"clm_01kay3c4zq8v0e5t7m2r9x6b1d"`
	PlaceID    string     `json:"place_id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	MerchantID string     `json:"merchant_id" example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
	State      string     `json:"state" enum:"open,shown,verified,refused,lapsed" doc:"shown waits for an operator." example:"shown"`
	Prove      []string   `json:"prove" doc:"How it can be proved: code, evidence; empty once it is settled." example:"[\"evidence\"]"`
	Reason     string     `json:"reason,omitempty" doc:"Of who settled it."`
	CreatedAt  time.Time  `json:"created_at"`
	SettledAt  *time.Time `json:"settled_at,omitempty"`
}

type claimInput struct {
	ID string `path:"id" doc:"The claim's id."`
}

type claimedOutput struct {
	Status int
	ETag   string `header:"ETag" doc:"The place's version, for If-Match."`
	Body   place
}

type claimOutput struct {
	Status int
	Body   claim
}

type proofBody struct {
	Code     string        `json:"code,omitempty" maxLength:"16" doc:"That was sent to the listing's number." example:"123456"`
	Evidence *evidenceBody `json:"evidence,omitempty" doc:"Where there is no code: what an operator can judge by."`
}

type evidenceBody struct {
	Text     string    `json:"text,omitempty" maxLength:"2000" doc:"Why it is yours." example:"营业执照挂在收银台后面。"`
	Licence  string    `json:"licence,omitempty" maxLength:"60" doc:"The number of the business licence." example:"91320500MA1XXXXX0X"`
	PhotoIDs []string  `json:"photo_ids,omitempty" maxItems:"10" doc:"Photos of the place that show it, of the kind evidence, which nobody else sees."`
	Location *spotBody `json:"location,omitempty" doc:"Measured within 50 m of the place."`
}

func (a *API) routeClaims(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "claimPlace",
		Method:   http.MethodPost,
		Path:     "/v1/places/{id}/claim",
		Tag:      tagPlaces,
		SignedIn: true,
		Pending:  true,
		Summary:  "Claim an imported place",
		About: "A manager's right. The first claim wins, and the place is yours from then on, shown as claimed, not yet verified. With 202, claim " +
			"says how to prove it: by a code that was sent to the listing's number, or by evidence. It lapses after 14 days in which nothing was " +
			"shown. With 200 it is proved: your own number is the listing's, or the place was yours. Repeat the call for a new code.",
		Faults: []*fault.Error{
			catalog.ErrPlaceNotFound, identity.ErrMerchantNotFound, catalog.ErrClaimed, catalog.ErrClaimRefused, catalog.ErrTooManyClaims,
		},
		Example: claimBody{MerchantID: "mer_01kay3c4zq8v0e5t7m2r9x6b1d"},
	}, a.claimPlace)
	rest.Route(s, rest.Operation{
		ID: "getClaim", Method: http.MethodGet, Path: "/v1/claims/{id}", Tag: tagPlaces, SignedIn: true,
		Summary: "How far a claim is", About: "For the people of its merchant.",
		Faults: []*fault.Error{catalog.ErrClaimNotFound},
	}, a.claim)
	rest.RouteBody(s, rest.Operation{
		ID: "proveClaim", Method: http.MethodPost, Path: "/v1/claims/{id}/proof", Tag: tagPlaces, SignedIn: true, Pending: true,
		Summary: "Prove a claim",
		About:   "A manager's right. With the code, the claim is verified at once. With evidence, the answer is 202 and an operator decides.",
		Faults: []*fault.Error{
			catalog.ErrClaimNotFound, catalog.ErrClaimSettled, identity.ErrCodeInvalid, identity.ErrTooManyTries, identity.ErrTooManyFailures,
			identity.ErrSignInAway,
		},
		Example: proofBody{Code: "123456"},
	}, a.proveClaim)
}

func (a *API) claimPlace(ctx context.Context, c *rest.Call, in *placeInput, body *claimBody) (*claimedOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	from := identity.Origin{Address: c.Address}
	p, made, err := a.Catalog.ClaimPlace(ctx, actor, catalog.PlaceID(in.ID), identity.MerchantID(body.MerchantID), from)
	if err != nil {
		return nil, err
	}
	answer, err := a.placeAnswer(ctx, c, p)
	if err != nil {
		return nil, err
	}
	out := &claimedOutput{Status: http.StatusOK, ETag: answer.ETag, Body: answer.Body}
	if p.Claim != "" {
		out.Status = http.StatusAccepted
		out.Body.Claim.Prove, out.Body.Claim.SentTo = waysOf(&made), masked(made.Phone)
	}
	return out, nil
}

// waysOf is how a claim can be proved.
func waysOf(c *catalog.Claim) []string {
	switch {
	case c.Settled():
		return []string{}
	case c.Phone != "":
		return []string{"code", "evidence"}
	}
	return []string{"evidence"}
}

// masked hides the middle of a number, so that who reads it knows it only if they knew it.
func masked(phone string) string {
	const head, tail = 3, 4
	if len(phone) <= head+tail {
		return ""
	}
	return phone[:head] + strings.Repeat("*", len(phone)-head-tail) + phone[len(phone)-tail:]
}

func (a *API) claim(ctx context.Context, c *rest.Call, in *claimInput) (*claimOutput, error) {
	is, err := a.Catalog.Claim(ctx, c.Actor, catalog.ClaimID(in.ID))
	if err != nil {
		return nil, err
	}
	return &claimOutput{http.StatusOK, renderClaim(&is)}, nil
}

func (a *API) proveClaim(ctx context.Context, c *rest.Call, in *claimInput, body *proofBody) (*claimOutput, error) {
	s := catalog.Showing{Code: body.Code}
	if e := body.Evidence; e != nil {
		s.Text, s.Licence, s.Photos, s.Spot = e.Text, e.Licence, e.PhotoIDs, e.Location.parse(&c.Faults, "/evidence/location")
	}
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	_, is, err := a.Catalog.ProveClaim(ctx, actor, catalog.ClaimID(in.ID), s)
	if err != nil {
		return nil, err
	}
	out := &claimOutput{http.StatusOK, renderClaim(&is)}
	if !is.Settled() {
		out.Status = http.StatusAccepted
	}
	return out, nil
}

func renderClaim(c *catalog.Claim) claim {
	out := claim{
		ID: string(c.ID), PlaceID: string(c.Place), MerchantID: string(c.Merchant), State: string(c.State), Prove: waysOf(c), Reason: c.Reason,
		CreatedAt: c.CreatedAt,
	}
	if c.Settled() {
		out.SettledAt = &c.SettledAt
	}
	return out
}

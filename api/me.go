package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/identity"
	"corner/visits"
)

type me struct {
	ID        string    `json:"id" example:"usr_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Phone     string    `json:"phone" doc:"E.164." example:"+8613800138000"`
	Name      string    `json:"name" doc:"What shops see; empty if you do not tell." example:"王小明"`
	Language  string    `json:"language,omitempty" enum:"en,zh" doc:"That you are written to in; absent for that of your phone." example:"zh"`
	Operator  bool      `json:"operator" doc:"You run this server."`
	Suspended bool      `json:"suspended,omitempty" doc:"The operators have suspended the account: it can be read, exported and deleted."`
	Factor    bool      `json:"factor" doc:"You have a second factor, which is asked for on new devices, and before roles or your number change."`
	Pending   *move     `json:"pending_phone,omitempty" doc:"The number that yours changes to when the wait is over; absent if none waits."`
	Version   int64     `json:"version" doc:"Grows with every change; the ETag." example:"1"`
	CreatedAt time.Time `json:"created_at"`
}

type move struct {
	Phone string    `json:"phone" doc:"E.164." example:"+8613900139000"`
	At    time.Time `json:"at" doc:"When it becomes yours, within a minute; until then DELETE /v1/me/phone withdraws it."`
}

func renderMove(m identity.Move) *move {
	if m == (identity.Move{}) {
		return nil
	}
	return &move{m.Phone, m.At}
}

type profileBody struct {
	Name     string `json:"name,omitempty" maxLength:"60" doc:"What shops see." example:"王小明"`
	Language string `json:"language,omitempty" enum:"en,zh" doc:"To be written to in." example:"zh"`
}

// profilePatch is a merge patch of a profileBody.
type profilePatch struct{}

// Schema is huma's way to describe a type.
func (profilePatch) Schema(r huma.Registry) *huma.Schema {
	return rest.PatchOf(r, rest.TypeFor[profileBody]())
}

type meOutput struct {
	ETag string `header:"ETag" doc:"The account's version, for If-Match."`
	Body me
}

type employment struct {
	ID       string    `json:"id" example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name     string    `json:"name" example:"老王面馆"`
	Role     string    `json:"role" enum:"counter,manager,owner,finance,marketing" example:"owner"`
	PlaceIDs []string  `json:"place_ids,omitzero" doc:"The places at which your role holds, of those that the business has now; left out: at all."`
	Since    time.Time `json:"since" doc:"When you were given the role."`

	Suspended bool `json:"suspended,omitempty" doc:"By the operators: nobody can do anything for it."`
}

type employmentList struct {
	Merchants  []employment `json:"merchants"`
	NextCursor *string      `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type employmentListOutput struct{ Body employmentList }

type visitList struct {
	Visits     []visit `json:"visits"`
	NextCursor *string `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type visitListOutput struct{ Body visitList }

func (a *API) routeMe(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "getMe", Method: http.MethodGet, Path: "/v1/me", Tag: tagDevices, SignedIn: true, Suspended: true,
		Summary: "Who I am", About: "Your account.",
	}, a.me)
	s.Whole(rest.TypeFor[profileBody]())
	rest.RouteBody(s, rest.Operation{
		ID: "changeMe", Method: http.MethodPatch, Path: "/v1/me", Tag: tagDevices, SignedIn: true, Patches: true,
		Summary: "Change what I am called", About: "An RFC 7396 merge patch of name and language. What changes nothing keeps the version.",
		Faults:  []*fault.Error{identity.ErrUserStale, rest.ErrIfMatchRequired},
		Example: profileBody{Name: "王小明", Language: "zh"},
	}, a.changeMe)
	rest.Route(s, rest.Operation{
		ID: "listMyMerchants", Method: http.MethodGet, Path: "/v1/me/merchants", Tag: tagMerchants, SignedIn: true,
		Summary: "The businesses I work for", About: "By id, with your role in each: how you find your way back on a new phone.",
	}, a.employments)
	rest.Route(s, rest.Operation{
		ID: "listMyVisits", Method: http.MethodGet, Path: "/v1/me/visits", Tag: tagVisits, SignedIn: true,
		Summary: "Where I have been", About: "Your visits, the newest first; one without a review_id can be reviewed for 90 days.",
	}, a.myVisits)
}

func (a *API) me(ctx context.Context, c *rest.Call, _ *rest.Empty) (*meOutput, error) {
	u, err := a.Accounts.Me(ctx, c.Actor)
	if err != nil {
		return nil, err
	}
	return meAnswer(&u, c.Actor), nil
}

func (a *API) changeMe(ctx context.Context, c *rest.Call, in *rest.IfMatchInput, _ *profilePatch) (*meOutput, error) {
	u, err := a.Accounts.Me(ctx, c.Actor)
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		return meAnswer(&u, c.Actor), nil
	}
	if !rest.MatchesVersion(in.IfMatch, u.Version) {
		return nil, in.RefuseVersion(func(version int64) error {
			_, err := a.Accounts.ChangeMe(ctx, c.Actor, version, u.Profile)
			return err
		})
	}
	var body profileBody
	if _, err := c.Merge(profileBody{Name: u.Name, Language: string(u.Language)}, &body); err != nil {
		return nil, err
	}
	p := identity.Profile{Name: body.Name, Language: identity.Language(body.Language)}
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	if u, err = a.Accounts.ChangeMe(ctx, actor, u.Version, p); err != nil {
		return nil, err
	}
	return meAnswer(&u, actor), nil
}

func meAnswer(u *identity.User, actor identity.Actor) *meOutput {
	return &meOutput{ETag: rest.FormatETag(u.Version), Body: me{
		ID: string(
			u.ID,
		),
		Phone:     u.Phone,
		Name:      u.Name,
		Language:  string(u.Language),
		Operator:  actor.Operator,
		Suspended: actor.Suspended,
		Factor:    u.Factor,
		Pending:   renderMove(u.Move),
		Version:   u.Version,
		CreatedAt: u.CreatedAt,
	}}
}

func (a *API) employments(ctx context.Context, c *rest.Call, in *rest.PageInput) (*employmentListOutput, error) {
	after := in.After(c, "mer")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Catalog.Employments(ctx, actor, identity.MerchantID(after), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &employmentListOutput{employmentList{Merchants: []employment{}}}
	list, out.Body.NextCursor = rest.More(*in, list, func(e *catalog.Employment) string { return string(e.Merchant.ID) })
	for _, e := range list {
		out.Body.Merchants = append(out.Body.Merchants, employment{
			string(e.Merchant.ID), e.Merchant.Name, e.Role.String(), placeIDs(e.Branches), e.Since, !e.Merchant.SuspendedAt.IsZero(),
		})
	}
	return out, nil
}

func (a *API) myVisits(ctx context.Context, c *rest.Call, in *rest.PageInput) (*visitListOutput, error) {
	before := in.After(c, "vis")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Visits.VisitsOf(ctx, actor, visits.ID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &visitListOutput{visitList{Visits: []visit{}}}
	list, out.Body.NextCursor = rest.More(*in, list, func(v *visits.Visit) string { return string(v.ID) })
	for i := range list {
		out.Body.Visits = append(out.Body.Visits, renderVisit(list[i]))
	}
	return out, nil
}

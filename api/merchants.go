package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"github.com/danielgtaylor/huma/v2"

	"corner/booking"
	"corner/catalog"
	"corner/fault"
	"corner/identity"
)

type merchantBody struct {
	Name string `json:"name" minLength:"1" maxLength:"120" doc:"What the business is called." example:"老王面馆"`
}

type merchant struct {
	ID        string     `json:"id" example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name      string     `json:"name" example:"老王面馆"`
	Version   int64      `json:"version" doc:"Grows with every change; the ETag." example:"1"`
	ClosedAt  *time.Time `json:"closed_at,omitempty" doc:"When it closed for good. Absent while it goes on."`
	CreatedAt time.Time  `json:"created_at"`
}

// merchantPatch is a merge patch of a merchantBody.
type merchantPatch struct{}

// Schema is huma's way to describe a type.
func (merchantPatch) Schema(r huma.Registry) *huma.Schema {
	return rest.PatchOf(r, rest.TypeFor[merchantBody]())
}

// merchantCard is what anybody may know of a business.
type merchantCard struct {
	ID   string `json:"id" example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name string `json:"name" example:"老王面馆"`
}

type branchList struct {
	Merchant   merchantCard `json:"merchant"`
	Places     []place      `json:"places" doc:"Those that consumers can find."`
	NextCursor *string      `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type branchListOutput struct{ Body branchList }

type renameMerchantInput struct {
	ID string `path:"id" doc:"The merchant's id."`
	rest.IfMatchInput
}

type merchantInput struct {
	ID string `path:"id" doc:"The merchant's id."`
}

type closeMerchantInput struct {
	ID       string `path:"id" doc:"The merchant's id."`
	Bookings int    `query:"bookings" minimum:"0" doc:"How many holds and bookings ahead are to be cancelled with it." example:"3"`
}

type merchantOutput struct {
	ETag     string `header:"ETag" doc:"The merchant's version, for If-Match."`
	Location string `header:"Location" doc:"Where the merchant is read. Only with 201."`
	Body     merchant
}

func (a *API) routeMerchants(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "createMerchant",
		Method:   http.MethodPost,
		Path:     "/v1/merchants",
		Tag:      tagMerchants,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Summary:  "Register a business",
		About:    "Whoever registers it is its owner. One person may own a few; a chain has its branches as places.",
		Faults:   []*fault.Error{catalog.ErrTooManyMerchants},
		Example:  merchantBody{Name: "老王面馆"},
	}, a.createMerchant)
	rest.Route(s, rest.Operation{
		ID: "getMerchant", Method: http.MethodGet, Path: "/v1/merchants/{id}", Tag: tagMerchants, SignedIn: true,
		Summary: "Read a business", About: "For the people who work for it.",
		Faults: []*fault.Error{identity.ErrMerchantNotFound},
	}, a.merchant)
	s.Whole(rest.TypeFor[merchantBody]())
	rest.RouteBody(s, rest.Operation{
		ID: "renameMerchant", Method: http.MethodPatch, Path: "/v1/merchants/{id}", Tag: tagMerchants, SignedIn: true, Patches: true,
		Summary: "Change a business", About: "Its owner's right. An RFC 7396 merge patch of the body of POST /v1/merchants.",
		Faults:  []*fault.Error{identity.ErrMerchantNotFound, catalog.ErrMerchantStale, rest.ErrIfMatchRequired},
		Example: merchantBody{Name: "老王餐饮"},
	}, a.renameMerchant)
	rest.Route(s, rest.Operation{
		ID:       "closeMerchant",
		Method:   http.MethodPost,
		Path:     "/v1/merchants/{id}/close",
		Tag:      tagMerchants,
		SignedIn: true,
		Summary:  "Close a business for good",
		About: "Its owner's right, and not to be undone. All its places are closed for good from today on; nothing of it is sold or changed any more, and no place is added. " +
			"Its people go on reading. While holds and bookings ahead hang on its places the answer is merchant.booked with their number in bookings; a second " +
			"call that names that number cancels them.",
		Faults: []*fault.Error{identity.ErrMerchantNotFound, booking.ErrMerchantBooked},
	}, a.closeMerchant)
	rest.Route(s, rest.Operation{
		ID:      "listBranches",
		Method:  http.MethodGet,
		Path:    "/v1/merchants/{id}/branches",
		Tag:     tagMerchants,
		Summary: "A business and its places",
		About:   "For anybody: what it is called, and those of its places that consumers can find. A business without any is not there.",
		Faults:  []*fault.Error{identity.ErrMerchantNotFound},
	}, a.branches)
}

func (a *API) renameMerchant(ctx context.Context, c *rest.Call, in *renameMerchantInput, _ *merchantPatch) (*merchantOutput, error) {
	m, err := a.Catalog.Merchant(ctx, c.Actor, identity.MerchantID(in.ID))
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		return merchantAnswer(m), nil
	}
	if !rest.MatchesVersion(in.IfMatch, m.Version) {
		return nil, in.RefuseVersion(func(version int64) error {
			_, err := a.Catalog.RenameMerchant(ctx, c.Actor, m.ID, version, m.Name)
			return err
		})
	}
	var body merchantBody
	if _, err := c.Merge(merchantBody{Name: m.Name}, &body); err != nil {
		return nil, err
	}
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	if m, err = a.Catalog.RenameMerchant(ctx, actor, m.ID, m.Version, body.Name); err != nil {
		return nil, err
	}
	return merchantAnswer(m), nil
}

func (a *API) closeMerchant(ctx context.Context, c *rest.Call, in *closeMerchantInput) (*merchantOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	m, err := a.Desk.CloseMerchant(ctx, actor, identity.MerchantID(in.ID), in.Bookings)
	if err != nil {
		return nil, err
	}
	return merchantAnswer(m), nil
}

func (a *API) branches(ctx context.Context, c *rest.Call, in *placePageInput) (*branchListOutput, error) {
	after := in.After(c, "plc")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	m, list, err := a.Catalog.Branches(ctx, actor, identity.MerchantID(in.Merchant), catalog.PlaceID(after), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &branchListOutput{branchList{Merchant: merchantCard{string(m.ID), m.Name}, Places: []place{}}}
	list, out.Body.NextCursor = rest.More(in.PageInput, list, func(p *catalog.Place) string { return string(p.ID) })
	for i := range list {
		out.Body.Places = append(out.Body.Places, a.renderPlace(&list[i], c.Language))
	}
	return out, nil
}

func merchantAnswer(m catalog.Merchant) *merchantOutput {
	return &merchantOutput{ETag: rest.FormatETag(m.Version), Body: renderMerchant(m)}
}

func (a *API) createMerchant(ctx context.Context, c *rest.Call, _ *rest.KeyInput, body *merchantBody) (*merchantOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	key, err := c.Key("merchants.create", body)
	if err != nil {
		return nil, err
	}
	m, err := a.Catalog.CreateMerchant(ctx, actor, body.Name, key)
	if err != nil {
		return nil, err
	}
	out := merchantAnswer(m)
	out.Location = "/v1/merchants/" + string(m.ID)
	return out, nil
}

func (a *API) merchant(ctx context.Context, c *rest.Call, in *merchantInput) (*merchantOutput, error) {
	m, err := a.Catalog.Merchant(ctx, c.Actor, identity.MerchantID(in.ID))
	if err != nil {
		return nil, err
	}
	return merchantAnswer(m), nil
}

func renderMerchant(m catalog.Merchant) merchant {
	out := merchant{ID: string(m.ID), Name: m.Name, Version: m.Version, CreatedAt: m.CreatedAt}
	if m.Closed() {
		out.ClosedAt = &m.ClosedAt
	}
	return out
}

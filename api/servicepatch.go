package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"github.com/danielgtaylor/huma/v2"

	"corner/catalog"
	"corner/fault"
)

// servicePatch is a merge patch of a serviceBody.
type servicePatch struct{}

// Schema is huma's way to describe a type.
func (servicePatch) Schema(r huma.Registry) *huma.Schema {
	return rest.PatchOf(r, rest.TypeFor[serviceBody]())
}

type reviseServiceInput struct {
	ID string `path:"id" doc:"The service's id."`
	rest.IfMatchInput
}

func (a *API) routePatchService(s *rest.Server) {
	s.Whole(rest.TypeFor[serviceBody]())
	rest.RouteBody(s, rest.Operation{
		ID:       "reviseService",
		Method:   http.MethodPatch,
		Path:     "/v1/services/{id}",
		Tag:      tagServices,
		SignedIn: true,
		Patches:  true,
		Summary:  "Change a service",
		About: "A manager's right. An RFC 7396 merge patch of the body of POST /v1/places/{id}/services. " +
			"What is booked already keeps the price and the time it was booked with.",
		Faults: []*fault.Error{
			catalog.ErrServiceNotFound,
			catalog.ErrServiceStale,
			catalog.ErrRetired,
			catalog.ErrDiscoveryOnly,
			catalog.ErrMerchantClosed,
			rest.ErrIfMatchRequired,
		},
		Example: map[string]any{"price": map[string]any{"amount": 3000}, "description": "加量不加价"},
	}, a.reviseService)
	rest.Route(s, rest.Operation{
		ID:       "retireService",
		Method:   http.MethodDelete,
		Path:     "/v1/services/{id}",
		Tag:      tagServices,
		Status:   http.StatusNoContent,
		SignedIn: true,
		Guarded:  true,
		Summary:  "Take a service off the list",
		About: "A manager's right. It is not sold any more; bookings of it stand, and reading it still works. Retiring it again changes " +
			"nothing.",
		Faults: []*fault.Error{catalog.ErrServiceNotFound, catalog.ErrServiceStale, catalog.ErrMerchantClosed, rest.ErrIfMatchRequired},
	}, a.retireService)
}

func (a *API) reviseService(ctx context.Context, c *rest.Call, in *reviseServiceInput, _ *servicePatch) (*serviceOutput, error) {
	v, _, err := a.Catalog.Service(ctx, c.Actor, catalog.ServiceID(in.ID))
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		return serviceAnswer(&v), nil
	}
	if !rest.MatchesVersion(in.IfMatch, v.Version) {
		return nil, in.RefuseVersion(func(version int64) error {
			_, err := a.Catalog.ReviseService(ctx, c.Actor, v.ID, version, catalog.Offer{})
			return err
		})
	}
	var body serviceBody
	if _, err := c.Merge(editableService(&v), &body); err != nil {
		return nil, err
	}
	o := body.parse()
	actor, err := c.Admit(o)
	if err != nil {
		return nil, err
	}
	if v, err = a.Catalog.ReviseService(ctx, actor, v.ID, v.Version, o); err != nil {
		return nil, err
	}
	return serviceAnswer(&v), nil
}

// editableService is a service as its merchant would send it.
func editableService(v *catalog.Service) serviceBody {
	b := serviceBody{
		Name:        v.Name,
		Description: v.Description,
		Section:     v.Section,
		Position:    v.Position,
		Duration:    minutes(v.Duration),
		Price: renderAmount(
			v.Price,
		),
		PriceTo:      renderSome(v.PriceTo),
		Bookable:     v.Bookable,
		Capacity:     v.Capacity,
		PerPerson:    v.PerPerson,
		Step:         minutes(v.Step),
		ServiceRules: renderRules(&v.Rules),
		AtHome:       renderHome(v.AtHome),
		Attributes:   v.Attributes,
	}
	if v.Payment.Kind != "" {
		b.Payment = &paymentBody{Kind: string(v.Payment.Kind), Deposit: renderSome(v.Payment.Deposit)}
	}
	if v.Cancellation != (catalog.Cancellation{}) {
		r := renderService(v).Cancellation
		b.Cancellation = &r
	}
	return b
}

func (a *API) retireService(ctx context.Context, c *rest.Call, in *reviseServiceInput) (*rest.Empty, error) {
	v, _, err := a.Catalog.Service(ctx, c.Actor, catalog.ServiceID(in.ID))
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		return &rest.Empty{}, nil
	}
	if !rest.MatchesVersion(in.IfMatch, v.Version) {
		return &rest.Empty{}, in.RefuseVersion(func(version int64) error {
			_, err := a.Catalog.RetireService(ctx, c.Actor, v.ID, version)
			return err
		})
	}
	_, err = a.Catalog.RetireService(ctx, c.Actor, v.ID, v.Version)
	return &rest.Empty{}, err
}

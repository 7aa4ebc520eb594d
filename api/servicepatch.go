package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"corner/catalog"
	"corner/fault"
)

// servicePatch is a merge patch of a serviceBody.
type servicePatch struct{}

// Schema is huma's way to describe a type.
func (servicePatch) Schema(r huma.Registry) *huma.Schema { return patchOf(r, typeFor[serviceBody]()) }

type reviseServiceInput struct {
	ID string `path:"id" doc:"The service's id."`
	IfMatchInput
}

func (a *API) routePatchService(s *Server) {
	s.whole(typeFor[serviceBody]())
	routeBody(s, operation{
		id:       "reviseService",
		method:   http.MethodPatch,
		path:     "/v1/services/{id}",
		tag:      tagServices,
		signedIn: true,
		patches:  true,
		summary:  "Change a service",
		about: "A manager's right. An RFC 7396 merge patch of the body of POST /v1/places/{id}/services. " +
			"What is booked already keeps the price and the time it was booked with.",
		faults: []*fault.Error{
			catalog.ErrServiceNotFound,
			catalog.ErrServiceStale,
			catalog.ErrRetired,
			catalog.ErrDiscoveryOnly,
			ErrIfMatchRequired,
		},
		example: map[string]any{"price": map[string]any{"amount": 3000}, "description": "加量不加价"},
	}, a.reviseService)
	route(s, operation{
		id:       "retireService",
		method:   http.MethodDelete,
		path:     "/v1/services/{id}",
		tag:      tagServices,
		status:   http.StatusNoContent,
		signedIn: true,
		summary:  "Take a service off the list",
		about: "A manager's right. It is not sold any more; bookings of it stand, and reading it still works. Retiring it again changes " +
			"nothing.",
		faults: []*fault.Error{catalog.ErrServiceNotFound, catalog.ErrServiceStale, ErrIfMatchRequired},
	}, a.retireService)
}

func (a *API) reviseService(ctx context.Context, c *call, in *reviseServiceInput, _ *servicePatch) (*serviceOutput, error) {
	v, _, err := a.Catalog.Service(ctx, c.actor, catalog.ServiceID(in.ID))
	if err != nil {
		return nil, err
	}
	if !matchesVersion(in.IfMatch, v.Version) {
		return nil, in.refuseVersion(func(version int64) error {
			_, err := a.Catalog.ReviseService(ctx, c.actor, v.ID, version, catalog.Offer{})
			return err
		})
	}
	var body serviceBody
	if _, err := c.merge(editableService(&v), &body); err != nil {
		return nil, err
	}
	o := body.parse()
	actor, err := c.admit(o)
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
		PriceTo:    renderSome(v.PriceTo),
		Bookable:   v.Bookable,
		Capacity:   v.Capacity,
		PerPerson:  v.PerPerson,
		Step:       minutes(v.Step),
		AtHome:     renderHome(v.AtHome),
		Attributes: v.Attributes,
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

func (a *API) retireService(ctx context.Context, c *call, in *reviseServiceInput) (*empty, error) {
	v, _, err := a.Catalog.Service(ctx, c.actor, catalog.ServiceID(in.ID))
	if err != nil {
		return nil, err
	}
	if !matchesVersion(in.IfMatch, v.Version) {
		return &empty{}, in.refuseVersion(func(version int64) error {
			_, err := a.Catalog.RetireService(ctx, c.actor, v.ID, version)
			return err
		})
	}
	_, err = a.Catalog.RetireService(ctx, c.actor, v.ID, v.Version)
	return &empty{}, err
}

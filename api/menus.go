package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
)

// menuBody is many services at once.
type menuBody struct {
	Services []serviceBody `json:"services" maxItems:"500" doc:"In the order in which they are listed."`
}

type menu struct {
	Services []service `json:"services"`
}

type menuOutput struct{ Body menu }

func (a *API) routeMenus(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "createServices",
		Method:   http.MethodPost,
		Path:     "/v1/places/{id}/services/batch",
		Tag:      tagServices,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Summary:  "Put a whole menu on a place's list",
		About:    "A manager's right. All of them or none: every faulty value is named, and nothing is stored.",
		Faults:   []*fault.Error{catalog.ErrPlaceNotFound, catalog.ErrDiscoveryOnly, catalog.ErrTooManyServices, catalog.ErrMerchantClosed},
		Example: menuBody{
			[]serviceBody{{Name: "牛肉面", Section: "面", Price: amount{2800, "CNY"}}, {Name: "馄饨", Section: "面", Price: amount{1800, "CNY"}}},
		},
	}, a.createServices)
}

func (a *API) createServices(ctx context.Context, c *rest.Call, in *createServiceInput, body *menuBody) (*menuOutput, error) {
	offers := parseMenu(body.Services)
	actor, err := c.Admit(catalog.Menu{Name: "services", Offers: offers})
	if err != nil {
		return nil, err
	}
	key, err := c.Key("services.create_many", in.Place, body)
	if err != nil {
		return nil, err
	}
	list, err := a.Catalog.AddServices(ctx, actor, catalog.PlaceID(in.Place), offers, key)
	if err != nil {
		return nil, err
	}
	return &menuOutput{menu{renderServices(list)}}, nil
}

func parseMenu(bodies []serviceBody) []catalog.Offer {
	var offers []catalog.Offer
	for i := range bodies {
		offers = append(offers, bodies[i].parse())
	}
	return offers
}

package api

import (
	"context"
	"net/http"

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

func (a *API) routeMenus(s *Server) {
	routeBody(s, operation{
		id:       "createServices",
		method:   http.MethodPost,
		path:     "/v1/places/{id}/services/batch",
		tag:      tagServices,
		status:   http.StatusCreated,
		signedIn: true,
		creates:  true,
		summary:  "Put a whole menu on a place's list",
		about:    "A manager's right. All of them or none: every faulty value is named, and nothing is stored.",
		faults:   []*fault.Error{catalog.ErrPlaceNotFound, catalog.ErrDiscoveryOnly, catalog.ErrTooManyServices},
		example: menuBody{
			[]serviceBody{{Name: "牛肉面", Section: "面", Price: amount{2800, "CNY"}}, {Name: "馄饨", Section: "面", Price: amount{1800, "CNY"}}},
		},
	}, a.createServices)
}

func (a *API) createServices(ctx context.Context, c *call, in *createServiceInput, body *menuBody) (*menuOutput, error) {
	offers := parseMenu(body.Services)
	actor, err := c.admit(catalog.Menu{Name: "services", Offers: offers})
	if err != nil {
		return nil, err
	}
	key, err := c.key("services.create_many", in.Place, body)
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

package api

import (
	"context"
	"net/http"

	"corner/catalog"
	"corner/fault"
	"corner/identity"
)

func (a *API) routeRelease(s *Server) {
	route(s, operation{
		id:       "releasePlace",
		method:   http.MethodDelete,
		path:     "/v1/places/{id}/claim",
		tag:      tagPlaces,
		status:   http.StatusNoContent,
		signedIn: true,
		summary:  "Take a claimed place from its merchant",
		about: "An operator's right, for a place that the wrong one claimed: it is nobody's again and can be claimed. What was booked " +
			"stays with who took the booking.",
		faults: []*fault.Error{identity.ErrOperatorsOnly, catalog.ErrPlaceNotFound, catalog.ErrDraftNotReleased},
	}, a.releasePlace)
}

func (a *API) releasePlace(ctx context.Context, c *call, in *placeInput) (*empty, error) {
	_, err := a.Catalog.ReleasePlace(ctx, c.actor, catalog.PlaceID(in.ID))
	return &empty{}, err
}

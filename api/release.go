package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/identity"
)

func (a *API) routeRelease(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID:       "releasePlace",
		Method:   http.MethodDelete,
		Path:     "/v1/places/{id}/claim",
		Tag:      tagPlaces,
		Status:   http.StatusNoContent,
		SignedIn: true,
		Summary:  "Take a claimed place from its merchant",
		About: "An operator's right, for a place that the wrong one claimed: it is nobody's again and can be claimed. A claim that it stood on is " +
			"refused: what was changed since is taken back, and who claimed it does not get it again. What was booked goes with the place.",
		Faults: []*fault.Error{identity.ErrOperatorsOnly, catalog.ErrPlaceNotFound, catalog.ErrDraftNotReleased},
	}, a.releasePlace)
}

func (a *API) releasePlace(ctx context.Context, c *rest.Call, in *placeInput) (*rest.Empty, error) {
	_, err := a.Catalog.ReleasePlace(ctx, c.Actor, catalog.PlaceID(in.ID))
	return &rest.Empty{}, err
}

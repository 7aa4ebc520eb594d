package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/fault"
	"corner/identity"
)

type roleBody struct {
	Role     string   `json:"role" enum:"counter,manager,owner,finance,marketing" doc:"counter confirms visits and reads bookings; manager also edits places and services and cancels bookings; owner also decides who has which role; finance reads bookings and visits; marketing edits names, texts and photos." example:"manager"`
	PlaceIDs []string `json:"place_ids,omitempty" maxItems:"200" doc:"Places of the business at which the role holds; left out: at all. Not for owners." example:"[\"plc_01kay3c4zq8v0e5t7m2r9x6b1d\"]"`
}

type staff struct {
	UserID   string    `json:"user_id" example:"usr_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Role     string    `json:"role" enum:"counter,manager,owner,finance,marketing" example:"counter"`
	PlaceIDs []string  `json:"place_ids,omitzero" doc:"The places at which the role holds, of those that the business has now; left out: at all."`
	Phone    string    `json:"phone" doc:"E.164; empty for who has lost the number to somebody else." example:"+8613900139000"`
	Since    time.Time `json:"since" doc:"When the role was given."`
}

type staffList struct {
	Staff      []staff `json:"staff"`
	NextCursor *string `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type staffPageInput struct {
	Merchant string `path:"id" doc:"The merchant's id."`
	rest.PageInput
}

type memberInput struct {
	Merchant string `path:"id" doc:"The merchant's id."`
	User     string `path:"user_id" doc:"The user's id."`
	FactorInput
}

type staffListOutput struct{ Body staffList }

func (a *API) routeStaff(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "listStaff", Method: http.MethodGet, Path: "/v1/merchants/{id}/staff", Tag: tagMerchants, SignedIn: true,
		Summary: "Who works here", About: "An owner's right.",
		Faults: []*fault.Error{identity.ErrMerchantNotFound},
	}, a.staff)
	rest.RouteBody(s, rest.Operation{
		ID:       "changeRole",
		Method:   http.MethodPut,
		Path:     "/v1/merchants/{id}/staff/{user_id}",
		Tag:      tagMerchants,
		Status:   http.StatusNoContent,
		SignedIn: true,
		Summary:  "Give somebody who works here another role",
		About:    "An owner's right. The role holds at place_ids only, or without them at all places. The last owner stays one. Who does not work here yet is invited.",
		Faults:   stepUp(identity.ErrMerchantNotFound, identity.ErrStaffNotFound, identity.ErrLastOwner),
		Example:  roleBody{Role: "manager"},
	}, a.changeRole)
	rest.Route(s, rest.Operation{
		ID:       "dismissStaff",
		Method:   http.MethodDelete,
		Path:     "/v1/merchants/{id}/staff/{user_id}",
		Tag:      tagMerchants,
		Status:   http.StatusNoContent,
		SignedIn: true,
		Summary:  "Take somebody's role away",
		About:    "An owner's right, and everybody's for himself. The last owner stays.",
		Faults:   stepUp(identity.ErrMerchantNotFound, identity.ErrStaffNotFound, identity.ErrLastOwner),
	}, a.dismiss)
}

func (a *API) changeRole(ctx context.Context, c *rest.Call, in *memberInput, body *roleBody) (*rest.Empty, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	if actor, err = a.Accounts.StepUp(ctx, actor, in.Factor); err != nil {
		return nil, err
	}
	role, _ := identity.ParseRole(body.Role)
	return &rest.Empty{}, a.Accounts.ChangeRole(
		ctx,
		actor,
		identity.MerchantID(in.Merchant),
		identity.UserID(in.User),
		role,
		branches(body.PlaceIDs),
	)
}

func (a *API) staff(ctx context.Context, c *rest.Call, in *staffPageInput) (*staffListOutput, error) {
	after := in.After(c, "usr")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Accounts.Staff(ctx, actor, identity.MerchantID(in.Merchant), identity.UserID(after), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &staffListOutput{staffList{Staff: []staff{}}}
	list, out.Body.NextCursor = rest.More(in.PageInput, list, func(m *identity.Staff) string { return string(m.User) })
	for _, m := range list {
		out.Body.Staff = append(out.Body.Staff, renderStaff(m))
	}
	return out, nil
}

func (a *API) dismiss(ctx context.Context, c *rest.Call, in *memberInput) (*rest.Empty, error) {
	actor, err := a.Accounts.StepUp(ctx, c.Actor, in.Factor)
	if err != nil {
		return nil, err
	}
	return &rest.Empty{}, a.Accounts.Dismiss(ctx, actor, identity.MerchantID(in.Merchant), identity.UserID(in.User))
}

func renderStaff(m identity.Staff) staff {
	return staff{UserID: string(m.User), Role: m.Role.String(), PlaceIDs: placeIDs(m.Branches), Phone: m.Phone, Since: m.Since}
}

// branches is where a role is to hold; without a list, everywhere.
func branches(ids []string) identity.Branches {
	at := identity.Branches{Limited: ids != nil}
	for _, id := range ids {
		at.Places = append(at.Places, identity.PlaceID(id))
	}
	return at
}

// placeIDs is nil for everywhere.
func placeIDs(at identity.Branches) []string {
	if !at.Limited {
		return nil
	}
	ids := []string{}
	for _, id := range at.Places {
		ids = append(ids, string(id))
	}
	return ids
}

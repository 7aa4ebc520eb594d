package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/fault"
	"corner/identity"
)

type invitationBody struct {
	Phone    string   `json:"phone" minLength:"1" doc:"E.164. Whoever has it, with an account or not." example:"+8613900139000"`
	Role     string   `json:"role" enum:"counter,manager,owner,finance,marketing" doc:"What they are asked to be." example:"counter"`
	PlaceIDs []string `json:"place_ids,omitempty" maxItems:"200" doc:"Places of the business at which the role is to hold; left out: at all. Not for owners." example:"[\"plc_01kay3c4zq8v0e5t7m2r9x6b1d\"]"`
}

type invitation struct {
	ID        string     `json:"id" example:"inv_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Merchant  merchantID `json:"merchant"`
	Phone     string     `json:"phone" doc:"E.164." example:"+8613900139000"`
	Role      string     `json:"role" enum:"counter,manager,owner,finance,marketing" example:"counter"`
	PlaceIDs  []string   `json:"place_ids,omitzero" doc:"The places at which the role is to hold; left out: at all."`
	State     string     `json:"state" enum:"open,accepted,declined,withdrawn,expired" example:"open"`
	Told      bool       `json:"told" doc:"A message was sent to the phone. Without it, the invitation is seen after signing in all the same."`
	UserID    *string    `json:"user_id" doc:"Who accepted; null before." example:"usr_01kay3c4zq8v0e5t7m2r9x6b1d"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt time.Time  `json:"expires_at" doc:"Until when it can be accepted: seven days."`
}

type merchantID struct {
	ID   string `json:"id" example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name string `json:"name" example:"老王面馆"`
}

type invitationList struct {
	Invitations []invitation `json:"invitations"`
	NextCursor  *string      `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type inviteInput struct {
	Merchant string `path:"id" doc:"The merchant's id."`
	FactorInput
	rest.KeyInput
}

type merchantInvitationsInput struct {
	Merchant string `path:"id" doc:"The merchant's id."`
	rest.PageInput
}

type withdrawInput struct {
	Merchant   string `path:"id" doc:"The merchant's id."`
	Invitation string `path:"invitation_id" doc:"The invitation's id."`
}

type invitationInput struct {
	ID string `path:"id" doc:"The invitation's id."`
}

type invitationOutput struct{ Body invitation }

type invitationListOutput struct{ Body invitationList }

func (a *API) routeInvitations(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "invite",
		Method:   http.MethodPost,
		Path:     "/v1/merchants/{id}/invitations",
		Tag:      tagMerchants,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Summary:  "Ask somebody to work here",
		About: "An owner's right. A message goes to the phone, in the language of Accept-Language; whoever has the phone accepts or " +
			"declines within seven days. It takes the place of an open invitation for the same phone.",
		Faults:  stepUp(identity.ErrMerchantNotFound, identity.ErrAlreadyStaff, identity.ErrTooManyInvitations),
		Example: invitationBody{Phone: "+8613900139000", Role: "counter"},
	}, a.invite)
	rest.Route(s, rest.Operation{
		ID: "listMerchantInvitations", Method: http.MethodGet, Path: "/v1/merchants/{id}/invitations", Tag: tagMerchants, SignedIn: true,
		Summary: "Whom this business has asked", About: "An owner's right. All of them, the newest first, with what came of it.",
		Faults: []*fault.Error{identity.ErrMerchantNotFound},
	}, a.merchantInvitations)
	rest.Route(s, rest.Operation{
		ID:       "withdrawInvitation",
		Method:   http.MethodDelete,
		Path:     "/v1/merchants/{id}/invitations/{invitation_id}",
		Tag:      tagMerchants,
		Status:   http.StatusNoContent,
		SignedIn: true,
		Summary:  "Take an invitation back",
		About:    "An owner's right. One that was declined or has run out stays as it is.",
		Faults:   []*fault.Error{identity.ErrMerchantNotFound, identity.ErrInvitationNotFound, identity.ErrInvitationAccepted},
	}, a.withdraw)
	rest.Route(s, rest.Operation{
		ID: "listInvitations", Method: http.MethodGet, Path: "/v1/invitations", Tag: tagMerchants, SignedIn: true,
		Summary: "Who asks you to work for them", About: "The open invitations for your phone, the newest first.",
	}, a.myInvitations)
	rest.Route(s, rest.Operation{
		ID:       "acceptInvitation",
		Method:   http.MethodPost,
		Path:     "/v1/invitations/{id}/acceptance",
		Tag:      tagMerchants,
		SignedIn: true,
		Summary:  "Accept an invitation",
		About:    "You have the role at once. Accepting again changes nothing.",
		Faults: []*fault.Error{
			identity.ErrInvitationNotFound,
			identity.ErrInvitationExpired,
			identity.ErrInvitationWithdrawn,
			identity.ErrInvitationDeclined,
		},
	}, a.acceptInvitation)
	rest.Route(s, rest.Operation{
		ID:       "declineInvitation",
		Method:   http.MethodDelete,
		Path:     "/v1/invitations/{id}",
		Tag:      tagMerchants,
		Status:   http.StatusNoContent,
		SignedIn: true,
		Summary:  "Decline an invitation",
		About:    "One that was withdrawn or has run out stays as it is.",
		Faults:   []*fault.Error{identity.ErrInvitationNotFound, identity.ErrInvitationAccepted},
	}, a.declineInvitation)
}

func (a *API) invite(ctx context.Context, c *rest.Call, in *inviteInput, body *invitationBody) (*invitationOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	if actor, err = a.Accounts.StepUp(ctx, actor, in.Factor); err != nil {
		return nil, err
	}
	role, _ := identity.ParseRole(body.Role)
	key, err := c.Key("invitations.create", in.Merchant, body)
	if err != nil {
		return nil, err
	}
	v, err := a.Accounts.Invite(
		ctx,
		actor,
		identity.MerchantID(in.Merchant),
		body.Phone,
		role,
		branches(body.PlaceIDs),
		identity.Language(c.Language),
		key,
	)
	if err != nil {
		return nil, err
	}
	return &invitationOutput{renderInvitation(v, a.Now())}, nil
}

func (a *API) merchantInvitations(ctx context.Context, c *rest.Call, in *merchantInvitationsInput) (*invitationListOutput, error) {
	before := in.After(c, "inv")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Accounts.MerchantInvitations(ctx, actor, identity.MerchantID(in.Merchant), identity.InvitationID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	return a.renderInvitations(in.PageInput, list), nil
}

func (a *API) withdraw(ctx context.Context, c *rest.Call, in *withdrawInput) (*rest.Empty, error) {
	return &rest.Empty{}, a.Accounts.Withdraw(ctx, c.Actor, identity.MerchantID(in.Merchant), identity.InvitationID(in.Invitation))
}

func (a *API) myInvitations(ctx context.Context, c *rest.Call, in *rest.PageInput) (*invitationListOutput, error) {
	before := in.After(c, "inv")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Accounts.MyInvitations(ctx, actor, identity.InvitationID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	return a.renderInvitations(*in, list), nil
}

func (a *API) acceptInvitation(ctx context.Context, c *rest.Call, in *invitationInput) (*invitationOutput, error) {
	v, err := a.Accounts.Accept(ctx, c.Actor, identity.InvitationID(in.ID))
	if err != nil {
		return nil, err
	}
	return &invitationOutput{renderInvitation(v, a.Now())}, nil
}

func (a *API) declineInvitation(ctx context.Context, c *rest.Call, in *invitationInput) (*rest.Empty, error) {
	return &rest.Empty{}, a.Accounts.Decline(ctx, c.Actor, identity.InvitationID(in.ID))
}

func (a *API) renderInvitations(in rest.PageInput, list []identity.Invitation) *invitationListOutput {
	out := &invitationListOutput{invitationList{Invitations: []invitation{}}}
	list, out.Body.NextCursor = rest.More(in, list, func(v *identity.Invitation) string { return string(v.ID) })
	for _, v := range list {
		out.Body.Invitations = append(out.Body.Invitations, renderInvitation(v, a.Now()))
	}
	return out
}

func renderInvitation(v identity.Invitation, now time.Time) invitation {
	out := invitation{
		ID: string(v.ID), Merchant: merchantID{string(v.Merchant), v.MerchantName}, Phone: v.Phone, Role: v.Role.String(),
		PlaceIDs: placeIDs(v.Branches),
		State:    string(v.Standing(now)), Told: !v.ToldAt.IsZero(), CreatedAt: v.CreatedAt, ExpiresAt: v.ExpiresAt,
	}
	if v.User != "" {
		user := string(v.User)
		out.UserID = &user
	}
	return out
}

package api

import (
	"context"
	"net/http"
	"time"

	"corner/fault"
	"corner/identity"
)

type invitationBody struct {
	Phone string `json:"phone" minLength:"1" doc:"E.164. Whoever has it, with an account or not." example:"+8613900139000"`
	Role  string `json:"role" enum:"counter,manager,owner" doc:"What they are asked to be." example:"counter"`
}

type invitation struct {
	ID        string     `json:"id" example:"inv_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Merchant  merchantID `json:"merchant"`
	Phone     string     `json:"phone" doc:"E.164." example:"+8613900139000"`
	Role      string     `json:"role" enum:"counter,manager,owner" example:"counter"`
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
	KeyInput
}

type merchantInvitationsInput struct {
	Merchant string `path:"id" doc:"The merchant's id."`
	PageInput
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

func (a *API) routeInvitations(s *Server) {
	routeBody(s, operation{
		id:       "invite",
		method:   http.MethodPost,
		path:     "/v1/merchants/{id}/invitations",
		tag:      tagMerchants,
		status:   http.StatusCreated,
		signedIn: true,
		creates:  true,
		summary:  "Ask somebody to work here",
		about: "An owner's right. A message goes to the phone, in the language of Accept-Language; whoever has the phone accepts or " +
			"declines within seven days. It takes the place of an open invitation for the same phone.",
		faults:  []*fault.Error{identity.ErrMerchantNotFound, identity.ErrAlreadyStaff, identity.ErrTooManyInvitations, identity.ErrSignInAway},
		example: invitationBody{Phone: "+8613900139000", Role: "counter"},
	}, a.invite)
	route(s, operation{
		id: "listMerchantInvitations", method: http.MethodGet, path: "/v1/merchants/{id}/invitations", tag: tagMerchants, signedIn: true,
		summary: "Whom this business has asked", about: "An owner's right. All of them, the newest first, with what came of it.",
		faults: []*fault.Error{identity.ErrMerchantNotFound},
	}, a.merchantInvitations)
	route(s, operation{
		id:       "withdrawInvitation",
		method:   http.MethodDelete,
		path:     "/v1/merchants/{id}/invitations/{invitation_id}",
		tag:      tagMerchants,
		status:   http.StatusNoContent,
		signedIn: true,
		summary:  "Take an invitation back",
		about:    "An owner's right. One that was declined or has run out stays as it is.",
		faults:   []*fault.Error{identity.ErrMerchantNotFound, identity.ErrInvitationNotFound, identity.ErrInvitationAccepted},
	}, a.withdraw)
	route(s, operation{
		id: "listInvitations", method: http.MethodGet, path: "/v1/invitations", tag: tagMerchants, signedIn: true,
		summary: "Who asks you to work for them", about: "The open invitations for your phone, the newest first.",
	}, a.myInvitations)
	route(s, operation{
		id:       "acceptInvitation",
		method:   http.MethodPost,
		path:     "/v1/invitations/{id}/acceptance",
		tag:      tagMerchants,
		signedIn: true,
		summary:  "Accept an invitation",
		about:    "You have the role at once. Accepting again changes nothing.",
		faults: []*fault.Error{
			identity.ErrInvitationNotFound,
			identity.ErrInvitationExpired,
			identity.ErrInvitationWithdrawn,
			identity.ErrInvitationDeclined,
		},
	}, a.acceptInvitation)
	route(s, operation{
		id:       "declineInvitation",
		method:   http.MethodDelete,
		path:     "/v1/invitations/{id}",
		tag:      tagMerchants,
		status:   http.StatusNoContent,
		signedIn: true,
		summary:  "Decline an invitation",
		about:    "One that was withdrawn or has run out stays as it is.",
		faults:   []*fault.Error{identity.ErrInvitationNotFound, identity.ErrInvitationAccepted},
	}, a.declineInvitation)
}

func (a *API) invite(ctx context.Context, c *call, in *inviteInput, body *invitationBody) (*invitationOutput, error) {
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	role, _ := identity.ParseRole(body.Role)
	key, err := c.key("invitations.create", in.Merchant, body)
	if err != nil {
		return nil, err
	}
	v, err := a.Accounts.Invite(ctx, actor, identity.MerchantID(in.Merchant), body.Phone, role, identity.Language(c.language), key)
	if err != nil {
		return nil, err
	}
	return &invitationOutput{renderInvitation(v, a.Now())}, nil
}

func (a *API) merchantInvitations(ctx context.Context, c *call, in *merchantInvitationsInput) (*invitationListOutput, error) {
	before := in.after(c, "inv")
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Accounts.MerchantInvitations(ctx, actor, identity.MerchantID(in.Merchant), identity.InvitationID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	return a.renderInvitations(in.PageInput, list), nil
}

func (a *API) withdraw(ctx context.Context, c *call, in *withdrawInput) (*empty, error) {
	return &empty{}, a.Accounts.Withdraw(ctx, c.actor, identity.MerchantID(in.Merchant), identity.InvitationID(in.Invitation))
}

func (a *API) myInvitations(ctx context.Context, c *call, in *PageInput) (*invitationListOutput, error) {
	before := in.after(c, "inv")
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Accounts.MyInvitations(ctx, actor, identity.InvitationID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	return a.renderInvitations(*in, list), nil
}

func (a *API) acceptInvitation(ctx context.Context, c *call, in *invitationInput) (*invitationOutput, error) {
	v, err := a.Accounts.Accept(ctx, c.actor, identity.InvitationID(in.ID))
	if err != nil {
		return nil, err
	}
	return &invitationOutput{renderInvitation(v, a.Now())}, nil
}

func (a *API) declineInvitation(ctx context.Context, c *call, in *invitationInput) (*empty, error) {
	return &empty{}, a.Accounts.Decline(ctx, c.actor, identity.InvitationID(in.ID))
}

func (a *API) renderInvitations(in PageInput, list []identity.Invitation) *invitationListOutput {
	out := &invitationListOutput{invitationList{Invitations: []invitation{}}}
	list, out.Body.NextCursor = more(in, list, func(v *identity.Invitation) string { return string(v.ID) })
	for _, v := range list {
		out.Body.Invitations = append(out.Body.Invitations, renderInvitation(v, a.Now()))
	}
	return out
}

func renderInvitation(v identity.Invitation, now time.Time) invitation {
	out := invitation{
		ID: string(v.ID), Merchant: merchantID{string(v.Merchant), v.MerchantName}, Phone: v.Phone, Role: v.Role.String(),
		State: string(v.Standing(now)), Told: !v.ToldAt.IsZero(), CreatedAt: v.CreatedAt, ExpiresAt: v.ExpiresAt,
	}
	if v.User != "" {
		user := string(v.User)
		out.UserID = &user
	}
	return out
}

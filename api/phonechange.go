package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/identity"
)

type phoneBody struct {
	Phone          string `json:"phone" minLength:"1" doc:"The new number." example:"+8613900139000"`
	ChallengeID    string `json:"challenge_id" minLength:"1" doc:"Of a code that was sent to the new number, by POST /v1/auth/codes." example:"chl_kr5cjzsn3qd2mv7wepxh4aygbt"`
	Code           string `json:"code" minLength:"1" doc:"That code." example:"123456"`
	OldChallengeID string `json:"old_challenge_id,omitempty" doc:"Of a code that was sent to the number before. Who has a second factor may leave both away, and waits for three days." example:"chl_zr5cjzsn3qd2mv7wepxh4aygbt"`
	OldCode        string `json:"old_code,omitempty" doc:"That code." example:"654321"`
}

func (a *API) routePhoneChange(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "changePhone",
		Method:   http.MethodPost,
		Path:     "/v1/me/phone",
		Tag:      tagDevices,
		SignedIn: true,
		Summary:  "Change my phone number",
		About: "At once if codes confirm both numbers. With a second factor the number before may be left away: then the change waits for three days, " +
			"is shown in GET /v1/me, and can be withdrawn. Open invitations are those of the number.",
		Faults: stepUp(identity.ErrCodeInvalid, identity.ErrOldCodeInvalid, identity.ErrTooManyTries,
			identity.ErrPhoneTaken, identity.ErrPhoneUnchanged),
		Example: phoneBody{
			Phone: "+8613900139000", ChallengeID: "chl_kr5cjzsn3qd2mv7wepxh4aygbt", Code: "123456",
			OldChallengeID: "chl_zr5cjzsn3qd2mv7wepxh4aygbt", OldCode: "654321",
		},
	}, a.changePhone)
	rest.Route(s, rest.Operation{
		ID: "withdrawPhone", Method: http.MethodDelete, Path: "/v1/me/phone", Tag: tagDevices, SignedIn: true, Status: http.StatusNoContent,
		Summary: "Withdraw a change of my phone number that waits", About: "Without one, nothing happens.",
	}, a.withdrawPhone)
}

func (a *API) changePhone(ctx context.Context, c *rest.Call, in *FactorInput, body *phoneBody) (*meOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	if actor, err = a.Accounts.StepUp(ctx, actor, in.Factor); err != nil {
		return nil, err
	}
	u, err := a.Accounts.ChangePhone(ctx, actor, identity.PhoneChange{
		Phone: body.Phone, Challenge: identity.ChallengeID(body.ChallengeID), Code: body.Code,
		OldChallenge: identity.ChallengeID(body.OldChallengeID), OldCode: body.OldCode, Address: c.Address,
	})
	if err != nil {
		return nil, err
	}
	return meAnswer(&u, actor), nil
}

func (a *API) withdrawPhone(ctx context.Context, c *rest.Call, _ *rest.Empty) (*rest.Empty, error) {
	return &rest.Empty{}, a.Accounts.WithdrawPhone(ctx, c.Actor)
}

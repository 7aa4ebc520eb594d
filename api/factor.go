package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/fault"
	"corner/identity"
)

// FactorInput is how a call shows a second factor beside what it is about.
type FactorInput struct {
	Factor string `header:"Factor" maxLength:"32" doc:"A code of your second factor, if you have one and this session has not shown it within ten minutes." example:"492039"`
}

// stepUp is what a call that asks for the second factor can answer beside the given faults.
func stepUp(faults ...*fault.Error) []*fault.Error {
	return append(faults, identity.ErrFactorNeeded, identity.ErrFactorInvalid, identity.ErrTooManyFailures, identity.ErrSignInAway)
}

type factorBody struct {
	Code string `json:"code" minLength:"1" maxLength:"32" doc:"What the app shows now, or a recovery code." example:"492039"`
}

// settingBody begins a second factor, or with a code turns it on.
type settingBody struct {
	Code string `json:"code,omitempty" maxLength:"32" doc:"The first code that the app shows. Leave it out to begin." example:"492039"`
}

type enrolment struct {
	Secret        string   `json:"secret,omitempty" doc:"For an authenticator app, typed in: base32, of RFC 6238 with SHA-1, six digits, 30 s. Without a code." example:"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"`
	URI           string   `json:"uri,omitempty" doc:"The same, for a QR code. Without a code." example:"otpauth://totp/Corner:+8613800138000?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Corner&algorithm=SHA1&digits=6&period=30"`
	RecoveryCodes []string `json:"recovery_codes,omitempty" doc:"Ten, each good once in place of a code of the app. They are shown this once. With a code." example:"[\"k5hq2-m7zd4\", \"c3wvx-6tyna\"]"`
}

type enrolmentOutput struct{ Body enrolment }

type recovery struct {
	RecoveryCodes []string `json:"recovery_codes" doc:"Ten, each good once in place of a code of the app. They are shown this once." example:"[\"k5hq2-m7zd4\", \"c3wvx-6tyna\"]"`
}

type recoveryOutput struct{ Body recovery }

func (a *API) routeFactor(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "setUpFactor",
		Method:   http.MethodPost,
		Path:     "/v1/me/factor",
		Tag:      tagDevices,
		SignedIn: true,
		Optional: true,
		Summary:  "Set up a second factor",
		About: "Without a code, answers what an authenticator app wants; nothing is asked for yet, and a new call replaces it. With the app's first " +
			"code, turns it on, and answers recovery codes, to be kept on paper.",
		Faults:  factorFaults(identity.ErrFactorOn),
		Example: settingBody{Code: "492039"},
	}, a.setUpFactor)
	rest.RouteBody(s, rest.Operation{
		ID: "checkFactor", Method: http.MethodPost, Path: "/v1/me/factor/check", Tag: tagDevices, SignedIn: true, Status: http.StatusNoContent,
		Summary: "Show the second factor", About: "For ten minutes this session is not asked for it again.",
		Faults:  factorFaults(),
		Example: factorBody{Code: "492039"},
	}, a.checkFactor)
	rest.RouteBody(s, rest.Operation{
		ID: "renewRecoveryCodes", Method: http.MethodPost, Path: "/v1/me/factor/recovery-codes", Tag: tagDevices, SignedIn: true,
		Summary: "New recovery codes", About: "Those before are good no more.",
		Faults:  factorFaults(),
		Example: factorBody{Code: "492039"},
	}, a.renewRecovery)
	rest.Route(s, rest.Operation{
		ID: "removeFactor", Method: http.MethodDelete, Path: "/v1/me/factor", Tag: tagDevices, SignedIn: true, Status: http.StatusNoContent,
		Summary: "Remove the second factor",
		About:   "Needs a code of it in the header Factor, whatever the session has shown; one that was not turned on yet needs none.",
		Faults:  factorFaults(),
	}, a.removeFactor)
}

func factorFaults(more ...*fault.Error) []*fault.Error {
	return append(more, identity.ErrFactorNotFound, identity.ErrFactorInvalid, identity.ErrTooManyFailures, identity.ErrSignInAway)
}

func (a *API) setUpFactor(ctx context.Context, c *rest.Call, _ *rest.Empty, body *settingBody) (*enrolmentOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	if body.Code == "" {
		e, err := a.Accounts.BeginFactor(ctx, actor)
		return &enrolmentOutput{enrolment{Secret: e.Secret, URI: e.URI}}, err
	}
	codes, err := a.Accounts.ConfirmFactor(ctx, actor, body.Code)
	return &enrolmentOutput{enrolment{RecoveryCodes: codes}}, err
}

func (a *API) checkFactor(ctx context.Context, c *rest.Call, _ *rest.Empty, body *factorBody) (*rest.Empty, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	return &rest.Empty{}, a.Accounts.CheckFactor(ctx, actor, body.Code)
}

func (a *API) renewRecovery(ctx context.Context, c *rest.Call, _ *rest.Empty, body *factorBody) (*recoveryOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	codes, err := a.Accounts.RenewRecovery(ctx, actor, body.Code)
	return &recoveryOutput{recovery{codes}}, err
}

func (a *API) removeFactor(ctx context.Context, c *rest.Call, in *FactorInput) (*rest.Empty, error) {
	return &rest.Empty{}, a.Accounts.RemoveFactor(ctx, c.Actor, in.Factor)
}

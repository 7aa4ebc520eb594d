package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/fault"
	"corner/identity"
)

type codeBody struct {
	Phone       string `json:"phone" minLength:"1" doc:"E.164: + and the country code." example:"+8613800138000"`
	DeviceID    string `json:"device_id,omitempty" doc:"What the app calls the phone it runs on: 8 to 64 letters, digits and . _ -, random, made once and kept." example:"b1946ac92492d2347c6235b4d2611184"`
	DeviceToken string `json:"device_token,omitempty" doc:"The device_token of an earlier sign-in on this phone. Who shows it cannot be locked out by strangers who use up the number's limits." example:"dt_example"`
}

type challenge struct {
	ChallengeID string `json:"challenge_id" doc:"What the code belongs to: send it with the code. Several of one phone live beside each other." example:"chl_kr5cjzsn3qd2mv7wepxh4aygbt"`
	ExpiresIn   int64  `json:"expires_in" doc:"Seconds the code lives." example:"300"`
}

type challengeOutput struct{ Body challenge }

type tokenBody struct {
	ChallengeID string `json:"challenge_id" minLength:"1" doc:"As the answer had it when the code was sent." example:"chl_kr5cjzsn3qd2mv7wepxh4aygbt"`

	Phone string `json:"phone" minLength:"1" doc:"The phone the code was sent to." example:"+8613800138000"`
	Code  string `json:"code" minLength:"1" doc:"The one-time code." example:"123456"`

	Factor string `json:"factor,omitempty" maxLength:"32" doc:"A code of your second factor, or a recovery code, where the answer was identity.factor_required." example:"492039"`

	NewAccount bool `json:"new_account,omitempty" doc:"The number is new to you, and its account before has a second factor: opens an account of your own, if that one was silent for 180 days." example:"false"`

	DeviceID    string `json:"device_id,omitempty" doc:"As with the code. Your session before on the same device ends." example:"b1946ac92492d2347c6235b4d2611184"`
	DeviceName  string `json:"device_name,omitempty" doc:"For you to know the device by, at most 60 characters." example:"小王的手机"`
	DeviceToken string `json:"device_token,omitempty" doc:"The device_token of an earlier sign-in on this phone. Who shows it cannot be locked out by strangers who use up the number's limits." example:"dt_example"`
}

type refreshBody struct {
	RefreshToken string `json:"refresh_token" minLength:"1" doc:"The newest refresh token." example:"rt_example"`
}

type tokens struct {
	AccessToken  string `json:"access_token" doc:"A JWT for the Authorization header; its keys are at /.well-known/jwks.json." example:"eyJhbGciOiJFUzI1NiJ9.e30.c2ln"`
	RefreshToken string `json:"refresh_token" doc:"Good once, for the next tokens. A phone that lost that answer may ask again within a minute." example:"rt_example"`
	DeviceToken  string `json:"device_token" doc:"Keep it on this phone, also after signing out, and show it when you sign in again. It opens nothing." example:"dt_example"`
	TokenType    string `json:"token_type" enum:"Bearer" doc:"How to send it."`
	ExpiresIn    int64  `json:"expires_in" doc:"Seconds the access token lives." example:"900"`
	UserID       string `json:"user_id" doc:"Who has signed in." example:"usr_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Device       string `json:"device" doc:"This sign-in, as GET /v1/devices lists it." example:"ses_01kay3c4zq8v0e5t7m2r9x6b1d"`
}

type tokensOutput struct{ Body tokens }

type keySet struct {
	Keys []key `json:"keys" doc:"The key that signs now comes first."`
}

// key is a JWK (RFC 7517) of a P-256 key.
type key struct {
	Kty string `json:"kty" example:"EC"`
	Crv string `json:"crv" example:"P-256"`
	Alg string `json:"alg" example:"ES256"`
	Use string `json:"use" example:"sig"`
	Kid string `json:"kid" doc:"RFC 7638 thumbprint." example:"9zJ0Fg2pQm1Rk4sT7vXyB3nC5dE8hL6aW0uIoPqMjKs"`
	X   string `json:"x" example:"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"`
	Y   string `json:"y" example:"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"`
}

type keySetOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         keySet
}

func (a *API) routeSignIn(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:      "createCode",
		Method:  http.MethodPost,
		Path:    "/v1/auth/codes",
		Tag:     tagSignIn,
		SignsIn: true,
		Status:  http.StatusAccepted,
		Summary: "Send a one-time code",
		About: "Sends a code to the phone, whether it is known or not. It lives five minutes and may be tried five times; a newer one leaves it " +
			"alive. There are limits per address, phone, device and country, and in all; a device_token spares a phone that is known those " +
			"that strangers can use up.",
		Faults:  []*fault.Error{identity.ErrTooManyCodes, identity.ErrNoGateway, identity.ErrMessagesStopped, identity.ErrSignInAway},
		Example: codeBody{Phone: "+8613800138000"},
	}, a.createCode)
	rest.RouteBody(s, rest.Operation{
		ID:      "createTokens",
		Method:  http.MethodPost,
		Path:    "/v1/auth/tokens",
		Tag:     tagSignIn,
		SignsIn: true,
		Creates: true,
		Summary: "Sign in with a code",
		About: "Who signs in for the first time gets an account, and so does, on a phone that shows no device_token, whoever comes with a number " +
			"that nobody came with for 180 days: numbers are given to new people. Who has a second factor is asked for it on a phone that shows no device_token of " +
			"theirs: the answer is identity.factor_required, and the same code is good with a factor beside it.",
		Faults: []*fault.Error{
			identity.ErrCodeInvalid,
			identity.ErrFactorRequired,
			identity.ErrFactorInvalid,
			identity.ErrTooManyTries,
			identity.ErrTooManyFailures,
			identity.ErrSignInAway,
		},
		Example: tokenBody{ChallengeID: "chl_kr5cjzsn3qd2mv7wepxh4aygbt", Phone: "+8613800138000", Code: "123456"},
	}, a.createTokens)
	rest.RouteBody(s, rest.Operation{
		ID:      "refreshTokens",
		Method:  http.MethodPost,
		Path:    "/v1/auth/tokens/refresh",
		Tag:     tagSignIn,
		SignsIn: true,
		Summary: "Exchange the refresh token for new tokens",
		About:   "The refresh token changes at every use. An old one, shown again, ends the session.",
		Faults:  []*fault.Error{identity.ErrTokenInvalid},
		Example: refreshBody{RefreshToken: "rt_example"},
	}, a.refreshTokens)
	rest.Route(s, rest.Operation{
		ID: "getKeys", Method: http.MethodGet, Path: "/.well-known/jwks.json", Tag: tagSignIn, Open: true,
		Summary: "The keys that access tokens are signed with", About: "An RFC 7517 key set, for servers that check access tokens themselves.",
	}, a.keys)
}

func (a *API) createCode(ctx context.Context, c *rest.Call, _ *rest.Empty, body *codeBody) (*challengeOutput, error) {
	if _, err := c.Admit(); err != nil {
		return nil, err
	}
	id, err := a.Accounts.SendCode(ctx, identity.CodeRequest{
		Phone: body.Phone, Address: c.Address, DeviceID: body.DeviceID, DeviceToken: body.DeviceToken,
	})
	if err != nil {
		return nil, err
	}
	return &challengeOutput{challenge{ChallengeID: string(id), ExpiresIn: int64(identity.CodeFor.Seconds())}}, nil
}

func (a *API) createTokens(ctx context.Context, c *rest.Call, _ *rest.KeyInput, body *tokenBody) (*tokensOutput, error) {
	if _, err := c.Admit(); err != nil {
		return nil, err
	}
	t, err := a.Accounts.SignIn(ctx, identity.SignInRequest{
		Challenge: identity.ChallengeID(body.ChallengeID), Phone: body.Phone, Code: body.Code, Factor: body.Factor, Anew: body.NewAccount,
		Device:      identity.Device{ID: body.DeviceID, Name: body.DeviceName},
		DeviceToken: body.DeviceToken, Address: c.Address, Token: c.Token,
	})
	if err != nil {
		return nil, err
	}
	return &tokensOutput{renderTokens(t)}, nil
}

func (a *API) refreshTokens(ctx context.Context, c *rest.Call, _ *rest.Empty, body *refreshBody) (*tokensOutput, error) {
	if _, err := c.Admit(); err != nil {
		return nil, err
	}
	t, err := a.Accounts.Refresh(ctx, body.RefreshToken)
	if err != nil {
		return nil, err
	}
	return &tokensOutput{renderTokens(t)}, nil
}

func renderTokens(t identity.Tokens) tokens {
	return tokens{
		AccessToken: t.Access, RefreshToken: t.Refresh, DeviceToken: t.Device, TokenType: "Bearer",
		ExpiresIn: int64(t.ExpiresIn.Seconds()), UserID: string(t.User), Device: string(t.Session),
	}
}

func (a *API) keys(context.Context, *rest.Call, *rest.Empty) (*keySetOutput, error) {
	// Shorter than an access token lives, so that a new key is known before it matters.
	out := &keySetOutput{CacheControl: "public, max-age=300"}
	for _, k := range a.Accounts.Keys.Public() {
		out.Body.Keys = append(out.Body.Keys, key{Kty: "EC", Crv: "P-256", Alg: "ES256", Use: "sig", Kid: k.ID, X: k.X, Y: k.Y})
	}
	return out, nil
}

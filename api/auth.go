package api

import (
	"context"
	"strings"

	"corner/identity"
)

// maxToken is more than any token of ours has, in bytes.
const maxToken = 4096

// actor says who a header speaks for. A bad token is refused even where none is
// needed: the phone must learn that it has to refresh.
func (a *API) actor(ctx context.Context, header string) (identity.Actor, error) {
	scheme, token, _ := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > maxToken {
		return identity.Actor{}, identity.ErrTokenInvalid
	}
	return a.Accounts.Actor(ctx, token)
}

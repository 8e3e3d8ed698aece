package platform

import (
	"context"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// Account returns the signed-in user with the stores they may open.
func (s Session) Account(ctx context.Context) (api.Account, error) {
	return get[api.Account](ctx, s, "/api/auth/me")
}

// SignOut ends the session.
func (s Session) SignOut(ctx context.Context) error {
	return s.client.do(ctx, http.MethodPost, "/api/auth/logout", s.token, nil, nil)
}

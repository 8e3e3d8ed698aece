package platform

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// CustomApps returns a page of the apps that a store made for itself, by name.
func (s Session) CustomApps(ctx context.Context, storeID int64, page, limit int) (out api.List[api.CustomApp], err error) {
	path := fmt.Sprintf("%s?page=%d&limit=%d", customApps(storeID), page, limit)
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// CustomApp returns one app of a store.
func (s Session) CustomApp(ctx context.Context, storeID, appID int64) (api.CustomApp, error) {
	return get[api.CustomApp](ctx, s, customApp(storeID, appID))
}

// CreateCustomApp makes an app that is installed at once. Its secrets are in
// this answer and in no other.
func (s Session) CreateCustomApp(ctx context.Context, storeID int64, in api.CustomAppInput) (api.CustomAppCreated, error) {
	return call[api.CustomAppCreated](ctx, s, http.MethodPost, customApps(storeID), in)
}

// UpdateCustomApp changes an app at once.
func (s Session) UpdateCustomApp(ctx context.Context, storeID, appID int64, in api.CustomAppInput) (api.CustomApp, error) {
	return call[api.CustomApp](ctx, s, http.MethodPut, customApp(storeID, appID), in)
}

// RegenerateToken ends an app's access token and returns the next.
func (s Session) RegenerateToken(ctx context.Context, storeID, appID int64) (api.CustomAppToken, error) {
	return call[api.CustomAppToken](ctx, s, http.MethodPost, customApp(storeID, appID)+"/regenerate-token", nil)
}

// RotateSecret ends an app's client secret and returns the next.
func (s Session) RotateSecret(ctx context.Context, storeID, appID int64) (api.RotatedSecret, error) {
	return call[api.RotatedSecret](ctx, s, http.MethodPost, customApp(storeID, appID)+"/rotate-secret", nil)
}

// DeleteCustomApp removes an app with its access.
func (s Session) DeleteCustomApp(ctx context.Context, storeID, appID int64) (api.Uninstalled, error) {
	return call[api.Uninstalled](ctx, s, http.MethodDelete, customApp(storeID, appID), nil)
}

func customApps(storeID int64) string { return fmt.Sprintf("/api/stores/%d/custom-apps", storeID) }

func customApp(storeID, appID int64) string {
	return fmt.Sprintf("%s/%d", customApps(storeID), appID)
}

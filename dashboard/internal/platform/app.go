package platform

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/selorax/sandbox/platform/api"
)

// Marketplace lists the apps that a store may install.
func (s Session) Marketplace(ctx context.Context, storeID int64) ([]api.MarketplaceApp, error) {
	return get[[]api.MarketplaceApp](ctx, s, fmt.Sprintf("/api/apps/marketplace?store_id=%d", storeID))
}

// MarketplaceApp returns one listed app with its state in a store.
func (s Session) MarketplaceApp(ctx context.Context, storeID int64, slug string) (api.MarketplaceApp, error) {
	return get[api.MarketplaceApp](ctx, s, fmt.Sprintf("/api/apps/marketplace/%s?store_id=%d", url.PathEscape(slug), storeID))
}

// Installations lists the apps that are installed on a store.
func (s Session) Installations(ctx context.Context, storeID int64) ([]api.InstalledApp, error) {
	return get[[]api.InstalledApp](ctx, s, fmt.Sprintf("/api/apps/installations?store_id=%d", storeID))
}

// Extensions lists what the apps of a store show, with what it is made of.
func (s Session) Extensions(ctx context.Context, storeID int64) ([]api.PlacedExtension, error) {
	return get[[]api.PlacedExtension](ctx, s, fmt.Sprintf("/api/apps/extensions?store_id=%d", storeID))
}

// Places lists which extensions the apps of a store show, and where; browsers
// ask for what they are made of.
func (s Session) Places(ctx context.Context, storeID int64) ([]api.ExtensionPlace, error) {
	return get[[]api.ExtensionPlace](ctx, s, fmt.Sprintf("/api/apps/extensions/places?store_id=%d", storeID))
}

// SaveSettings changes what a store has set for an extension.
func (s Session) SaveSettings(ctx context.Context, storeID, appID int64, extensionID string, values map[string]any) error {
	path := fmt.Sprintf("/api/apps/extensions/%s/settings?store_id=%d&app_id=%d", url.PathEscape(extensionID), storeID, appID)
	_, err := call[api.ExtensionSettings](ctx, s, http.MethodPut, path, map[string]any{"settings": values})
	return err
}

// Uninstall removes an app from its store.
func (s Session) Uninstall(ctx context.Context, installationID int64) (api.Uninstalled, error) {
	return call[api.Uninstalled](ctx, s, http.MethodPost, fmt.Sprintf("/api/apps/installations/%d/uninstall", installationID), nil)
}

// ConsentRequest returns an app's request that waits for the merchant.
func (s Session) ConsentRequest(ctx context.Context, id string) (api.ConsentRequest, error) {
	return get[api.ConsentRequest](ctx, s, "/api/apps/oauth/requests/"+url.PathEscape(id))
}

// Decide answers a consent request with "install" or "cancel".
func (s Session) Decide(ctx context.Context, id, decision string) (api.ConsentOutcome, error) {
	return call[api.ConsentOutcome](ctx, s, http.MethodPost, "/api/apps/oauth/requests/"+url.PathEscape(id)+"/decision",
		api.ConsentDecision{Decision: decision})
}

// EmbedParams returns the signed URL of an app's frame.
func (s Session) EmbedParams(ctx context.Context, appID, storeID int64) (api.EmbedParams, error) {
	return get[api.EmbedParams](ctx, s, fmt.Sprintf("/api/apps/session/embed-params?app_id=%d&store_id=%d", appID, storeID))
}

package platform

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// Versions lists the sets of extensions that an own app has deployed, the
// oldest first.
func (s Session) Versions(ctx context.Context, appID int64) ([]api.ExtensionVersion, error) {
	return get[[]api.ExtensionVersion](ctx, s, fmt.Sprintf("/api/apps/%d/extensions/versions", appID))
}

// Rollback makes an earlier version of an own app's extensions the active one.
func (s Session) Rollback(ctx context.Context, appID int64, version int) (api.Deployed, error) {
	return call[api.Deployed](ctx, s, http.MethodPost, fmt.Sprintf("/api/apps/%d/extensions/rollback", appID), api.RollbackRequest{Version: version})
}

package platform

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// PrivacyRequests returns a page of what a store's apps were asked to do about
// personal data, newest first.
func (s Session) PrivacyRequests(ctx context.Context, storeID int64, q Query) (out api.List[api.PrivacyRequest], err error) {
	path := fmt.Sprintf("%s?%s", privacyRequests(storeID), q.encode())
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// AskPrivacy sends a privacy request to the apps of a store.
func (s Session) AskPrivacy(ctx context.Context, storeID int64, in api.NewPrivacyRequest) (api.PrivacyRequest, error) {
	return call[api.PrivacyRequest](ctx, s, http.MethodPost, privacyRequests(storeID), in)
}

func privacyRequests(storeID int64) string {
	return fmt.Sprintf("/api/stores/%d/privacy-requests", storeID)
}

package platform

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// Record returns a store's own record.
func (s Session) Record(ctx context.Context, storeID int64) (api.Store, error) {
	return get[api.Store](ctx, s, fmt.Sprintf("/api/stores/%d", storeID))
}

// UpdateRecord changes the given fields of a store.
func (s Session) UpdateRecord(ctx context.Context, storeID int64, in api.StoreUpdate) (api.Store, error) {
	return call[api.Store](ctx, s, http.MethodPut, fmt.Sprintf("/api/stores/%d", storeID), in)
}

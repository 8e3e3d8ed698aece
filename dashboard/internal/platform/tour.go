package platform

import (
	"context"
	"fmt"

	"github.com/selorax/sandbox/platform/api"
)

// Tour returns the steps of the tour, with those that happened on a store. It
// is for developers.
func (s Session) Tour(ctx context.Context, storeID int64) ([]api.TourStep, error) {
	return get[[]api.TourStep](ctx, s, fmt.Sprintf("/api/sandbox/tour?store_id=%d", storeID))
}

package platform

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

const inspectorPath = "/api/sandbox/inspector"

// Seen returns a page of what the platform saw lately of a store, and of what
// belongs to none. It is for developers.
func (s Session) Seen(ctx context.Context, storeID int64, q Query) (out api.List[api.InspectorEntry], err error) {
	path := fmt.Sprintf("%s?store_id=%d&%s", inspectorPath, storeID, q.encode())
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// SeenLately returns the last half hour of the inspector in figures.
func (s Session) SeenLately(ctx context.Context, storeID int64) (api.InspectorSummary, error) {
	return get[api.InspectorSummary](ctx, s, fmt.Sprintf("%s/summary?store_id=%d", inspectorPath, storeID))
}

// SeenEntry returns an entry with what went over the wire.
func (s Session) SeenEntry(ctx context.Context, seq int64) (api.InspectorDetail, error) {
	return get[api.InspectorDetail](ctx, s, inspectorPath+"/"+strconv.FormatInt(seq, 10))
}

// ClearSeen forgets every entry that the user may see.
func (s Session) ClearSeen(ctx context.Context) error {
	_, err := call[api.InspectorCleared](ctx, s, http.MethodDelete, inspectorPath, nil)
	return err
}

// NoteBridge adds messages between an app's page and the dashboard.
func (s Session) NoteBridge(ctx context.Context, storeID int64, in api.InspectorBridge) error {
	_, err := call[struct{}](ctx, s, http.MethodPost, inspectorPath+"/bridge?"+url.Values{"store_id": {strconv.FormatInt(storeID, 10)}}.Encode(), in)
	return err
}

package platform

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/selorax/sandbox/platform/api"
)

// Messages returns a page of what the apps of a store have sent, by a channel
// or, if that is empty, by any.
func (s Session) Messages(ctx context.Context, storeID int64, channel string, q Query) (out api.List[api.InboxMessage], err error) {
	path := fmt.Sprintf("/api/stores/%d/messages?%s", storeID, q.encode())
	if channel != "" {
		path += "&channel=" + url.QueryEscape(channel)
	}
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

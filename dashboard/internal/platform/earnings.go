package platform

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// OwnApps returns the apps that the user develops.
func (s Session) OwnApps(ctx context.Context) (out api.List[api.PortalApp], err error) {
	return out, s.client.do(ctx, http.MethodGet, "/api/apps/development?limit=250", s.token, nil, &out)
}

// Earnings returns what an own app has earned from one day to another, both in
// the form 2026-11-23; an empty one leaves the choice to the platform.
func (s Session) Earnings(ctx context.Context, appID int64, from, to string) (api.Earnings, error) {
	return get[api.Earnings](ctx, s, fmt.Sprintf("/api/apps/%d/earnings?%s", appID, days(from, to)))
}

// Statement returns a page of an own app's books, newest first.
func (s Session) Statement(ctx context.Context, appID int64, page, limit int) (out api.List[api.StatementEntry], err error) {
	path := fmt.Sprintf("/api/apps/%d/statement?page=%d&limit=%d", appID, page, limit)
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// StatementCSV writes an own app's whole statement to w, with the headers that
// make it a download.
func (s Session) StatementCSV(ctx context.Context, appID int64, w http.ResponseWriter) error {
	req, err := s.client.request(ctx, http.MethodGet, fmt.Sprintf("/api/apps/%d/statement.csv", appID), s.token, nil)
	if err != nil {
		return err
	}
	resp, err := s.client.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
		return refusal(resp, body)
	}
	for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Length", "Cache-Control"} {
		if value := resp.Header.Get(name); value != "" {
			w.Header().Set(name, value)
		}
	}
	_, _ = io.Copy(w, resp.Body) // the browser has gone, or the platform: it sees a download that was cut off
	return nil
}

// Revenue returns what the platform has kept of all apps' sales.
func (s Session) Revenue(ctx context.Context, from, to string) (api.PlatformRevenue, error) {
	return get[api.PlatformRevenue](ctx, s, "/api/apps/revenue?"+days(from, to))
}

func days(from, to string) string {
	if from == "" {
		return ""
	}
	return "from=" + from + "&to=" + to
}

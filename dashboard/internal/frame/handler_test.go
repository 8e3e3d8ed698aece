package frame

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

// TestHandler asks as a page would, and as someone else might.
func TestHandler(t *testing.T) {
	t.Parallel()
	app := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(app.Close)
	resolve := func(_ *http.Request, storeID, appID int64) (string, error) {
		switch {
		case storeID == 22 && appID == 1:
			return app.URL, nil
		case storeID == 22 && appID == 7:
			return "", errors.New("connection refused")
		case storeID == 1:
			return "", ErrSignedOut
		}
		return "", ErrNotInstalled
	}
	for name, test := range map[string]struct {
		method, query string
		status        int
		want          string // state or code
	}{
		"installed":         {"GET", "store_id=22&app_id=1", 200, Answering},
		"not installed":     {"GET", "store_id=22&app_id=2", 404, api.CodeNotInstalled},
		"not their store":   {"GET", "store_id=24&app_id=1", 404, api.CodeNotInstalled},
		"signed out":        {"GET", "store_id=1&app_id=1", 401, api.CodeSessionRequired},
		"platform is down":  {"GET", "store_id=22&app_id=7", 502, api.CodeInternal},
		"no app":            {"GET", "store_id=22", 400, api.CodeValidation},
		"negative":          {"GET", "store_id=-22&app_id=1", 400, api.CodeValidation},
		"address for an id": {"GET", "store_id=22&app_id=http://127.0.0.1/", 400, api.CodeValidation},
		"post":              {"POST", "store_id=22&app_id=1", 405, api.CodeMethodNotAllowed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := Handler{Prober: Prober{DashboardOrigin: dashboardOrigin}, Resolve: resolve, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), test.method, "/frame/probe?"+test.query, nil))
			var got struct{ State, Code string }
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if w.Code != test.status || got.State+got.Code != test.want {
				t.Errorf("got %d %+v, want %d %s", w.Code, got, test.status, test.want)
			}
			if cache := w.Header().Get("Cache-Control"); cache != "no-store" {
				t.Errorf("Cache-Control is %q", cache)
			}
		})
	}
}

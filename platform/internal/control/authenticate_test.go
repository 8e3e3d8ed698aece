package control

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/web"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func newService(t *testing.T) *Service {
	t.Helper()
	d := dbtest.New(t)
	d.Clock.Restore(clock.State{Frozen: &noon})
	apptest.Seed(t, d)
	return &Service{DB: d, Key: strings.Repeat("0a", 32), Version: "test"}
}

// ask requests the status, changed as the case wants.
func ask(t *testing.T, s *Service, change func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	router := web.NewRouter(slog.New(slog.NewTextHandler(t.Output(), nil)))
	router.Control = s.Authenticate
	s.Routes(router)
	r := httptest.NewRequest(http.MethodGet, "/_sandbox/status", nil)
	r.RemoteAddr = "127.0.0.1:4321"
	r.Header.Set(api.HeaderControlKey, s.Key)
	change(r)
	w := httptest.NewRecorder()
	router.Handler().ServeHTTP(w, r)
	return w
}

func TestStatus(t *testing.T) {
	t.Parallel()
	s := newService(t)
	w := ask(t, s, func(*http.Request) {})
	var got api.Envelope[api.SandboxStatus]
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	want := api.SandboxStatus{Version: "test", BusinessTime: api.Time{Time: noon}, Frozen: true, Stores: 2}
	if diff := cmp.Diff(want, got.Data); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhoMayControl(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, c := range map[string]struct {
		change func(*http.Request)
		status int
		code   string
	}{
		"the key":           {func(*http.Request) {}, 200, ""},
		"over IPv6":         {func(r *http.Request) { r.RemoteAddr = "[::1]:9" }, 200, ""},
		"no key":            {func(r *http.Request) { r.Header.Del(api.HeaderControlKey) }, 401, api.CodeMissingToken},
		"wrong key":         {func(r *http.Request) { r.Header.Set(api.HeaderControlKey, "0"+s.Key[1:]+"0") }, 401, api.CodeInvalidToken},
		"short key":         {func(r *http.Request) { r.Header.Set(api.HeaderControlKey, s.Key[:10]) }, 401, api.CodeInvalidToken},
		"from the network":  {func(r *http.Request) { r.RemoteAddr = "192.168.1.20:9" }, 403, api.CodeForbidden},
		"from nowhere":      {func(r *http.Request) { r.RemoteAddr = "" }, 403, api.CodeForbidden},
		"from a web page":   {func(r *http.Request) { r.Header.Set("Origin", "http://admin.selorax.localhost:5080") }, 403, api.CodeForbidden},
		"from a sandbox":    {func(r *http.Request) { r.Header.Set("Origin", "null") }, 403, api.CodeForbidden},
		"no key, a browser": {func(r *http.Request) { r.Header.Del(api.HeaderControlKey); r.Header.Set("Origin", "http://x.test") }, 403, api.CodeForbidden},
	} {
		w := ask(t, s, c.change)
		var e api.Error
		_ = json.Unmarshal(w.Body.Bytes(), &e)
		if w.Code != c.status || e.Code != c.code {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

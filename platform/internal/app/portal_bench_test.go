package app_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Who calls.
const (
	ada      = "ada"      // a developer
	ben      = "ben"      // another one
	merchant = "merchant" // without the role
)

// bench is a portal on a database with two stores, whose clock stands still
// until it is advanced.
type bench struct {
	t      *testing.T
	db     *db.DB
	portal *app.Portal
	http   http.Handler
	log    bytes.Buffer
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, db: dbtest.New(t)}
	start := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	b.db.Clock.Restore(clock.State{Frozen: &start})
	apptest.Seed(t, b.db)
	dbtest.Exec(t, b.db, `INSERT INTO account (id, name, email, password_hash, roles, created_ms) VALUES (2, 'Ben', 'b@example.com', 'x', 'developer', 1)`)
	q := queuetest.New(t, b.db)
	b.portal = &app.Portal{
		DB: b.db, Apps: app.Apps{Box: apptest.Box(t), PublicURL: "http://api.test"}, Writes: idempotency.Writes{DB: b.db},
		Timer: &timer.Timer{DB: b.db, Queue: q, Busy: []func(*db.Tx) (int, error){app.Busy}},
	}
	b.portal.Register(q)
	queuetest.Run(t, q)
	router := web.NewRouter(slog.New(slog.NewTextHandler(&b.log, nil)))
	callers := map[string]web.Caller{
		ada:      {Name: "Ada", UserID: 1, Stores: []int64{apptest.StoreID}, Roles: []string{api.RoleDeveloper}},
		ben:      {Name: "Ben", UserID: 2, Roles: []string{api.RoleMerchant, api.RoleDeveloper}},
		merchant: {Name: "Mina", UserID: 1, Stores: []int64{apptest.StoreID}, Roles: []string{api.RoleMerchant}},
	}
	router.User = func(r *http.Request) (web.Caller, error) {
		if c, ok := callers[r.Header.Get("X-As")]; ok {
			return c, nil
		}
		return web.Caller{}, problem.Unauthorized(api.CodeMissingToken, "Who are you?")
	}
	b.portal.Routes(router)
	b.http = router.Handler()
	return b
}

// do makes a request and returns the status with the body.
func (b *bench) do(as, method, path string, body any) (int, []byte) {
	b.t.Helper()
	var text bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&text).Encode(body); err != nil {
			b.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, path, &text)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-As", as)
	w := httptest.NewRecorder()
	b.http.ServeHTTP(w, r)
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		b.t.Errorf("%s %s may be stored: %q", method, path, got)
	}
	return w.Code, w.Body.Bytes()
}

// get reads the data of an answer with the status 200 or 201.
func get[T any](b *bench, as, method, path string, body any) (v T) {
	b.t.Helper()
	status, text := b.do(as, method, path, body)
	var envelope api.Envelope[T]
	if err := json.Unmarshal(text, &envelope); err != nil || status > http.StatusCreated {
		b.t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
	return envelope.Data
}

// refused reads an error, which must have the status.
func (b *bench) refused(want int, as, method, path string, body any) (e api.Error) {
	b.t.Helper()
	status, text := b.do(as, method, path, body)
	if err := json.Unmarshal(text, &e); err != nil || status != want || e.Code == "" {
		b.t.Errorf("%s %s as %s: %d %s, want %d", method, path, as, status, text, want)
	}
	return e
}

// fields is a body for POST /api/apps: the least that is needed, changed.
func fields(change map[string]any) map[string]any {
	body := map[string]any{
		"name": "Order Notes", "redirect_urls": []string{"https://notes.example.com/cb"}, "requested_scopes": []string{"read_orders"},
	}
	maps.Copy(body, change)
	return body
}

func (b *bench) create(as string, change map[string]any) api.RegisteredApp {
	b.t.Helper()
	return get[api.RegisteredApp](b, as, http.MethodPost, "/api/apps", fields(change))
}

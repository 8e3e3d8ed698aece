package sandbox

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/web"
)

// control makes a call of the control API and reads its answer.
func control[T any](t *testing.T, s *Service, want int, method, path string, body any) T {
	t.Helper()
	s.Apps = app.Apps{Box: s.Box, PublicURL: "http://api.localhost"}
	router := web.NewRouter(slog.New(slog.NewTextHandler(t.Output(), nil)))
	router.Control = s.Authenticate
	s.Routes(router)
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(text))
	r.RemoteAddr = "127.0.0.1:4321"
	r.Header.Set(api.HeaderControlKey, s.Credentials.ControlKey)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	router.Handler().ServeHTTP(w, r)
	var out T
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != want {
		t.Fatalf("%s %s: %d %s, want %d", method, path, w.Code, w.Body, want)
	}
	return out
}

func orderNotes(change map[string]any) map[string]any {
	body := map[string]any{"name": "Order Notes", "redirect_urls": []string{"http://localhost:3000/cb"}, "requested_scopes": []string{"read:orders"}}
	for name, value := range change {
		body[name] = value
	}
	return body
}

func TestRegisteredAppsWorkAtOnce(t *testing.T) {
	t.Parallel()
	s := seeded(t, noon)
	made := control[api.Envelope[api.SandboxRegistered]](t, s, 201, http.MethodPost, "/_sandbox/apps", orderNotes(nil)).Data
	if made.AppID != 3 || made.Slug != "order-notes" || made.ReviewStatus != api.ReviewApproved || !made.IsListed {
		t.Errorf("got %+v", made.App)
	}
	authenticates := func(secret string) bool {
		return s.DB.Read(t.Context(), func(tx *db.Tx) error {
			_, err := s.Apps.Authenticate(tx, made.ClientID, secret)
			return err
		}) == nil
	}
	if !authenticates(made.ClientSecret) {
		t.Error("its credentials do not work")
	}
	if owner := dbtest.Value[string](t, s.DB, `SELECT a.email FROM account a JOIN app ON app.owner_id = a.id WHERE app.id = 3`); owner != "developer@selorax.example" {
		t.Errorf("it belongs to %s", owner)
	}
	if list := control[api.Envelope[[]api.App]](t, s, 200, http.MethodGet, "/_sandbox/apps", nil).Data; len(list) != 3 || list[2].Slug != "order-notes" {
		t.Errorf("list: %+v", list)
	}
	if one := control[api.Envelope[api.App]](t, s, 200, http.MethodGet, "/_sandbox/apps/order-notes", nil).Data; one.ClientID != made.ClientID {
		t.Errorf("one: %+v", one)
	}
	fresh := control[api.Envelope[api.RotatedSecret]](t, s, 200, http.MethodPost, "/_sandbox/apps/order-notes/rotate-secret", nil).Data
	if authenticates(made.ClientSecret) || !authenticates(fresh.ClientSecret) {
		t.Error("the secret was not rotated")
	}
}

func TestADraftIsLeftToTheReview(t *testing.T) {
	t.Parallel()
	s := seeded(t, noon)
	made := control[api.Envelope[api.SandboxRegistered]](t, s, 201, http.MethodPost, "/_sandbox/apps", orderNotes(map[string]any{"draft": true})).Data
	if made.ReviewStatus != api.ReviewDraft || made.IsListed {
		t.Errorf("got %+v", made.App)
	}
}

func TestRegisterRefusals(t *testing.T) {
	t.Parallel()
	s := seeded(t, noon)
	for name, c := range map[string]struct {
		change map[string]any
		status int
		says   string
	}{
		"unknown field": {map[string]any{"redirect_uls": 1}, 400, "did you mean redirect_urls?"},
		"unknown scope": {map[string]any{"requested_scopes": []string{"read:order"}}, 400, "did you mean read:orders?"},
		"taken slug":    {map[string]any{"slug": "restock"}, 409, "restock-2 is free"},
	} {
		e := control[api.Error](t, s, c.status, http.MethodPost, "/_sandbox/apps", orderNotes(c.change))
		if !strings.Contains(e.Message, c.says) {
			t.Errorf("%s: %s", name, e.Message)
		}
	}
	for _, c := range [][2]string{{http.MethodGet, "/_sandbox/apps/nope"}, {http.MethodPost, "/_sandbox/apps/nope/rotate-secret"}} {
		if e := control[api.Error](t, s, 404, c[0], c[1], nil); e.Code != api.CodeNotFound {
			t.Errorf("%v: %+v", c, e)
		}
	}
	if n := dbtest.Value[int](t, s.DB, `SELECT COUNT(*) FROM app`); n != 2 {
		t.Errorf("%d apps", n)
	}
}

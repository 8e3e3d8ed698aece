package restock

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// roundTrip is the way to the platform as a test wants it.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// through sends the app's calls to the platform another way, without waits
// between attempts. It is for tests that call the app directly.
func (h *harness) through(way roundTrip) {
	changed := *h.app.Platform
	changed.HTTP = &http.Client{Transport: way}
	changed.Sleep = func(context.Context, time.Duration) error { return nil }
	h.app.Platform = &changed
}

func isRefresh(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/oauth/token") }

// accessToken is what the app would call the platform with.
func (h *harness) accessToken(storeID int64) string {
	h.Helper()
	held, err := h.app.load(h.Context(), storeID)
	if err != nil {
		h.Fatal(err)
	}
	return held.Access
}

// A merchant who closes the page while a refresh runs must not take the new
// tokens along: the old refresh token has been used up.
func TestRefreshOutlivesItsCaller(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	before := h.accessToken(22)
	h.pass(24 * time.Hour)
	ctx, leave := context.WithCancel(t.Context())
	h.through(func(r *http.Request) (*http.Response, error) {
		leave()
		return http.DefaultTransport.RoundTrip(r)
	})
	if _, err := h.app.refresh(ctx, 22, before); err != nil {
		t.Fatal(err)
	}
	if after := h.accessToken(22); after == before {
		t.Error("the refreshed tokens are lost")
	}
}

// Tokens that arrive from a refresh do not replace those of an installation
// that happened meanwhile.
func TestInstallationWinsOverRefresh(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	old, err := h.app.load(t.Context(), 22)
	if err != nil {
		t.Fatal(err)
	}
	h.install(22)
	want := h.accessToken(22)
	got, err := h.app.replace(t.Context(), 22, old, selorax.Token{StoreID: 22, AccessToken: "late", RefreshToken: "late", Life: time.Hour})
	if err != nil || got.Access != want || h.accessToken(22) != want {
		t.Errorf("refreshed to %q, stored %q, want %q: %v", got.Access, h.accessToken(22), want, err)
	}
	if err := h.app.drop(t.Context(), 22, old); err != nil || h.accessToken(22) != want {
		t.Errorf("a refusal of old tokens removed the new ones: %v", err)
	}
}

// A refresh ahead of time that fails costs nothing: the old token still works.
func TestOldTokenUntilItExpires(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	before := h.accessToken(22)
	h.pass(24*time.Hour - refreshEarly)
	tried := 0
	h.through(func(r *http.Request) (*http.Response, error) {
		if isRefresh(r) {
			tried++
			return nil, errors.New("the platform restarts")
		}
		return http.DefaultTransport.RoundTrip(r)
	})
	var used []string
	err := h.app.withToken(t.Context(), 22, func(accessToken string) error {
		used = append(used, accessToken)
		_, err := h.app.Platform.Store(t.Context(), accessToken)
		return err
	})
	if err != nil || len(used) != 1 || used[0] != before || tried == 0 {
		t.Errorf("called with %v, want %q once, after trying to refresh (%d times): %v", used, before, tried, err)
	}
}

// Nothing is written for a store without the app, not even where no page would
// show it.
func TestNoTraceWithoutInstallation(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.webhook("e1", "order.created", 22, noon)
	h.install(22)
	h.webhook("e2", "order.created", 22, noon)
	h.webhook("e3", "app.uninstalled", 22, noon.Add(time.Minute))
	h.webhook("e4", "order.created", 22, noon.Add(2*time.Minute))
	var rows, left int
	if err := h.app.DB.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM event`).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	if err := h.app.DB.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM store WHERE uninstalled_ms = ? AND
		COALESCE(tokens, refresh_at_ms, installed_ms, granted_ms) IS NULL`, noon.Add(time.Minute).UnixMilli()).Scan(&left); err != nil {
		t.Fatal(err)
	}
	if rows != 0 || left != 1 {
		t.Errorf("%d events are left and %d stores with the time of the uninstall alone", rows, left)
	}
	for _, path := range []string{"/api/overview", "/api/events"} {
		if got := h.get(path, "X-Session-Token", h.session(22)); got.status != http.StatusConflict || !strings.Contains(got.body, "not_installed") {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

func TestCopyIsTold(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	for _, want := range []string{outcomeStored, outcomeDuplicate, outcomeDuplicate} {
		if got := h.webhook("e1", "order.created", 22, noon); got.status != http.StatusOK || !strings.Contains(got.body, want) {
			t.Errorf("%d %s, want %q", got.status, got.body, want)
		}
	}
}

// The page asks every two seconds and gets a body only when there is news.
func TestOnlyNewsHasABody(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.webhook("e1", "order.created", 22, noon)
	ask := func(tag string) answerTo {
		return h.get("/api/events", "X-Session-Token", h.session(22), "If-None-Match", tag)
	}
	first := ask("")
	tag := first.header.Get("ETag")
	if same := ask(tag); first.status != http.StatusOK || same.status != http.StatusNotModified || same.body != "" {
		t.Errorf("%d %s, then %d %s", first.status, tag, same.status, same.body)
	}
	h.webhook("e2", "order.created", 22, noon)
	if news := ask(tag); news.status != http.StatusOK || news.header.Get("ETag") == tag || !strings.Contains(news.body, `"e2"`) {
		t.Errorf("%d %s", news.status, news.body)
	}
	// The tag of one store is worth nothing with the token of another.
	h.install(24)
	if other := h.get("/api/events", "X-Session-Token", h.session(24), "If-None-Match", tag); other.status != http.StatusOK {
		t.Errorf("another store gets %d", other.status)
	}
}

// contextOf is the test's, with an end of its own.
func contextOf(t *testing.T) (context.Context, context.CancelFunc) {
	return context.WithCancel(t.Context())
}

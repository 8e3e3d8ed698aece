package restock

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shows fails unless a store's page shows exactly these events, newest first.
func (h *harness) shows(storeID int64, want ...string) {
	h.Helper()
	if diff := cmp.Diff(want, h.events(storeID)); diff != "" {
		h.Errorf("events of store %d (-want +got):\n%s", storeID, diff)
	}
}

// send delivers an event and fails unless it is accepted.
func (h *harness) send(id, topic string, storeID int64, at time.Time) {
	h.Helper()
	if a := h.webhook(id, topic, storeID, at); a.status != http.StatusOK {
		h.Errorf("%s %s gets %d %s", topic, id, a.status, a.body)
	}
}

// tick lets a minute pass and returns the new time.
func (h *harness) tick() time.Time {
	h.pass(time.Minute)
	return h.clock()
}

func TestEventShowsOnce(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	first := h.tick()
	h.send("e1", "order.created", 22, first)
	second := h.tick()
	h.send("e2", "order.status_changed", 22, second)
	h.send("e1", "order.created", 22, first)
	h.shows(22, "e2", "e1")
	a := h.get("/api/events", "X-Session-Token", h.session(22))
	if !strings.Contains(a.body, "1042") || !strings.Contains(a.body, "order.status_changed") {
		t.Errorf("the page learns %s", a.body)
	}
}

func TestStoresHaveTheirOwnEvents(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.install(23)
	at := h.tick()
	h.send("e1", "order.created", 22, at)
	h.send("e2", "order.created", 23, at)
	h.shows(22, "e1")
	h.shows(23, "e2")
	h.send("gone", "app.uninstalled", 22, h.tick())
	h.shows(22)
	h.shows(23, "e2")
	if a := h.overview(23); a.status != http.StatusOK {
		t.Errorf("store 23 gets %d after the uninstall of 22", a.status)
	}
}

func TestUninstallLeavesNothing(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	early := h.tick()
	h.send("e1", "order.created", 22, early)
	left := h.tick()
	h.send("gone", "app.uninstalled", 22, left)
	if a := h.overview(22); a.status != http.StatusConflict {
		t.Errorf("the store's page gets %d %s", a.status, a.body)
	}
	var rows, tokens, uninstalled int64
	if err := h.app.DB.QueryRowContext(t.Context(), `SELECT count(*), count(tokens), max(uninstalled_ms) FROM store`).Scan(&rows, &tokens, &uninstalled); err != nil {
		t.Fatal(err)
	}
	if rows != 1 || tokens != 0 || uninstalled != left.UnixMilli() {
		t.Errorf("%d rows with %d tokens, uninstalled at %d", rows, tokens, uninstalled)
	}
	// What comes late, is repeated or pretends to be new finds no installation.
	h.send("e0", "order.updated", 22, early)
	h.send("e1", "order.created", 22, early)
	h.send("e3", "order.created", 22, h.tick())
	h.send("gone", "app.uninstalled", 22, left)
	h.shows(22)
}

func TestReinstallStartsEmpty(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	early := h.tick()
	h.send("e1", "order.created", 22, early)
	left := h.tick()
	h.send("gone", "app.uninstalled", 22, left)
	h.tick()
	h.install(22)
	h.shows(22)
	h.send("e0", "order.updated", 22, early) // a retry of before the uninstall
	h.send("gone", "app.uninstalled", 22, left)
	h.shows(22)
	h.send("e5", "order.created", 22, h.tick())
	h.shows(22, "e5")
	if a := h.overview(22); a.status != http.StatusOK {
		t.Errorf("the store's page gets %d", a.status)
	}
}

// The farewell is only delivered after the merchant has installed again.
func TestFarewellAfterReinstall(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	early := h.tick()
	h.send("e1", "order.created", 22, early)
	left := h.tick()
	h.tick()
	h.install(22)
	fresh := h.tick()
	h.send("e5", "order.created", 22, fresh)
	h.send("gone", "app.uninstalled", 22, left)
	h.send("e2", "order.updated", 22, left.Add(-time.Second))
	h.shows(22, "e5")
	if a := h.overview(22); a.status != http.StatusOK {
		t.Errorf("the new installation lost its tokens: %d %s", a.status, a.body)
	}
}

// Agreeing again to an app that is installed is no new installation.
func TestSecondConsentKeepsEvents(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	early := h.tick()
	h.send("e1", "order.created", 22, early)
	h.tick()
	h.install(22)
	h.send("e2", "order.created", 22, early)
	h.tick()
	h.send("e3", "order.created", 22, h.clock())
	if got := len(h.events(22)); got != 3 {
		t.Errorf("%d events, want 3", got)
	}
}

// The farewell never came: the app learns of the uninstall by its dead tokens.
func TestReinstallAfterRevocation(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	early := h.tick()
	h.send("e1", "order.created", 22, early)
	h.platform.revoke()
	if a := h.overview(22); a.status != http.StatusConflict {
		t.Errorf("%d %s", a.status, a.body)
	}
	h.tick()
	h.install(22)
	h.send("e2", "order.updated", 22, early)
	h.shows(22)
}

func TestStrangersGetNothingStored(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.send("e1", "order.created", 22, h.clock())
	h.send("gone", "app.uninstalled", 22, h.clock())
	h.tick()
	h.install(22)
	h.shows(22)
}

func TestPrivacyTopics(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.send("r1", "customers/data_request", 22, h.tick())
	h.send("r2", "customers/redact", 22, h.clock())
	h.shows(22)
	left := h.tick()
	h.send("gone", "app.uninstalled", 22, left)
	h.pass(48 * time.Hour)
	h.send("r3", "shop/redact", 22, h.clock())
	var rows int
	if err := h.app.DB.QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM store) + (SELECT count(*) FROM event)`).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	if rows != 0 {
		t.Errorf("%d rows are left", rows)
	}
	h.send("late", "order.created", 22, left.Add(-time.Second))
	h.install(22)
	h.shows(22)
}

// A redaction that was under way when the merchant came back is void.
func TestRedactAfterReinstall(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.send("gone", "app.uninstalled", 22, h.tick())
	h.pass(48 * time.Hour)
	ordered := h.clock()
	h.tick()
	h.install(22)
	h.send("r1", "shop/redact", 22, ordered)
	if a := h.overview(22); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestForgeriesAreRefused(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	const body = `{"event_id":"e1","event_topic":"order.created","store_id":22,"timestamp":"2026-01-05T12:00:00.000Z","data":{}}`
	for name, test := range map[string]struct {
		topic, body, secret string
		age                 time.Duration
		want                int
	}{
		"another secret": {"order.created", body, "whsec_other", 0, http.StatusUnauthorized},
		"old":            {"order.created", body, webhookSecret, 301 * time.Second, http.StatusUnauthorized},
		"from tomorrow":  {"order.created", body, webhookSecret, -301 * time.Second, http.StatusUnauthorized},
		"no topic":       {"", body, webhookSecret, 0, http.StatusBadRequest},
		"no JSON":        {"order.created", "hello", webhookSecret, 0, http.StatusBadRequest},
		"too large":      {"order.created", `"` + strings.Repeat("a", 1<<20) + `"`, webhookSecret, 0, http.StatusRequestEntityTooLarge},
	} {
		if a := h.deliver(test.topic, test.body, h.clock().Add(-test.age), test.secret); a.status != test.want {
			t.Errorf("%s: %d %s, want %d", name, a.status, a.body, test.want)
		}
	}
	h.shows(22)
	if a := h.deliver("order.created", body, h.clock().Add(-299*time.Second), webhookSecret); a.status != http.StatusOK {
		t.Errorf("the genuine one gets %d %s", a.status, a.body)
	}
	h.shows(22, "e1")
}

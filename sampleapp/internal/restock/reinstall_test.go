package restock

import (
	"net/http"
	"strings"
	"testing"
)

// An uninstall while the platform is asked leaves nothing of the attempt.
func TestUninstallWhileBuying(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.meanwhile(func() { h.send("gone", "app.uninstalled", 22, h.tick()) })
	h.notInstalled(h.request(http.MethodPost, "/api/shop/report", 22))
	h.tick()
	h.install(22)
	h.platform.decide(1, "cancelled")
	if v := h.standing(22, ""); v.Status != none {
		t.Errorf("%+v", v)
	}
	if v := h.buy(22); v.ConfirmationURL != "/22/settings/apps/billing/2" {
		t.Errorf("%+v", v)
	}
}

// Its late answer does not reach the attempt of the installation after it.
func TestReinstallWhileBuying(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.meanwhile(func() {
		h.send("gone", "app.uninstalled", 22, h.tick())
		h.tick()
		h.install(22)
		h.buy(22)
	})
	h.notInstalled(h.request(http.MethodPost, "/api/shop/report", 22))
	if v := h.standing(22, ""); v.ConfirmationURL != "/22/settings/apps/billing/1" || len(h.platform.charged()) != 2 {
		t.Errorf("%+v", v)
	}
}

// meanwhile runs fn once, while the platform makes the next charge.
func (h *harness) meanwhile(fn func()) {
	h.platform.billingIs(func(b *billing) {
		b.before = func() {
			h.platform.billingIs(func(b *billing) { b.before = nil })
			fn()
		}
	})
}

func (h *harness) notInstalled(a answerTo) {
	h.Helper()
	if a.status != http.StatusConflict || !strings.Contains(a.body, "not_installed") {
		h.Errorf("%d %s", a.status, a.body)
	}
}

// What was paid for before an uninstall is there after a reinstall, and is not
// sold again.
func TestReinstallRestores(t *testing.T) {
	t.Parallel()
	for _, look := range []bool{true, false} {
		h := start(t)
		h.install(22)
		h.buy(22)
		h.tell("e1", "charge.activated", h.platform.decide(1, "active"))
		h.send("gone", "app.uninstalled", 22, h.tick())
		if a := h.request(http.MethodGet, "/api/report", 22); a.status != http.StatusConflict {
			t.Errorf("after the uninstall: %d %s", a.status, a.body)
		}
		h.tick()
		h.install(22)
		if look {
			if v := h.standing(22, ""); v.Status != paid || v.Payment != "" {
				t.Errorf("%+v", v)
			}
		} else if v := h.buy(22); v.Status != paid {
			t.Errorf("%+v", v)
		}
		h.hasReport(22, true)
		if n := len(h.platform.charged()); n != 1 {
			t.Errorf("%d charges", n)
		}
	}
}

// A store whose access ended without a word begins anew.
func TestNewInstallationKeepsNothing(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.buy(22)
	h.directives("mark-reorder", `{"order_id":2201}`)
	h.platform.revoke()
	h.notInstalled(h.overview(22))
	h.tick()
	h.install(22)
	h.marked(22, []mark{})
	if v := h.standing(22, ""); v.Status != none {
		t.Errorf("%+v", v)
	}
}

// The farewell of an uninstall may come after the reinstall: what was written
// before goes, what was written since stays.
func TestLateFarewellKeepsWhatIsNew(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.buy(22)
	left := h.tick()
	h.platform.decide(1, "cancelled")
	h.tick()
	h.install(22)
	h.buy(22)
	h.send("gone", "app.uninstalled", 22, left)
	if v := h.standing(22, ""); v.Status != pending || v.ConfirmationURL != "/22/settings/apps/billing/2" {
		t.Errorf("%+v", v)
	}
	var old int
	if err := h.app.DB.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM purchase WHERE generation < ?`, left.UnixMilli()).Scan(&old); err != nil || old != 0 {
		t.Errorf("%d purchases of the installation before, %v", old, err)
	}
}

package e2e_test

import (
	"context"
	"strings"
	"testing"

	"github.com/selorax/sandbox/e2e/internal/journey"
	"github.com/selorax/sandbox/e2e/internal/programs"
)

// Two sandboxes with names in one browser: each has a session of its own, and
// an app is installed and framed on the hosts of its sandbox.
func TestSideBySideInOneBrowser(t *testing.T) {
	t.Parallel()
	s := begin(t, "--name", "spring")
	var (
		other *programs.Sandbox
		p     *journey.Page
	)
	s.Step("a second sandbox starts beside it", func() {
		var err error
		other, err = programs.Start(context.WithoutCancel(t.Context()), suite.Bin, t.TempDir(), "--name", "summer", "--start-at", "2026-06-01T12:00:00Z")
		s.Must(err)
		t.Cleanup(func() {
			if err := other.Stop(); err != nil {
				t.Error(err)
			}
		})
		if !strings.HasPrefix(s.Sandbox.DashboardURL, "http://admin.spring.selorax.localhost:") ||
			!strings.HasPrefix(other.DashboardURL, "http://admin.summer.selorax.localhost:") {
			t.Errorf("the dashboards are at %s and %s", s.Sandbox.DashboardURL, other.DashboardURL)
		}
	})
	s.Step("the merchant signs in to the first", func() { p = s.signIn(floristMerchant, florist) })
	s.Step("the second does not know the merchant yet", func() {
		p.Goto(other.DashboardURL + path(florist, ""))
		p.See(hook("login-email"))
	})
	s.Step("the merchant signs in to the second too", func() {
		p.Type(hook("login-email"), floristMerchant)
		p.Type(hook("login-password"), other.Login(floristMerchant).Password)
		p.Click(hook("login-submit"))
		p.See(hook("nav-orders"))
	})
	s.Step("the first still has the merchant signed in, and installs Restock", func() {
		p.Goto(s.Sandbox.DashboardURL + path(florist, ""))
		p.See(hook("nav-orders"))
		s.askForRestock(p, florist)
		p.Click(hook("consent-install"))
		s.restockFrame(p, florist)
	})
	s.Step("the second has not, and still has the merchant signed in", func() {
		p.Goto(other.DashboardURL + path(florist, ""))
		p.See(hook("nav-orders"))
		if p.Has(hook("nav-app-" + restock)) {
			t.Error("the app of the first sandbox is in the menu of the second")
		}
	})
}

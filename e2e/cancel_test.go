package e2e_test

import (
	"testing"

	"github.com/selorax/sandbox/e2e/internal/journey"
)

// A merchant who cancels on the consent screen has installed nothing, and the
// app is told so in the words of OAuth.
func TestCancelOnConsent(t *testing.T) {
	t.Parallel()
	s := begin(t)
	as := s.merchant(floristMerchant)
	var p *journey.Page
	s.Step("the merchant signs in", func() { p = s.signIn(floristMerchant, florist) })
	s.Step("the merchant is asked for consent", func() { s.askForRestock(p, florist) })
	s.Step("the merchant cancels and the app gets access_denied", func() {
		asked := p.Visited("/api/apps/oauth/authorize?").Query()
		p.Click(hook("consent-cancel"))
		p.Gone(hook("consent-cancel"))
		told := p.Visited("/oauth/callback?").Query()
		if told.Get("error") != "access_denied" || told.Has("code") {
			t.Errorf("the app was told %v, want error=access_denied and no code", told)
		}
		if told.Get("state") == "" || told.Get("state") != asked.Get("state") {
			t.Errorf("the state came back as %q, was %q", told.Get("state"), asked.Get("state"))
		}
	})
	s.Step("nothing is installed", func() {
		if got := s.installation(as, florist); got != nil {
			t.Errorf("there is an installation: %+v", got)
		}
		p.Goto(s.Sandbox.DashboardURL + path(florist, "/apps/marketplace/"+restock))
		p.See(hook("install-button"))
		if p.Has(hook("nav-app-" + restock)) {
			t.Error("the app is in the menu")
		}
		if sent := s.deliveries(as, florist, ""); len(sent) != 0 {
			t.Errorf("%d webhooks were sent", len(sent))
		}
	})
}

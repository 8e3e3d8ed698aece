package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

// A developer installs an app, lets it work, and reads in the inspector what
// passed on the way.
func TestDeveloperLooksOn(t *testing.T) {
	t.Parallel()
	s := begin(t)
	inspector := fmt.Sprintf("%s/%d/developer/inspector", s.Sandbox.DashboardURL, florist)
	p := s.signIn(developer, florist)
	s.Step("the developer installs Restock", func() {
		s.askForRestock(p, florist)
		p.Click(hook("consent-install"))
		s.restockFrame(p, florist)
	})
	s.Step("the inspector shows each hop of the installation", func() {
		p.Goto(inspector + "?kind=oauth")
		p.See(hook("entry", "verdict", api.VerdictAccepted))
		for _, hop := range []string{"GET /api/apps/oauth/authorize", "POST /api/apps/oauth/token"} {
			if text := p.Text(".seen-list"); !strings.Contains(text, hop) {
				t.Errorf("%s is missing in %s", hop, text)
			}
		}
	})
	s.Step("it shows what the app and the dashboard said to each other", func() {
		p.Goto(inspector + "?kind=bridge")
		p.See(hook("entry", "kind", api.InspectedBridge))
	})
	s.Step("a webhook shows at once, and opens", func() {
		p.Goto(inspector + "?kind=webhook")
		p.See(`body[data-live-feed="open"]`)
		s.control("/trigger", api.SandboxTrigger{Topic: api.TopicOrderCreated, StoreID: florist})
		p.See(hook("entry", "verdict", api.VerdictAccepted))
		p.Click(hook("entry", "verdict", api.VerdictAccepted) + " a")
		p.See(hook("entry-open"))
		if text := p.Text(hook("entry-request")); !strings.Contains(text, "X-SeloraX-Signature") {
			t.Errorf("the request is %s", text)
		}
		p.Click(hook("entry-delivery"))
		p.See(hook("signature"))
	})
	s.Step("all of it stands in one timeline", func() {
		p.Goto(inspector)
		p.See(hook("entry", "kind", api.InspectedSandbox))
	})
}

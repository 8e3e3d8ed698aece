package e2e_test

import (
	"os"
	"strings"
	"testing"

	"github.com/selorax/sandbox/e2e/internal/journey"
)

// violation is what axe-core says of elements of a page.
type violation struct {
	Rule     string   `json:"rule"`
	Impact   string   `json:"impact"`
	Help     string   `json:"help"`
	Elements []string `json:"elements"`
}

// TestAudit lets axe-core look at the pages of the platform and of the sample
// app, in both themes; those of the dashboard are audited beside its code.
func TestAudit(t *testing.T) {
	t.Parallel()
	file := os.Getenv("AUDIT_SCRIPT")
	if file == "" {
		t.Skip("AUDIT_SCRIPT names no script; make audit makes it")
	}
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := begin(t)
	p := s.signIn(floristMerchant, florist)
	s.askForRestock(p, florist)
	p.Click(hook("consent-install"))
	s.restockFrame(p, florist)
	for _, dark := range []bool{false, true} {
		look := func(name string, p *journey.Page) {
			for _, v := range journey.Value[[]violation](p, "(async () => {\n"+string(script)+"\nreturn audit();\n})()") {
				t.Errorf("%s (dark %v): %s, %s: %s %q", name, dark, v.Rule, v.Impact, v.Help, v.Elements)
			}
		}
		p.SetDark(dark)
		for name, address := range map[string]string{
			"the platform's front page":        strings.TrimSuffix(s.Sandbox.APIURL, "/api") + "/",
			"an authorization that is refused": s.Sandbox.APIURL + "/apps/oauth/authorize?client_id=nobody",
			"the sample app's front page":      s.Sandbox.AppURL,
		} {
			p.Goto(address)
			look(name, p)
		}
		p.Goto(s.Sandbox.DashboardURL + path(florist, "/apps/e/"+restock))
		app := s.restockFrame(p, florist)
		app.SetDark(dark)
		look("Restock in its frame", app)
	}
}

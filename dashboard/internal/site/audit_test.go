package site_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

// violation is what axe-core says of elements of a page.
type violation struct {
	Rule     string   `json:"rule"`
	Impact   string   `json:"impact"`
	Help     string   `json:"help"`
	Elements []string `json:"elements"`
}

// TestAudit lets axe-core look at every page in each of its states, on every
// screen. make audit runs it.
func TestAudit(t *testing.T) {
	t.Parallel()
	script := auditScript(t)
	browser := browsertest.Start(t)
	for _, screen := range screens {
		t.Run(fmt.Sprintf("%d %s", screen.Width, theme(screen)), func(t *testing.T) {
			t.Parallel()
			d := start(t)
			d.eachShot(t, browser, screen, d.makeShots(), func(tab *browsertest.Tab, s shot) {
				for _, v := range violations(tab, script) {
					t.Errorf("%s (%s): %s, %s: %s", s.name, s.path, v.Rule, v.Impact, v.Help)
					for _, element := range v.Elements {
						t.Logf("    %s", element)
					}
				}
			})
		})
	}
}

// The audit sees what is wrong.
func TestAuditBites(t *testing.T) {
	t.Parallel()
	script := auditScript(t)
	d := start(t)
	tab := browsertest.Start(t).Open(t, desktop)
	tab.Goto(d.URL + "/login")
	if found := violations(tab, script); len(found) != 0 {
		t.Errorf("the page to sign in has %+v", found)
	}
	browsertest.Eval[any](tab, `(() => { document.querySelector('[data-testid=login-email]').closest('.field').querySelector('label').remove(); document.querySelector('h1').style.color = '#ccc'; })()`)
	found := map[string]bool{}
	for _, v := range violations(tab, script) {
		found[v.Rule] = true
	}
	if !found["label"] || !found["color-contrast"] {
		t.Errorf("a field without a label and pale text go unseen: %v", found)
	}
}

// auditScript is axe-core with scripts/audit.js, or the test is skipped. It is
// run past the page's policy, as the tools of a browser do.
func auditScript(t *testing.T) string {
	t.Helper()
	path := os.Getenv("AUDIT_SCRIPT")
	if path == "" {
		t.Skip("AUDIT_SCRIPT names no script; make audit makes it")
	}
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

func violations(tab *browsertest.Tab, script string) []violation {
	tab.Helper()
	return browsertest.Eval[[]violation](tab, "(async () => {\n"+script+"\nreturn audit();\n})()")
}

package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

const versionsPath = "/22/developer/extensions"

// deployTwice has Restock take one extension away and add another.
func (d *dashboard) deployTwice() {
	stock := api.Extension{ExtensionID: "stock", Target: "order.detail.block", Title: "<b>Stock</b>", Mode: api.ExtensionJSON}
	d.DeployVersion("restock", "The first", stock, api.Extension{ExtensionID: "old", Target: "dashboard.widget", Title: "Old", Mode: api.ExtensionJSON})
	d.DeployVersion("restock", "", stock, api.Extension{ExtensionID: "till", Target: "pos.action", Title: "Till", Mode: api.ExtensionSandbox})
}

func TestVersions(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	if text := d.see(versionsPath).Text(); !strings.Contains(text, "Nothing deployed yet") {
		t.Error("it does not say that nothing is deployed")
	}
	d.deployTwice()
	a := d.see(versionsPath)
	want := []string{"<b>Stock</b> stock order.detail.block JSON", "Till till pos.action No page shows it Script"}
	if diff := cmp.Diff(want, a.Texts(hook("live-extension"))); diff != "" {
		t.Errorf("live (-want +got):\n%s", diff)
	}
	if got := a.Attrs(hook("version"), "data-version"); !cmp.Equal(got, []string{"2", "1"}) {
		t.Errorf("versions %v", got)
	}
	if text := a.One("dialog").Text(); !strings.Contains(text, "These come: Old.") || !strings.Contains(text, "These go: Till.") {
		t.Errorf("the question is %q", text)
	}
	gone := d.post("/22/developer/extensions/1/rollback", url.Values{"version": {"9"}})
	if gone.StatusCode != http.StatusSeeOther || !strings.Contains(d.see(versionsPath).Text(), "There is no such version any more.") {
		t.Errorf("a version that is gone: %d", gone.StatusCode)
	}
	d.as(platformtest.Merchant)
	if a := d.get(versionsPath); a.StatusCode != http.StatusNotFound {
		t.Errorf("a merchant gets %d", a.StatusCode)
	}
	if a := d.post("/22/developer/extensions/1/rollback", url.Values{"version": {"1"}}); a.StatusCode != http.StatusNotFound {
		t.Errorf("a merchant goes back: %d", a.StatusCode)
	}
}

// TestRollbackInBrowser goes back by clicking.
func TestRollbackInBrowser(t *testing.T) {
	t.Parallel()
	b := browsertest.Start(t)
	d := start(t)
	d.deployTwice()
	p := b.Open(t, desktop)
	p.SetCookie(d.URL, session.CookieName, d.SignIn(platformtest.Developer))
	p.Goto(d.URL + versionsPath)
	p.Click(hook("rollback"))
	p.Click("dialog[open] " + hook("rollback-confirm"))
	p.Until(`document.querySelector('[data-testid=flash]')?.textContent.includes('Version 1 is live again: 2 extensions on 1 store.')`)
	p.Until(`document.querySelector('[data-version="1"]').textContent.includes('Live') && !document.querySelector('[data-version="1"] [data-testid=rollback]')`)
}

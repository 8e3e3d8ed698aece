package site_test

import (
	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

// customShots are the custom apps of makeCustomApps, and the forms around them.
var customShots = []shot{
	{"custom-list", "/22/settings/apps/custom", ""}, {"custom-none", "/23/settings/apps/custom", ""}, {"custom-new", "/22/settings/apps/custom/new", ""},
	{"custom-refused", "/22/settings/apps/custom/new", "custom-refused"}, {"custom-secrets", "/24/settings/apps/custom/new", "custom-created"},
	{"custom-app", "/22/settings/apps/custom/3", ""},
	{"custom-regenerate", "/22/settings/apps/custom/3", `document.querySelector('[data-testid=custom-regenerate]').click()`},
	{"custom-delete", "/22/settings/apps/custom/3", `document.querySelector('[data-testid=custom-delete]').click()`},
}

// makeCustomApps makes two custom apps of store 22, one without a token.
func (d *dashboard) makeCustomApps() {
	d.CreateCustomApp(22, "Daily stock report", api.ReadOrders, api.ReadProducts, api.WriteInventory)
	d.EndToken(d.CreateCustomApp(22, "Accounts link", api.ReadOrders).AppID)
}

// sendCustom sends the form of a new app: all of it, or a name alone, past the
// browser's own checks.
func (d *dashboard) sendCustom(tab *browsertest.Tab, whole bool) {
	tab.Helper()
	browsertest.Eval[any](tab, `(() => {
		const name = document.querySelector('[data-testid=custom-name]');
		name.value = %s ? 'Accounts link' : 'ab';
		document.querySelector('[data-scope="read:orders"]').checked = %s;
		name.form.noValidate = true;
	})()`, whole, whole)
	tab.Click(hook("custom-submit"))
	tab.Until(`!!document.querySelector('[data-testid=custom-secrets], [data-testid=custom-refused]')`)
}

package site_test

import (
	"net/url"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// portalShots are the apps of makePortal, from their list to their review.
var portalShots = []shot{
	{"portal-list", "/22/developer/apps", ""}, {"portal-new", "/22/developer/apps/new", ""}, {"portal-refused", "/22/developer/apps/new", "portal-refused"},
	{"portal-secrets", "/22/developer/apps/new", "portal-created"},
	{"portal-approved", "/22/developer/apps/1", ""}, {"portal-draft", "/22/developer/apps/5", ""}, {"portal-rejected", "/22/developer/apps/6", ""}, {"portal-waiting", "/22/developer/apps/7", ""},
	{"portal-submit", "/22/developer/apps/5", `document.querySelector('[data-testid=portal-review]').click()`},
	{"portal-edit", "/22/developer/apps/1/edit", ""}, {"portal-edit-may", "/22/developer/apps/1/edit", "document.querySelector('#may-title').scrollIntoView()"},
	{"portal-edit-told", "/22/developer/apps/1/edit", "document.querySelector('#told-title').scrollIntoView()"}, {"portal-edit-price", "/22/developer/apps/1/edit", "document.querySelector('#price-title').scrollIntoView()"},
	{"portal-delete", "/22/developer/apps/5", "document.querySelector('#delete-title').scrollIntoView()"}, {"portal-credentials", "/22/developer/apps/6/credentials", ""},
	{"portal-rotate", "/22/developer/apps/6/credentials", `document.querySelector('[data-testid=portal-hook]').click()`},
	{"review", "/22/developer/review", ""}, {"review-app", "/22/developer/review/8", ""}, {"review-decided", "/22/developer/review/6", ""},
}

// makePortal makes apps in the states of a review. It comes after the two
// custom apps.
func (d *dashboard) makePortal() {
	d.as(platformtest.Developer)
	d.RegisterApp("Order Notes", api.ReviewDraft)
	d.RegisterApp("Loyalty Points", api.ReviewInReview)
	d.RegisterApp("Parcel Tracker", api.ReviewInReview)
	d.RegisterStrangersApp("Gift Cards", api.ReviewInReview)
	d.post("/22/developer/review/6", url.Values{"status": {"rejected"}, "note": {"It reads customers, and its description does not say what for.\nAlso give merchants an address that they can write to."}})
	d.post("/22/developer/apps/6/webhook-secret", url.Values{"once": d.see("/22/developer/apps/6/credentials").Attrs("#hook input[name=once]", "value")})
}

// sendPortal sends the form of a new app, whole or with two mistakes.
func (d *dashboard) sendPortal(tab *browsertest.Tab, whole bool) {
	tab.Helper()
	browsertest.Eval[any](tab, `(() => {
		document.querySelector('[data-testid=portal-name]').value = 'Abandoned Carts';
		document.querySelector('[data-testid=portal-redirect_urls]').value = %s ? 'http://localhost:3000/oauth/callback' : 'notes.example/callback';
		document.querySelector('[data-scope="read:orders"]').checked = %s;
	})()`, whole, whole)
	tab.Click(hook("portal-submit"))
	tab.Until(`!!document.querySelector('[data-testid=portal-env], [data-testid=portal-refused]')`)
}

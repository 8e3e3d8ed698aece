package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const reviewPlace = "/22/developer/review/3"

// does sends a form that leads to a place, which says what came of it.
func (d *dashboard) does(path string, form url.Values, to, says string) {
	d.t.Helper()
	if a := d.post(path, form); a.StatusCode != http.StatusSeeOther || a.where() != to {
		d.t.Fatalf("%s: %s to %s: %s", path, a.Status, a.where(), a.Text())
	}
	if text := d.flash(to); !strings.HasPrefix(text, says) {
		d.t.Errorf("%s: it says %q, want %q", path, text, says)
	}
}

func TestReviewFromDraftToMarketplace(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.post(portalList+"/new", d.notes(portalList+"/new", nil))
	decide := func(status, note string) url.Values { return url.Values{"status": {status}, "note": {note}} }
	if text := d.see("/22/developer/review").One(hook("review-empty")).Text(); !strings.Contains(text, "No app waits") {
		t.Errorf("it says %q", text)
	}
	d.does(portalPlace+"/submit", nil, portalPlace, "Order Notes waits for a reviewer.")
	a := d.see(portalPlace)
	if a.Count(hook("portal-review")) != 0 || a.One(hook("portal-reviewer")).Attr("href") != reviewPlace || a.One(hook("review-state")).Text() != "In review" {
		t.Error("what waits can be submitted, or leads to no reviewer")
	}
	d.does(portalPlace+"/submit", nil, portalPlace, "Nothing was changed: the review has moved")
	if text := d.see("/22/developer/review").One(hook("review-row")).Text(); !strings.Contains(text, "Order Notes Tanvir Ahmed, your own · submitted") {
		t.Errorf("the queue says %q", text)
	}
	page := d.see(reviewPlace)
	if diff := cmp.Diff([]string{"Reject", "Approve"}, page.Texts(hook("review-decide"))); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
	d.does(reviewPlace, decide("rejected", "Explain <b>why</b>\r\nyou read orders."), "/22/developer/review", "Order Notes is rejected.")
	if text := d.see(portalPlace).One(hook("portal-note")).Text(); !strings.HasSuffix(text, "Explain <b>why</b> you read orders.") {
		t.Errorf("the developer reads %q", text)
	}
	if text := d.see(reviewPlace).One(hook("review-decided")).Text(); !strings.Contains(text, "It is its developer’s turn.") {
		t.Errorf("the reviewer reads %q", text)
	}
	if d.see("/22/apps/marketplace").Count(hook("app-card-order-notes")) != 0 {
		t.Error("it is listed before it is approved")
	}
	d.does(portalPlace+"/submit", nil, portalPlace, "Order Notes waits for a reviewer.")
	d.does(reviewPlace, decide("approved", ""), "/22/developer/review", "Order Notes is approved. It is in the marketplace now.")
	if href := d.see(portalPlace).One(hook("portal-listing")).Attr("href"); d.see(href).One("h1").Text() != "Order Notes" {
		t.Errorf("the listing is %s", href)
	}
	d.does(portalPlace+"/listing", url.Values{"listed": {"0"}}, portalPlace, "Order Notes is not in the marketplace any more.")
	if a := d.get("/22/apps/marketplace/order-notes"); a.StatusCode != http.StatusNotFound {
		t.Errorf("it is still listed: %s", a.Status)
	}
	d.does(portalPlace+"/listing", url.Values{"listed": {"1"}}, portalPlace, "Order Notes is in the marketplace.")
	d.does(reviewPlace, decide("rejected", "Too late."), reviewPlace, "Nothing was decided: the review has moved")
	d.does(reviewPlace, decide("suspended", "It fails."), "/22/developer/review", "Order Notes is suspended:")
	if a := d.see(portalPlace); a.Count(hook("portal-install")) != 0 || !strings.HasSuffix(a.One(hook("portal-note")).Text(), "It fails.") {
		t.Error("a suspended app can be installed, or does not say why")
	}
	if d.see("/22/apps/marketplace").Count(hook("app-card-order-notes")) != 0 {
		t.Error("a suspended app is listed")
	}
}

// Who sends an app back says why, and nothing is lost when they do not.
func TestReviewRefused(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.RegisterStrangersApp("Notes", api.ReviewInReview)
	long := strings.Repeat("a", 2001)
	for note, want := range map[string]string{
		" \r\n ": "Write what the developer has to change. Nothing was decided.", long: "The note must have at most 2000 characters. Nothing was decided.",
	} {
		a := d.post(reviewPlace, url.Values{"status": {"rejected"}, "note": {note}})
		if a.StatusCode != http.StatusUnprocessableEntity || a.One(hook("review-complaint")).Text() != want || a.One(hook("review-note")).Text() != strings.TrimSpace(note) {
			t.Errorf("%.5q: %s", note, a.Status)
		}
		for _, complaint := range complaints(a) {
			t.Error(complaint)
		}
	}
	for _, status := range []string{"", "draft", "in_review", "eaten"} {
		if a := d.post(reviewPlace, url.Values{"status": {status}, "note": {"x"}}); a.StatusCode != http.StatusNotFound {
			t.Errorf("%q: %s", status, a.Status)
		}
	}
	if text := d.see(reviewPlace).One(hook("review-state")).Text(); text != "In review" {
		t.Errorf("it is %s", text)
	}
}

// What is missing is said before an app is submitted, and does not keep it
// from being.
func TestReviewChecks(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.post(portalList+"/new", d.notes(portalList+"/new", url.Values{
		"short_description": {""}, "description": {""}, "category": {""}, "developer_email": {""}, "app_url": {""}, "webhook_receive_url": {""},
		"requested_scopes": {"write:orders"}, "webhook_topics": {"order.created", "product.created", "app.installed", "customers/redact"},
	}))
	a := d.see(portalPlace)
	for _, check := range a.All(hook("portal-check")) {
		if check.Attr("data-done") != "false" || !strings.Contains(check.Text(), "missing") {
			t.Errorf("%s is there", check.Attr("data-check"))
		}
	}
	text := a.One("#submit").Text()
	for _, words := range []string{"A reviewer may send it back", "Write a short description.", "Add a permission: product.created needs read:products."} {
		if !strings.Contains(text, words) {
			t.Errorf("the question says nothing of %q: %s", words, text)
		}
	}
	d.post(portalPlace+"/edit", d.notes(portalPlace+"/edit", nil))
	if text := d.see(portalPlace).One("#submit").Text(); !strings.Contains(text, "Everything that a reviewer looks for is there.") {
		t.Errorf("the question says %q", text)
	}
}

func TestPortalSecretsAreReplaced(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.RegisterApp("Notes", api.ReviewDraft)
	page := portalPlace + "/credentials"
	for action, test := range map[string]struct{ id, env, route, says string }{
		"/rotate-secret":  {"client-secret", "SELORAX_CLIENT_SECRET=sx_secret_", "/rotate-secret", "The secret before it has ended, with no time in between"},
		"/signing-key":    {"signing-key", "SESSION_SIGNING_KEY=0", "/generate-signing-key", "frames that are open have to be loaded again"},
		"/webhook-secret": {"webhook-secret", "WEBHOOK_SIGNING_SECRET=whsec_", "/rotate-webhook-secret", "The secret before it has ended."},
	} {
		form := url.Values{"once": d.see(page).Attrs(`form[action="`+portalPlace+action+`"] input[name="once"]`, "value"), "immediate": {"1"}}
		a := d.post(portalPlace+action, form)
		if a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(a.One(hook("portal-env")).Text(), test.env) || !strings.Contains(a.Text(), test.says) {
			t.Fatalf("%s: %s %s", action, a.Status, a.Text())
		}
		d.keepsNoPortalSecret(a)
		if a.One(hook("custom-saved")).Attr("href") != page || !cmp.Equal(a.Attrs(`.nav [aria-current="page"]`, "data-testid"), []string{"nav-portal"}) {
			t.Errorf("%s leads elsewhere", action)
		}
		for _, complaint := range complaints(a) {
			t.Errorf("%s: %s", action, complaint)
		}
		d.does(portalPlace+action, form, page, "Nothing was replaced: the form was sent already")
		if n := len(d.Requests("/api/apps/3" + test.route)); n != 1 {
			t.Errorf("%s was asked for %d times", test.route, n)
		}
	}
}

// The next webhook secret waits beside the current one until its time or until
// it is told to.
func TestPortalWebhookSecretWaits(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.RegisterApp("Notes", api.ReviewDraft)
	page := portalPlace + "/credentials"
	a := d.post(portalPlace+"/webhook-secret", url.Values{"once": d.see(page).Attrs("#hook input[name=once]", "value")})
	if text := a.Text(); !strings.Contains(text, "It becomes the current secret on 1 Feb 2026") || !strings.Contains(text, "X-SeloraX-Signature-Next") || a.Count(hook("portal-env")) != 0 {
		t.Errorf("it says %q", text)
	}
	waiting := d.see(page)
	if text := waiting.One(hook("portal-next")).Text(); !strings.Contains(text, "The next secret takes over on 1 Feb 2026") {
		t.Errorf("it says %q", text)
	}
	if text := waiting.One("#hook").Text(); !strings.Contains(text, "The next secret that waits now is dropped.") {
		t.Errorf("the question says %q", text)
	}
	for _, complaint := range complaints(waiting) {
		t.Error(complaint)
	}
	d.does(portalPlace+"/webhook-secret/activate", nil, page, "The next webhook secret is the current one.")
	d.does(portalPlace+"/webhook-secret/activate", nil, page, "No webhook secret waits")
	if d.see(page).Count(hook("portal-next")) != 0 {
		t.Error("it still waits")
	}
}

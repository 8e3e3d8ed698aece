package site_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const (
	webhookList  = "/22/settings/webhooks"
	webhookPlace = webhookList + "/1" // of the first subscription
)

// webhook is the form of a webhook as the page that shows it sends it.
func (d *dashboard) webhook(page, target, name string, topics ...string) url.Values {
	d.t.Helper()
	form := url.Values{"url": {target}, "name": {name}, "topics": topics}
	for _, once := range d.see(page).Attrs(`input[name="once"]`, "value") {
		form.Set("once", once)
	}
	return form
}

func TestWebhooksEmpty(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.see(webhookList)
	if a.Count(hook("webhooks-empty")) != 1 || a.One(hook("webhook-add")).Attr("href") != webhookList+"/new" {
		t.Errorf("the page says %q", a.One("main").Text())
	}
	if diff := cmp.Diff([]string{"/22/settings/apps", "/22/settings/billing", webhookList, privacyPlace, shippingPage, storePage}, a.Attrs(".tabs-page a", "href")); diff != "" {
		t.Errorf("tabs (-want +got):\n%s", diff)
	}
}

// The list has those of apps and of the merchant, and says how each stands.
func TestWebhooksAreListed(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	d.FailSubscription(d.AddWebhook(22, "https://shop.example.com/hooks", api.TopicProductCreated), 1)
	d.FailSubscription(d.AddWebhook(22, "https://shop.example.com/hooks", api.TopicInventoryUpdated), 3)
	a := d.see(webhookList)
	var got []string
	for _, row := range a.All(hook("webhook-row")) {
		got = append(got, row.One(".row-link").Text()+", "+row.One(".cell-who").Text()+", "+row.One(".cell-status").Text())
	}
	want := []string{
		"Order placed, Restock App, Active", "Order changed, Restock App, Failing Turns off after 3 more failed deliveries.", "Order status changed, Restock App, Active",
		"Order cancelled, Restock App, Turned off Too many deliveries in a row failed.", "App uninstalled, Restock App, Active",
		"Product added, Accounts Your own, Failing Turns off after 1 more failed delivery.", "Stock changed, Accounts Your own, Failing Turns off after 3 more failed deliveries.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if text := a.All(hook("webhook-row"))[3].Text(); !strings.Contains(text, "Last failure 31 Jan 2026, 14:30") {
		t.Errorf("a row says %q", text)
	}
}

func TestWebhookIsAdded(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	page := webhookList + "/new"
	if topics := d.see(page).Attrs(hook("webhook-topic"), "value"); !slices.Equal(topics, api.MerchantTopics) {
		t.Errorf("the topics are %v", topics)
	}
	form := d.webhook(page, "https://shop.example.com/hooks", "Accounts", api.TopicOrderCreated, api.TopicProductDeleted)
	a := d.post(page, form)
	if a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != "no-store" || a.One("h1").Text() != "2 webhooks added" {
		t.Fatalf("%s %s", a.Status, a.Text())
	}
	for id, label := range map[string]string{"webhook-secret-1": "Order placed", "webhook-secret-2": "Product deleted"} {
		if !strings.HasPrefix(a.One(hook(id)).Text(), "whsec_") || !strings.Contains(a.Text(), label) || a.Count(`button[data-copy="`+id+`"]`) != 1 {
			t.Errorf("%s: %s", id, a.Text())
		}
	}
	for _, complaint := range complaints(a) {
		t.Error(complaint)
	}
	secret := a.One(hook("webhook-secret-1")).Text()
	for _, path := range []string{webhookList, webhookPlace, page} {
		if strings.Contains(d.see(path).text, secret) || strings.Contains(strings.Join(a.Header.Values("Set-Cookie"), ""), secret) {
			t.Errorf("the secret is shown again on %s, or kept", path)
		}
	}
	if masked := d.see(webhookPlace).One(hook("webhook-masked")).Text(); masked != "whsec_…0042" {
		t.Errorf("the secret is shown as %s", masked)
	}
	again := d.post(page, form)
	if again.StatusCode != http.StatusConflict || !strings.Contains(again.One(hook("webhook-refused")).Text(), "sent already") || strings.Contains(again.Text(), "whsec_") {
		t.Errorf("a reload answers %s", again.Status)
	}
	if n := d.see(webhookList).Count(hook("webhook-row")); n != 2 {
		t.Errorf("there are %d webhooks", n)
	}
}

func TestWebhookRefused(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.AddWebhook(22, "https://shop.example.com/hooks", api.TopicOrderCreated)
	d.AddWebhook(22, "https://shop.example.com/hooks", api.TopicOrderUpdated)
	for name, test := range map[string]struct {
		url, name string
		topics    []string
		want      []string
	}{
		"nothing":       {"", "", nil, []string{"url The URL must begin with https://.", "topics Choose at least one event."}},
		"a short name":  {"https://x.example", "<", []string{"product.deleted"}, []string{"name The name must have 2 to 255 characters."}},
		"unknown topic": {"https://x.example", "Accounts", []string{"order.minds"}, []string{"topics The event is no topic."}},
		"the same":      {"https://shop.example.com/hooks", "", []string{"order.updated"}, nil},
	} {
		for _, page := range []string{webhookList + "/new", webhookPlace + "/edit"} {
			a := d.post(page, d.webhook(page, test.url, test.name, test.topics...))
			if a.StatusCode != http.StatusUnprocessableEntity || !strings.HasPrefix(a.One(hook("webhook-refused")).Text(), "Nothing was saved.") {
				t.Fatalf("%s on %s: %s", name, page, a.Status)
			}
			var got []string
			for _, e := range a.All(hook("webhook-error")) {
				got = append(got, e.Attr("data-field")+" "+e.Text())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s on %s (-want +got):\n%s", name, page, diff)
			}
			if name == "the same" && !strings.Contains(a.Text(), "Subscription 2 brings order.updated to this URL already.") {
				t.Errorf("%s: it says %q", page, a.Text())
			}
			if a.One(hook("webhook-url")).Attr("value") != test.url || a.One(hook("webhook-name")).Attr("value") != test.name {
				t.Errorf("%s on %s: the input is lost", name, page)
			}
			if name == "a short name" && !cmp.Equal(a.Attrs(hook("webhook-topic")+"[checked]", "value"), test.topics) {
				t.Errorf("%s: the topics are lost", page)
			}
			for _, complaint := range complaints(a) {
				t.Errorf("%s on %s: %s", name, page, complaint)
			}
		}
	}
	if n := d.see(webhookList).Count(hook("webhook-row")); n != 2 {
		t.Errorf("there are %d webhooks", n)
	}
}

func TestWebhookIsChanged(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.AddWebhook(22, "https://shop.example.com/hooks", api.TopicOrderCreated)
	if checked := d.see(webhookPlace+"/edit").Attrs(hook("webhook-topic")+"[checked]", "value"); !cmp.Equal(checked, []string{"order.created"}) {
		t.Errorf("chosen: %v", checked)
	}
	if a := d.post(webhookPlace+"/edit", d.webhook(webhookPlace+"/edit", "https://new.example.com/", "", "product.updated")); a.StatusCode != http.StatusSeeOther || a.where() != webhookPlace {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	if text := d.flash(webhookPlace); !strings.HasPrefix(text, "The webhook is changed.") {
		t.Errorf("the flash says %q", text)
	}
	if text := d.see(webhookPlace).One("main").Text(); !strings.Contains(text, "From Your own program") {
		t.Errorf("without a name the page says %q", text)
	}
	if text := d.see(webhookPlace).One(".page-head").Text(); !strings.Contains(text, "Product changed") || !strings.Contains(text, "https://new.example.com/") {
		t.Errorf("the page says %q", text)
	}
}

func TestWebhookIsPaused(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22) // an app's may be paused too
	for _, step := range []struct{ action, flash, state string }{
		{"/pause", "The webhook is paused.", "paused"}, {"/test", "No test was sent: the webhook is not active. Resume it first.", "paused"},
		{"/resume", "The webhook is active again.", "active"}, {"/test", "A test is on its way.", "active"},
	} {
		if a := d.post(webhookPlace+step.action, nil); a.StatusCode != http.StatusSeeOther || a.where() != webhookPlace {
			t.Fatalf("%s: %s to %s", step.action, a.Status, a.where())
		}
		a := d.see(webhookPlace)
		if text := a.One(hook("flash")).Text(); !strings.HasPrefix(text, step.flash) {
			t.Errorf("%s: the flash says %q", step.action, text)
		}
		active := map[bool]int{true: 1}[step.state == "active"]
		if a.One(hook("webhook-state")).Attr("data-status") != step.state || a.Count(hook("webhook-test")) != active || a.Count(hook("webhook-resume")) != 1-active {
			t.Errorf("%s: the page says %q", step.action, a.One("main").Text())
		}
	}
	if n := d.see(webhookPlace).Count(hook("delivery-test")); n != 1 {
		t.Errorf("%d tests are listed", n)
	}
}

func TestWebhookSecretIsRotated(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.AddWebhook(22, "https://shop.example.com/hooks", api.TopicOrderCreated)
	for immediate, words := range map[string]string{"": "in 24 hours. Until then deliveries carry its signature in X-SeloraX-Signature-Next", "1": "The secret before it has ended."} {
		form := url.Values{"immediate": {immediate}, "once": d.see(webhookPlace).Attrs(`input[name="once"]`, "value")}
		a := d.post(webhookPlace+"/rotate-secret", form)
		if a.StatusCode != http.StatusOK || !strings.HasPrefix(a.One(hook("webhook-secret")).Text(), "whsec_") || !strings.Contains(a.Text(), words) {
			t.Errorf("%q: %s %s", immediate, a.Status, a.Text())
		}
		if again := d.post(webhookPlace+"/rotate-secret", form); again.StatusCode != http.StatusSeeOther || again.where() != webhookPlace {
			t.Errorf("again: %s to %s", again.Status, again.where())
		}
	}
	if n := len(d.Requests("/api/apps/webhooks/subscriptions/1/rotate-secret")); n != 2 {
		t.Errorf("it was rotated %d times", n)
	}
}

func TestWebhookIsDeleted(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.AddWebhook(22, "https://shop.example.com/hooks", api.TopicOrderCreated)
	if text := d.see(webhookPlace).One("#delete").Text(); !strings.Contains(text, "Nothing more is sent") || !strings.Contains(text, "cannot be undone") {
		t.Errorf("the dialog says %q", text)
	}
	for _, want := range []string{"The webhook for order.created is deleted.", "There is no such webhook."} {
		if a := d.post(webhookPlace+"/delete", nil); a.StatusCode != http.StatusSeeOther || a.where() != webhookList {
			t.Fatalf("%s to %s", a.Status, a.where())
		}
		if text := d.flash(webhookList); !strings.HasPrefix(text, want) {
			t.Errorf("the flash says %q", text)
		}
	}
	if a := d.get(webhookPlace); a.StatusCode != http.StatusNotFound {
		t.Errorf("it still answers %s", a.Status)
	}
}

// An app's webhook can be paused and tested; it is not the merchant's to
// change.
func TestWebhookOfAnApp(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	a := d.see(webhookPlace)
	for _, button := range []string{"webhook-edit", "webhook-delete", "webhook-rotate"} {
		if a.Count(hook(button)) != 0 {
			t.Errorf("there is a button %s", button)
		}
	}
	if a := d.get(webhookPlace + "/edit"); a.StatusCode != http.StatusNotFound {
		t.Errorf("edit: %s", a.Status)
	}
	for _, action := range []string{"/edit", "/rotate-secret", "/delete"} {
		if a := d.post(webhookPlace+action, url.Values{"url": {"https://x.example"}, "topics": {"order.created"}}); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", action, a.Status)
		}
	}
}

// Another store's webhooks and deliveries are not there, also for who may open
// both stores, and nothing happens to them.
func TestWebhookOfAnotherStore(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.AddWebhook(22, "https://shop.example.com/hooks", api.TopicOrderCreated)
	d.AddWebhook(24, "https://craft.example.com/hooks", api.TopicOrderCreated)
	d.post(webhookPlace+"/test", nil)
	d.as(platformtest.Nakshi).post("/24/settings/webhooks/2/test", nil)
	d.as(platformtest.Merchant)
	changes := []string{"/edit", "/pause", "/resume", "/test", "/rotate-secret", "/delete"}
	for place, actions := range map[string][]string{
		"/23/settings/webhooks/1": changes, "/22/settings/webhooks/2": changes, "/24/settings/webhooks/2": changes, "/22/settings/webhooks/99999999999999999999": changes,
		"/23/settings/webhooks/deliveries/1": {"/resend"}, "/22/settings/webhooks/deliveries/2": {"/resend"}, "/24/settings/webhooks/deliveries/2": {"/resend"},
	} {
		if a := d.get(place); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", place, a.Status)
		}
		for _, action := range actions {
			form := url.Values{"url": {"https://taken.example"}, "topics": {"order.created"}, "once": d.see(webhookPlace).Attrs(`input[name="once"]`, "value")}
			a := d.post(place+action, form)
			if a.StatusCode != http.StatusNotFound && (action != "/delete" || a.StatusCode != http.StatusSeeOther) {
				t.Errorf("%s: %s", place+action, a.Status)
			}
		}
	}
	for person, list := range map[string]string{platformtest.Merchant: "/22/settings/webhooks", platformtest.Nakshi: "/24/settings/webhooks"} {
		a := d.as(person).see(list)
		if text := a.One(hook("webhook-row")).Text(); !strings.Contains(text, "Active") || strings.Contains(text, "taken") {
			t.Errorf("%s says %q", list, text)
		}
	}
	if n := len(d.Requests("/api/apps/webhooks/deliveries/")); n == 0 || slices.ContainsFunc(d.Requests("/api/apps/webhooks/deliveries/"), func(r platformtest.Request) bool { return r.Method == http.MethodPost }) {
		t.Error("a delivery of another store was sent again")
	}
}

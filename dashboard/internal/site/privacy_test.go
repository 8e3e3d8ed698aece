package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const privacyPlace = "/22/settings/privacy"

func TestCustomersAreFound(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	a := d.see(privacyPlace)
	if a.Count(hook("privacy-customer")) != 0 || a.Count(hook("privacy-export")) != 0 || a.Count(hook("privacy-empty")) != 1 {
		t.Error("somebody is to be chosen before anybody was searched for")
	}
	for search, want := range map[string][]string{
		"NUSRAT": {"Nusrat Jahan 01711000001 · customer300@example.com"}, "0181": {"Md. Rakibul Islam 01819000002", "Mim Akter 01811000007 · customer306@example.com"},
		"customer304": {"ফারহানা আক্তার 01511000005 · customer304@example.com"}, "Nobody at all": nil,
	} {
		a := d.see(privacyPlace + "?" + url.Values{"search": {search}}.Encode())
		var got []string
		for _, person := range a.All(".person") {
			got = append(got, person.One(".stack-tight").Text())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", search, diff)
		}
		if a.One(hook("privacy-search")).Attr("value") != search || a.Count(hook("privacy-nobody")) != map[bool]int{true: 1}[want == nil] {
			t.Errorf("%s: the page says %q", search, a.One("main").Text())
		}
		for _, complaint := range complaints(a) {
			t.Errorf("%s: %s", search, complaint)
		}
	}
}

func TestPrivacyIsAsked(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	d.Install("my-app", 22)
	page := privacyPlace + "?search=nusrat"
	a := d.see(page)
	for dialog, words := range map[string][]string{
		"#export": {"go to Restock and My App", "30 days", "records of FloristBD stay"},
		"#erase":  {"go to Restock and My App", "within 30 days", "cannot be brought back", "the customer and the orders are kept"},
		"#shop":   {"everything of FloristBD", "number of the store", "go to Restock and My App", "own records stay"},
	} {
		for _, want := range words {
			if text := a.One("dialog" + dialog).Text(); !strings.Contains(text, want) {
				t.Errorf("%s says nothing of %q: %s", dialog, want, text)
			}
		}
	}
	customer := a.One(hook("privacy-customer")).Attr("value")
	for _, topic := range []string{api.TopicDataRequest, api.TopicCustomerRedact, api.TopicShopRedact} {
		form := url.Values{"topic": {topic}, "customer": {customer}}
		if topic == api.TopicShopRedact {
			form.Del("customer")
		}
		if a := d.post(page, form); a.StatusCode != http.StatusSeeOther || a.where() != privacyPlace {
			t.Fatalf("%s: %s to %s", topic, a.Status, a.where())
		}
		if text := d.flash(privacyPlace); !strings.HasPrefix(text, "Restock and My App are told.") {
			t.Errorf("%s: the flash says %q", topic, text)
		}
	}
	d.FinishDeliveries()
	rows := d.see(privacyPlace).All(hook("privacy-request"))
	want := []string{
		"Erasure of the whole store Asked 31 Jan 2026, 15:30 Restock Delivered My App Delivered",
		"Erasure of a customer's data 01711000001 · customer300@example.com Customer 22300 · asked 31 Jan 2026, 15:30 Restock Delivered My App Delivered",
		"Export of a customer's data 01711000001 · customer300@example.com Customer 22300 · asked 31 Jan 2026, 15:30 · due 2 Mar 2026 Restock Delivered My App Delivered",
	}
	var got []string
	for _, row := range rows {
		got = append(got, row.Text())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What cannot be asked keeps what was searched for and chosen, and nobody is
// told.
func TestPrivacyRefused(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	page := privacyPlace + "?search=nusrat"
	for name, test := range map[string]struct {
		form url.Values
		says string
	}{
		"nobody chosen":            {url.Values{"topic": {api.TopicDataRequest}}, "Choose a customer first. Nobody was asked."},
		"no number":                {url.Values{"topic": {api.TopicCustomerRedact}, "customer": {"<b>"}}, "Choose a customer first. Nobody was asked."},
		"another store's customer": {url.Values{"topic": {api.TopicDataRequest}, "customer": {"24300"}}, "This customer is not in the store any more. Nobody was asked."},
		"another topic":            {url.Values{"topic": {"order.created"}, "customer": {"22300"}}, "topic must be customers/data_request, customers/redact or shop/redact. Nobody was asked."},
	} {
		a := d.post(page, test.form)
		if a.StatusCode != http.StatusUnprocessableEntity || a.One(hook("privacy-complaint")).Text() != test.says {
			t.Errorf("%s: %s, %s", name, a.Status, a.One("main").Text())
		}
		if a.One(hook("privacy-search")).Attr("value") != "nusrat" || a.Count(hook("privacy-customer")) != 1 {
			t.Errorf("%s: what was searched for is lost", name)
		}
		for _, complaint := range complaints(a) {
			t.Errorf("%s: %s", name, complaint)
		}
	}
	if n := d.see(privacyPlace).Count(hook("privacy-request")); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}

// Without an app that hears of it nothing can be asked; a custom app hears of
// what it subscribed to.
func TestPrivacyWithoutApps(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.CreateCustomApp(22, "Stock report", api.ReadOrders)
	a := d.see(privacyPlace + "?search=nusrat")
	if a.Count(hook("privacy-untold")) != 1 || a.Count(hook("privacy-shop-untold")) != 1 {
		t.Errorf("the page says %q", a.One("main").Text())
	}
	for _, button := range []string{"privacy-export", "privacy-erase", "privacy-shop"} {
		if a.Count(hook(button)) != 0 {
			t.Errorf("there is a button %s", button)
		}
	}
	if a := d.post(privacyPlace, url.Values{"topic": {api.TopicShopRedact}}); a.StatusCode != http.StatusSeeOther {
		t.Fatal(a.Status)
	}
	if text := d.flash(privacyPlace); !strings.Contains(text, "no app could be told") {
		t.Errorf("the flash says %q", text)
	}
	if text := d.see(privacyPlace).One(hook("privacy-request")).Text(); !strings.Contains(text, "No app was told.") {
		t.Errorf("the request says %q", text)
	}
	d.Subscribe(3, 22, api.TopicCustomerRedact)
	d.Subscribe(3, 22, api.TopicDataRequest)
	if told := d.see(privacyPlace).Texts(hook("privacy-told")); !cmp.Equal(told, []string{"Stock report"}) {
		t.Errorf("told: %v", told)
	}
}

func TestPrivacyOfAnotherStore(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 24)
	if a := d.get("/24/settings/privacy"); a.StatusCode != http.StatusNotFound {
		t.Errorf("it is shown: %s", a.Status)
	}
	if a := d.post("/24/settings/privacy", url.Values{"topic": {api.TopicShopRedact}}); a.StatusCode != http.StatusNotFound {
		t.Errorf("it is asked: %s", a.Status)
	}
	if n := d.as(platformtest.Nakshi).see("/24/settings/privacy").Count(hook("privacy-request")); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}

// privacyIsFollowed asks for the data of a customer by keys, and sees the
// message arrive without a reload.
func privacyIsFollowed(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.Install("restock", 22)
	p := d.open(t, b, phone, privacyPlace)
	p.Click(hook("privacy-search"))
	p.Press("nusrat" + kb.Enter)
	p.See(hook("privacy-customer"))
	p.Click(hook("privacy-export"))
	if browsertest.Eval[bool](p, `!!document.querySelector('dialog[open]')`) {
		t.Fatal("the question comes before a customer is chosen")
	}
	p.Click(".person")
	p.Press(kb.Enter) // asks first
	if text := p.Text("#export h2"); text != "Ask apps for the data of Nusrat Jahan?" {
		t.Errorf("it asks %q", text)
	}
	p.Click(hook("privacy-export-confirm"))
	p.See(hook("privacy-app", "status", api.DeliveryPending))
	d.FinishDeliveries()
	p.See(hook("privacy-app", "status", api.DeliveryDelivered))
	p.See(hook("flash"))
}

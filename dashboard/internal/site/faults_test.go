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

const faultList = "/22/developer/faults"

func TestFaultsAreSetAndCleared(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.Install("restock", 22)
	if n := d.see(faultList).Count(hook("faults-empty")); n != 1 || d.see(faultList).Count(hook("faults-clear")) != 0 {
		t.Error("without a rule the page does not say so")
	}
	for _, form := range []url.Values{
		{"effect": {"webhook:wrong_signature"}, "app": {"restock"}, "store": {"22"}, "topic": {api.TopicOrderCreated}, "when": {"first"}, "count": {"3"}},
		{"effect": {"api:429"}, "route": {"GET /api/apps/v1/orders"}, "when": {"every"}, "count": {" 2 "}, "retry_after": {"0"}},
		{"effect": {"webhook:delay"}, "when": {"all"}, "count": {"7"}, "delay": {"500"}},
	} {
		if a := d.post(faultList, form); a.StatusCode != http.StatusSeeOther || a.where() != faultList {
			t.Fatalf("%v: %s", form, a.Status)
		}
	}
	d.HitFault(1, 3, 3)
	d.HitFault(2, 5, 2)
	a := d.see(faultList)
	if text := a.One(hook("flash")).Text(); text != "Delay is set. It acts from now on." {
		t.Errorf("the flash says %q", text)
	}
	want := []string{
		"Wrong signature Webhooks restock store 22 order.created The first 3 times Used up Hits 3 of 3 Clear",
		"429 Too many requests API calls, Retry-After 0 s GET /api/apps/v1/orders Every 2nd time Hits 2 of 5 Clear",
		"Delay Webhooks, 500 ms Everything Every time Hits 0 of 0 Clear",
	}
	if diff := cmp.Diff(want, a.Texts(hook("fault"))); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	d.post(faultList+"/2/clear", nil)
	d.post(faultList+"/2/clear", nil)
	if text := d.flash(faultList); text != "That fault is cleared already." {
		t.Errorf("the flash says %q", text)
	}
	if n := d.see(faultList).Count(hook("fault")); n != 2 {
		t.Errorf("%d rules are left", n)
	}
	d.post(faultList+"/clear", nil)
	if text := d.flash(faultList); text != "2 faults cleared. Everything works again." {
		t.Errorf("the flash says %q", text)
	}
}

// What is wrong stands beside its field, and nothing that was written is lost.
func TestFaultsAreRefusedAtTheirFields(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.Install("restock", 22)
	for name, c := range map[string]struct {
		form   url.Values
		errors map[string]string
	}{
		"nothing": {url.Values{}, map[string]string{"effect": "Choose what goes wrong."}},
		"no numbers": {
			url.Values{"effect": {"webhook:delay"}, "when": {"first"}, "count": {"two"}, "delay": {"1.5"}, "retry_after": {"x"}},
			map[string]string{"count": "Write a whole number.", "delay": "Write a whole number.", "retry_after": "Write a whole number."},
		},
		"no count":   {url.Values{"effect": {"webhook:drop"}, "when": {"every"}}, map[string]string{"count": "Write a number for n."}},
		"count of 0": {url.Values{"effect": {"webhook:drop"}, "when": {"first"}, "count": {"0"}}, map[string]string{"count": "Write a number from 1 on."}},
		"the platform's": {
			url.Values{"effect": {"api:slow"}, "route": {"GET /api/apps/v1/order"}, "topic": {api.TopicOrderCreated}, "delay": {"99999"}, "app": {"restock"}, "store": {"23"}, "when": {"all"}},
			map[string]string{
				"route": "The route is no route that apps call; did you mean GET /api/apps/v1/orders?", "topic": "The topic belongs to webhook faults only; an api fault names a route.",
				"delay": "The delay must be from 1 to 20000.",
			},
		},
	} {
		a := d.post(faultList, c.form)
		got := map[string]string{}
		for _, e := range a.All(hook("fault-error")) {
			got[e.Attr("data-field")] = e.Text()
		}
		if diff := cmp.Diff(c.errors, got); diff != "" || a.StatusCode != http.StatusUnprocessableEntity || a.Count(hook("fault-refused")) != 1 {
			t.Errorf("%s: %s (-want +got):\n%s", name, a.Status, diff)
		}
		for _, complaint := range complaints(a) {
			t.Errorf("%s: %s", name, complaint)
		}
		for field, values := range c.form {
			kept := append(a.Attrs(`form[data-testid="fault-form"] input[name="`+field+`"]:not([type="radio"])`, "value"), a.Attrs(`select[name="`+field+`"] option[selected]`, "value")...)
			kept = append(kept, a.Texts(`select[name="`+field+`"] option[selected]`)...)
			kept = append(kept, a.Attrs(`input[name="`+field+`"][checked]`, "value")...)
			if !strings.Contains(strings.Join(kept, "\n"), strings.TrimSpace(values[0])) {
				t.Errorf("%s: %s was %q and is %q", name, field, values[0], kept)
			}
		}
	}
	if n := d.see(faultList).Count(hook("fault")); n != 0 {
		t.Errorf("%d rules were made", n)
	}
}

func TestFaultsNameTheRoutesThatAppsCall(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	routes := strings.Join(d.see(faultList).Attrs("#routes option", "value"), "\n")
	for route, want := range map[string]bool{
		"POST /api/apps/oauth/token": true, "GET /api/apps/v1/orders/{order_id}": true, "GET /api/stores/{store_id}/orders": false, "POST /_sandbox/faults": false,
	} {
		if strings.Contains(routes, route) != want {
			t.Errorf("%s is offered: %v", route, !want)
		}
	}
	d.as(platformtest.Merchant)
	for _, path := range []string{"", "/clear", "/1/clear"} {
		if a := d.post(faultList+path, url.Values{"effect": {"webhook:drop"}}); a.StatusCode != http.StatusNotFound {
			t.Errorf("a merchant posts %s: %s", path, a.Status)
		}
	}
}

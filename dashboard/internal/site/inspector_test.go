package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const inspectorPage = "/22/developer/inspector"

// seeAll lets the platform see one entry of every kind, most of them with a
// problem.
func (d *dashboard) seeAll() {
	restock, store, took, delivery, event := int64(1), int64(22), int64(34), int64(2), "5f1c2c0e-6f1f-4f43-9f33-0c2f7d1e8a11"
	json := func(body string) *api.InspectorMessage {
		return &api.InspectorMessage{Headers: []api.InspectorHeader{{Name: "Authorization", Value: "Bearer sx_at_0123…"}, {Name: "Content-Type", Value: "application/json"}}, Body: body, Size: int64(len(body))}
	}
	status := func(n int) *int { return &n }
	for _, e := range []api.InspectorDetail{
		{InspectorEntry: api.InspectorEntry{Kind: api.InspectedSandbox, Verdict: api.VerdictAccepted, Title: "POST /_sandbox/trigger", Status: status(201)}},
		{InspectorEntry: api.InspectorEntry{Kind: api.InspectedEvent, Verdict: api.VerdictAccepted, Title: api.TopicOrderCreated, StoreID: &store, EventID: &event}, Request: json(`{"event_topic":"order.created"}`)},
		{InspectorEntry: api.InspectorEntry{Kind: api.InspectedBilling, Verdict: api.VerdictAccepted, Title: "charge.activated", StoreID: &store, AppID: &restock, App: "Restock"}, Request: json(`{"charge_id":1}`)},
		{InspectorEntry: api.InspectorEntry{Kind: api.InspectedOAuth, Verdict: api.VerdictAccepted, Title: "POST /api/apps/oauth/token", Note: "A code became tokens.", AppID: &restock, App: "Restock", Status: status(200)}, Request: json("grant_type=authorization_code&code=sx_ac_12ab…"), Response: json(`{"access_token":"sx_at_34cd…"}`)},
		{InspectorEntry: api.InspectorEntry{Kind: api.InspectedBridge, Verdict: api.VerdictRefused, Title: "selorax:naviagte (app → dashboard)", Note: "The dashboard knows no message of this type.", StoreID: &store, AppID: &restock, App: "Restock"}, Request: json(`{"type":"selorax:naviagte"}`)},
		{InspectorEntry: api.InspectorEntry{Kind: api.InspectedExtension, Verdict: api.VerdictWarned, Title: "PUT /api/apps/extensions/app", Note: "unknown field tilte; did you mean title?", AppID: &restock, App: "Restock", Status: status(200)}, Request: json(`{"tilte":"A"}`), Response: json(`{}`)},
		{InspectorEntry: api.InspectorEntry{Kind: api.InspectedWebhook, Verdict: api.VerdictFailed, Title: "order.created → http://restock.localhost:3000/webhooks", Note: "Attempt 1: no complete answer within 10s. The next is due at 2026-01-31T09:31:00Z.", StoreID: &store, AppID: &restock, App: "Restock", DeliveryID: &delivery, EventID: &event, Milliseconds: &took}, Request: json(`{"event_topic":"order.created"}`)},
		{
			InspectorEntry: api.InspectorEntry{Kind: api.InspectedAPI, Verdict: api.VerdictRefused, Title: "GET /api/apps/v1/orders?limit=5", Note: "insufficient_scope: The app has not been granted read:orders.", StoreID: &store, AppID: &restock, App: "Restock", Status: status(403), Milliseconds: &took, RequestID: &event},
			Request:        &api.InspectorMessage{Headers: json("").Headers}, Response: json(`{"message":"<b>no</b>","code":"insufficient_scope"}`), Curl: "curl -i 'http://api.selorax.localhost/api/apps/v1/orders?limit=5' \\\n  -H \"Authorization: Bearer $ACCESS_TOKEN\"",
		},
	} {
		d.See(e)
	}
}

func TestInspectorIsNarrowedDownInTheAddress(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	if n := d.see(inspectorPage).Count(hook("inspector-empty")); n != 1 {
		t.Error("an empty inspector does not say so")
	}
	d.seeAll()
	for query, want := range map[string]int{
		"": 8, "?kind=webhook": 1, "?kind=nonsense": 8, "?verdict=problem": 4, "?verdict=refused&kind=api": 1, "?verdict=nonsense": 8, "?app_id=1": 6, "?app_id=x": 8,
		"?search=orders": 1, "?search=nothing": 0, "?search=" + strings.Repeat("x", 500): 0,
	} {
		a := d.see(inspectorPage + query)
		if got := a.Count(hook("entry")); got != want {
			t.Errorf("%q shows %d entries, want %d", query, got, want)
		}
		if want == 0 && !strings.Contains(a.One(hook("inspector-empty")).Text(), "Nothing like that was seen") {
			t.Errorf("%q does not say that it found nothing", query)
		}
	}
	a := d.see(inspectorPage + "?kind=api&verdict=refused&search=orders")
	if got := a.One(`.list-search input[name="kind"]`).Attr("value"); got != "api" {
		t.Errorf("the search form forgets the kind: %q", got)
	}
	if got := a.One(hook("entry") + " a").Attr("href"); got != inspectorPage+"?kind=api&open=8&search=orders&verdict=refused" {
		t.Errorf("an entry is opened at %s", got)
	}
	if row := a.One(hook("entry")).Text(); !strings.Contains(row, "API GET /api/apps/v1/orders?limit=5 insufficient_scope: The app has not been granted read:orders. Restock 403 34 ms") {
		t.Errorf("the entry says %q", row)
	}
}

func TestInspectorOpensAnEntry(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.seeAll()
	call := d.see(inspectorPage + "?open=8")
	if n := call.Count(hook("entry") + ` [aria-current="true"]`); n != 1 {
		t.Errorf("%d entries are current", n)
	}
	want := []string{"Authorization: Bearer sx_at_0123… Content-Type: application/json", `{ "message": "<b>no</b>", "code": "insufficient_scope" }`}
	if diff := cmp.Diff(want, call.Texts(hook("entry-response")+" pre")); diff != "" {
		t.Errorf("the answer (-want +got):\n%s", diff)
	}
	if text := call.One("#curl").Text(); !strings.Contains(text, "$ACCESS_TOKEN") || call.Count(hook("entry-curl")) != 1 || call.Count(hook("entry-delivery")) != 0 {
		t.Errorf("the command is %q", text)
	}
	attempt := d.see(inspectorPage + "?open=7")
	if to := attempt.One(hook("entry-delivery")).Attr("href"); to != "/22/settings/webhooks/deliveries/2" || attempt.Count(hook("delivery-resend")) != 1 || attempt.Count(hook("entry-curl")) != 0 {
		t.Errorf("the delivery is at %s", to)
	}
	for _, gone := range []string{"99", "x", "-1", "99999999999999999999"} {
		if n := d.see(inspectorPage + "?open=" + gone).Count(hook("entry-gone")); n != 1 {
			t.Errorf("open=%s is not said to be forgotten", gone)
		}
	}
}

func TestInspectorIsPausedAndCleared(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.seeAll()
	live, paused := d.see(inspectorPage+"?kind=api"), d.see(inspectorPage+"?kind=api&paused=yes")
	if live.Count("[data-feed]") != 1 || paused.Count("[data-feed], [data-live=timeline]") != 0 {
		t.Error("a paused timeline follows the feed, or a running one does not")
	}
	if to := live.One(hook("inspector-hold")).Attr("href"); to != inspectorPage+"?kind=api&paused=yes" {
		t.Errorf("it is paused at %s", to)
	}
	if to := paused.One(hook("inspector-hold")).Attr("href"); to != inspectorPage+"?kind=api" {
		t.Errorf("it goes on at %s", to)
	}
	d.post(inspectorPage+"/clear", nil)
	if a := d.see(inspectorPage); !strings.HasPrefix(a.One(hook("flash")).Text(), "The inspector is empty.") || a.Count(hook("entry")) != 0 {
		t.Error("it is not empty")
	}
}

func TestBridgeIsReported(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	for body, want := range map[string]int{
		`{"app_id":1,"messages":[{"direction":"from_app","type":"app-bridge:ready","verdict":"accepted"}]}`: http.StatusNoContent, `{`: http.StatusBadRequest, `"` + strings.Repeat("x", 600<<10): http.StatusBadRequest,
	} {
		r := d.request(http.MethodPost, inspectorPage+"/bridge", body)
		r.Header.Set("Content-Type", "application/json")
		if a := d.do(r); a.StatusCode != want {
			t.Errorf("%.20s: %s", body, a.Status)
		}
	}
	if got := d.Bridged(); len(got) != 1 || got[0].Type != "app-bridge:ready" {
		t.Errorf("the platform got %+v", got)
	}
}

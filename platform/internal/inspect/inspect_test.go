package inspect_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

const path = "/api/sandbox/inspector"

// list returns what a user sees of the log.
func list(p *platformtest.Platform, user platformtest.Header, query string) []api.InspectorEntry {
	var found api.List[api.InspectorEntry]
	p.Do(http.MethodGet, path+"?"+query, user, nil).Into(http.StatusOK, &found)
	return found.Data
}

// until asks again and again for entries until enough are there.
func until(t *testing.T, p *platformtest.Platform, user platformtest.Header, query string, enough func([]api.InspectorEntry) bool) []api.InspectorEntry {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		found := list(p, user, query)
		if enough(found) {
			return found
		}
		select {
		case <-late:
			t.Fatalf("%s: there is only %+v", query, found)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func one(found []api.InspectorEntry) bool { return len(found) == 1 }

func detail(p *platformtest.Platform, user platformtest.Header, seq int64) api.InspectorDetail {
	return platformtest.Data[api.InspectorDetail](p.Do(http.MethodGet, fmt.Sprintf("%s/%d", path, seq), user, nil))
}

// A developer who looks on sees the way of an app through the platform.
func TestWayOfAnApp(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	user := platformtest.User(p.Login(platformtest.Developer))
	token := p.Install("restock", 22)
	app := platformtest.Bearer(token.AccessToken)
	p.Do(http.MethodGet, "/api/apps/v1/orders?limit=1", app, nil).Into(http.StatusOK, &struct{}{})
	p.Do(http.MethodGet, "/api/apps/v1/order", app, nil).Into(http.StatusNotFound, &struct{}{})
	p.Do(http.MethodGet, "/api/apps/v1/orders", platformtest.Bearer("sx_at_wrong"), nil).Into(http.StatusUnauthorized, &struct{}{})

	hops := list(p, user, "kind=oauth&store_id=22")
	slices.Reverse(hops)
	var titles []string
	for _, e := range hops {
		title, _, _ := strings.Cut(e.Title, "?")
		titles = append(titles, title)
	}
	if len(titles) < 3 || titles[0] != "GET /api/apps/oauth/authorize" || titles[len(titles)-1] != "POST /api/apps/oauth/token" {
		t.Errorf("the hops are %q", titles)
	}
	exchange := hops[len(hops)-1]
	if exchange.App != "Restock" || exchange.Verdict != api.VerdictAccepted || exchange.Note != "A code became tokens." || *exchange.StoreID != 22 {
		t.Errorf("the exchange is %+v", exchange)
	}
	whole := detail(p, user, exchange.Seq)
	for _, secret := range []string{token.AccessToken, token.RefreshToken, p.Apps["restock"].ClientSecret} {
		if text := fmt.Sprintf("%+v %+v %s", whole.Request, whole.Response, whole.Curl); strings.Contains(text, secret) || strings.Contains(text, secret[:len(secret)-4]) {
			t.Errorf("a secret is kept: %s", text)
		}
	}

	calls := list(p, user, "kind=api")
	if len(calls) != 3 || calls[0].Verdict != api.VerdictRefused || calls[1].Verdict != api.VerdictRefused || calls[2].Verdict != api.VerdictAccepted {
		t.Fatalf("the calls are %+v", calls)
	}
	if calls[1].Note != "not_found: There is nothing at GET /api/apps/v1/order." || *calls[1].Status != http.StatusNotFound {
		t.Errorf("the unknown address is %+v", calls[1])
	}
	orders := detail(p, user, calls[2].Seq)
	want := "curl -i '" + p.URL + "/api/apps/v1/orders?limit=1' \\\n  -H \"Authorization: Bearer $ACCESS_TOKEN\""
	if orders.Curl != want || !strings.Contains(orders.Response.Body, `"order_id"`) || orders.Response.Size < 100 {
		t.Errorf("the orders are %+v\n%+v", orders, orders.Response)
	}
}

// Filters narrow the list, and combine.
func TestFilters(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	user := platformtest.User(p.Login(platformtest.Developer))
	app := platformtest.Bearer(p.Install("restock", 22).AccessToken)
	answer := p.Do(http.MethodGet, "/api/apps/v1/orders/999999", app, nil)
	p.Do(http.MethodGet, "/api/apps/v1/products", app, nil)
	for query, want := range map[string]int{
		"kind=api": 2, "kind=api&verdict=refused": 1, "kind=api&verdict=problem": 1, "kind=api&verdict=failed": 0, "kind=api&store_id=22": 2,
		"kind=api&store_id=24": 0, "search=orders%2F999": 1, "search=" + answer.Header.Get(api.HeaderRequestID): 1, "kind=api&limit=1": 1, "kind=api&limit=1&page=3": 0, "app_id=99": 0,
	} {
		if found := list(p, user, query); len(found) != want {
			t.Errorf("%s found %d: %+v", query, len(found), found)
		}
	}
	for _, query := range []string{"kind=nothing", "verdict=good", "app_id=x"} {
		p.Do(http.MethodGet, path+"?"+query, user, nil).Into(http.StatusBadRequest, &api.Error{})
	}
	p.Do(http.MethodGet, path+"/1", user, nil).Into(http.StatusNotFound, &api.Error{})
	p.Do(http.MethodPost, "/api/apps/v1/orders", nil, map[string]int{"app_id": 1, "store_id": 24}).Into(http.StatusUnauthorized, &api.Error{})
	if found := list(p, user, "verdict=refused"); found[0].AppID != nil || found[0].StoreID != nil {
		t.Errorf("what a stranger names is believed: %+v", found[0])
	}
	cleared := platformtest.Data[api.InspectorCleared](p.Do(http.MethodDelete, path, user, nil))
	if found := list(p, user, ""); cleared.Cleared == 0 || len(found) != 0 {
		t.Errorf("%d cleared, %d left", cleared.Cleared, len(found))
	}
}

// What a webhook met, what happened, and what a developer did, in one line.
func TestTimelineHasEverything(t *testing.T) {
	t.Parallel()
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no such shop: sx_at_0123456789abcdef", http.StatusTeapot)
	}))
	t.Cleanup(receiver.Close)
	p := platformtest.Start(t, platformtest.Config{})
	user := platformtest.User(p.Login(platformtest.Developer))
	app := platformtest.Bearer(p.Install("restock", 22).AccessToken)
	p.Do(http.MethodPost, "/api/apps/v1/webhooks", app, map[string]any{"url": receiver.URL + "/in?key=1", "topic": "order.created"}).Into(http.StatusCreated, &struct{}{})
	p.Do(http.MethodPost, "/_sandbox/trigger", p.Controls(), api.SandboxTrigger{Topic: "order.created", StoreID: 22}).Into(http.StatusCreated, &struct{}{})

	attempt := until(t, p, user, "kind=webhook&search=/in", one)[0]
	if attempt.Verdict != api.VerdictRefused || *attempt.Status != http.StatusTeapot || attempt.DeliveryID == nil || attempt.App != "Restock" ||
		attempt.Title != "order.created → "+receiver.URL+"/in" || !strings.HasPrefix(attempt.Note, "Attempt 1: the app answered 418. The next is due at ") {
		t.Errorf("the attempt is %+v", attempt)
	}
	if whole := detail(p, user, attempt.Seq); !strings.Contains(whole.Request.Body, `"order.created"`) || !strings.HasPrefix(whole.Response.Body, "no such shop: sx_at_0123…") || whole.Curl != "" {
		t.Errorf("it is %+v %+v", whole.Request, whole.Response)
	}
	happened := until(t, p, user, "kind=event&search=order.created", one)[0]
	if *happened.EventID != *attempt.EventID || *happened.StoreID != 22 {
		t.Errorf("the event is %+v", happened)
	}
	if hand := list(p, user, "kind=sandbox"); len(hand) != 1 || hand[0].Title != "POST /_sandbox/trigger" || *hand[0].StoreID != 22 {
		t.Errorf("the trigger is %+v", hand)
	}
}

// Nobody sees what is of another's store and another's app.
func TestStoresOfOthers(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	app := platformtest.Bearer(p.Install("restock", 22).AccessToken)
	p.Do(http.MethodGet, "/api/apps/v1/orders", app, nil).Into(http.StatusOK, &struct{}{})
	merchant := platformtest.User(p.Login(platformtest.FloristMerchant))
	p.Do(http.MethodGet, path, merchant, nil).Into(http.StatusForbidden, &api.Error{})
	developer := platformtest.User(p.Login(platformtest.Developer))
	p.Do(http.MethodGet, path+"?store_id=999", developer, nil).Into(http.StatusNotFound, &api.Error{})
	p.Do(http.MethodPost, path+"/bridge?store_id=999", developer, api.InspectorBridge{}).Into(http.StatusNotFound, &api.Error{})
}

func TestBridgeMessages(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	user := platformtest.User(p.Login(platformtest.Developer))
	p.Do(http.MethodPost, path+"/bridge?store_id=22", user, api.InspectorBridge{AppID: 1, Messages: []api.BridgeMessage{
		{Direction: api.BridgeFromApp, Type: "app-bridge:ready", Verdict: api.VerdictAccepted},
	}}).Into(http.StatusNotFound, &api.Error{}) // it is not installed
	p.Install("restock", 22)
	in := api.InspectorBridge{AppID: 1, Messages: []api.BridgeMessage{
		{Direction: api.BridgeFromApp, Type: "selorax:ready", Origin: "http://restock.localhost", Verdict: api.VerdictAccepted, Data: `{"type":"selorax:ready"}`},
		{Direction: api.BridgeToApp, Type: "selorax:token", Verdict: api.VerdictAccepted, Data: `{"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"}`},
	}}
	p.Do(http.MethodPost, path+"/bridge?store_id=22", user, in).Into(http.StatusOK, &struct{}{})
	found := list(p, user, "kind=bridge")
	if len(found) != 2 || found[1].Title != "selorax:ready (app → dashboard)" || found[0].Title != "selorax:token (dashboard → app)" {
		t.Fatalf("got %+v", found)
	}
	if body := detail(p, user, found[0].Seq).Request.Body; body != `{"token":"eyJhbG…"}` {
		t.Errorf("the token is %s", body)
	}
	in.Messages[0].Direction, in.Messages[1].Data = "sideways", strings.Repeat("x", 5000)
	var wrong api.Error
	p.Do(http.MethodPost, path+"/bridge?store_id=22", user, in).Into(http.StatusBadRequest, &wrong)
	if len(wrong.Errors) != 2 || wrong.Errors[0].Field != "messages[0].direction" || wrong.Errors[1].Field != "messages[1].data" {
		t.Errorf("got %+v", wrong)
	}
	if again := list(p, user, "kind=bridge"); len(again) != 2 {
		t.Errorf("a refused report left something: %+v", again)
	}
}

// The feed tells of what is new, also of what came during a break.
func TestLive(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	user := platformtest.User(p.Login(platformtest.Developer))
	p.Do(http.MethodGet, "/api/apps/v1/orders", platformtest.Bearer("sx_at_wrong"), nil)
	before := list(p, user, "")[0].Seq
	first := follow(t, p, user, "")
	p.Do(http.MethodGet, "/api/apps/v1/orders", platformtest.Bearer("sx_at_wrong"), nil)
	var mark api.InspectorMark
	if err := first.ReadJSON(&mark); err != nil || mark.Seq != before+1 {
		t.Fatalf("got %+v, %v after %d", mark, err, before)
	}
	if err := follow(t, p, user, "?after="+fmt.Sprint(before)).ReadJSON(&mark); err != nil || mark.Seq != before+1 {
		t.Errorf("resumed at %+v, %v", mark, err)
	}
	p.Do(http.MethodGet, path+"/live", user, nil).Into(http.StatusUpgradeRequired, &api.Error{})
}

func follow(t *testing.T, p *platformtest.Platform, user platformtest.Header, query string) *websocket.Conn {
	t.Helper()
	u, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	h := http.Header{}
	for name, value := range user {
		h.Set(name, value)
	}
	conn, answer, err := websocket.DefaultDialer.DialContext(t.Context(), "ws://"+u.Host+path+"/live"+query, h)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

package control_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/openapi/openapitest"
	"github.com/selorax/sandbox/platform/platformtest"
)

func trigger(p *platformtest.Platform, in api.SandboxTrigger) api.SandboxTriggered {
	return platformtest.Control[api.SandboxTriggered](p, http.MethodPost, "/_sandbox/trigger", in)
}

// Every topic can be made to happen, by a real change whose event conforms and
// goes to who subscribed, or says what brings it.
func TestEveryTopicCanBeTriggered(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("my-app", 22)
	app := p.Client("my-app", 22)
	for _, topic := range api.Topics {
		p.Do(http.MethodPost, "/api/apps/v1/webhooks", app, map[string]string{"topic": topic, "url": "http://localhost:1/all"})
	}
	list := platformtest.Control[[]api.SandboxTopic](p, http.MethodGet, "/_sandbox/trigger", nil)
	var named []string
	for _, one := range list {
		named = append(named, one.Topic)
		if one.Change == "" {
			t.Errorf("%s does not say what it does", one.Topic)
		}
	}
	if diff := cmp.Diff(api.Topics, named); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	later := map[string]string{api.TopicChargeExpired: "sx clock advance 48h", api.TopicSubscriptionRenewalPending: "sx clock advance"}
	for _, topic := range topicsInOrder() {
		if hint, ok := later[topic]; ok {
			if e := refused(t, p, 409, http.MethodPost, "/_sandbox/trigger", api.SandboxTrigger{Topic: topic}); !strings.Contains(e.Message, hint) {
				t.Errorf("%s: %s", topic, e.Message)
			}
			continue
		}
		got := trigger(p, api.SandboxTrigger{Topic: topic})
		if got.Event.Topic != topic || got.Event.StoreID != 22 || got.Change == "" || strings.Contains(got.Change, "%!") {
			t.Errorf("%s: %+v", topic, got)
		}
		if err := openapitest.TopicConforms(topic, got.Event.Body); err != nil {
			t.Errorf("%s: %v", topic, err)
		}
		if got.Deliveries == 0 && topic != api.TopicAppInstalled {
			t.Errorf("%s went to nobody", topic)
		}
	}
}

// topicsInOrder ends with the uninstall, after which an app is told nothing
// more, and the install that follows.
func topicsInOrder() []string {
	list := []string{}
	for _, topic := range api.Topics {
		if topic != api.TopicAppInstalled && topic != api.TopicAppUninstalled {
			list = append(list, topic)
		}
	}
	return append(list, api.TopicAppUninstalled, api.TopicAppInstalled)
}

func TestTriggerRefusals(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	for _, c := range []struct {
		in     api.SandboxTrigger
		status int
		says   string
	}{
		{api.SandboxTrigger{Topic: "order.create"}, 400, "did you mean order.created?"},
		{api.SandboxTrigger{Topic: "order.created", StoreID: 99}, 404, "no store 99"},
		{api.SandboxTrigger{Topic: "charge.created"}, 409, "sx install my-app --store 22"},
		{api.SandboxTrigger{Topic: "charge.created", App: "restok"}, 404, "no app"},
		{api.SandboxTrigger{Topic: "app.uninstalled", App: "restock"}, 409, "sx install restock --store 22"},
		{api.SandboxTrigger{Topic: "message.delivered"}, 409, "sx clock resume"},
	} {
		if e := refused(t, p, c.status, http.MethodPost, "/_sandbox/trigger", c.in); !strings.Contains(e.Message, c.says) {
			t.Errorf("%+v: %s", c.in, e.Message)
		}
	}
	p.Install("restock", 22)
	for _, c := range []struct {
		in   api.SandboxTrigger
		says string
	}{
		{api.SandboxTrigger{Topic: "app.installed", App: "restock"}, "sx uninstall restock"},
		{api.SandboxTrigger{Topic: "charge.created", App: "my-app"}, "sx install my-app"},
	} {
		if e := refused(t, p, 409, http.MethodPost, "/_sandbox/trigger", c.in); !strings.Contains(e.Message, c.says) {
			t.Errorf("%+v: %s", c.in, e.Message)
		}
	}
}

// What acted for the merchant leaves no session behind that is still open.
func TestTriggersLeaveNoCredentials(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("my-app", 22)
	before := p.Login(platformtest.Developer)
	trigger(p, api.SandboxTrigger{Topic: api.TopicChargeCreated})
	p.Do(http.MethodGet, "/api/auth/me", platformtest.User(before), nil).Into(http.StatusOK, &struct{}{})
	gone := platformtest.Control[api.Uninstalled](p, http.MethodPost, "/_sandbox/apps/my-app/uninstall", api.SandboxInstall{})
	if gone.TokensRevoked != 2 { // the pair of the install
		t.Errorf("%d tokens were alive", gone.TokensRevoked)
	}
}

func TestInstallByTheControlKey(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	installed := platformtest.Control[api.InstalledApp](p, http.MethodPost, "/_sandbox/apps/my-app/install", api.SandboxInstall{StoreID: 23})
	if installed.StoreID != 23 || installed.Status != api.InstallationActive || installed.App.Slug != "my-app" {
		t.Errorf("got %+v", installed)
	}
	p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("my-app", 23), nil).Into(http.StatusOK, &struct{}{})
	platformtest.Control[api.Uninstalled](p, http.MethodPost, "/_sandbox/apps/my-app/uninstall", api.SandboxInstall{StoreID: 23})
	p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("my-app", 23), nil).Into(http.StatusUnauthorized, &struct{}{})
	refused(t, p, 409, http.MethodPost, "/_sandbox/apps/my-app/uninstall", api.SandboxInstall{StoreID: 23})
	refused(t, p, 404, http.MethodPost, "/_sandbox/apps/nope/install", api.SandboxInstall{})
	refused(t, p, 404, http.MethodPost, "/_sandbox/apps/my-app/install", api.SandboxInstall{StoreID: 99})
}

// The same call on the same state makes the same records, each with its event.
func TestSeedIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	seed := func() (api.SandboxSeeded, []string) {
		p := frozen(t, answers(http.StatusOK))
		platformtest.Control[api.SandboxSeeded](p, http.MethodPost, "/_sandbox/seed", api.SandboxSeed{StoreID: 24, Customers: 3})
		out := platformtest.Control[api.SandboxSeeded](p, http.MethodPost, "/_sandbox/seed", api.SandboxSeed{StoreID: 24, Orders: 20, Customers: 10, Products: 5})
		var events api.List[api.SandboxEvent]
		p.Do(http.MethodGet, "/_sandbox/events?store_id=24&limit=250", p.Controls(), nil).Into(http.StatusOK, &events)
		var list []string
		for _, e := range events.Data {
			_, data, _ := strings.Cut(string(e.Body), `"data":`)
			list = append(list, e.Topic+" "+data)
		}
		return out, list
	}
	first, events := seed()
	again, eventsAgain := seed()
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("(-first +again):\n%s", diff)
	}
	if diff := cmp.Diff(events, eventsAgain); diff != "" {
		t.Errorf("(-first +again):\n%s", diff)
	}
	if len(events) < 38 {
		t.Errorf("only %d events", len(events))
	}
	if len(first.Orders) != 20 || len(first.Customers) != 10 || len(first.Products) != 5 {
		t.Errorf("got %+v", first)
	}
}

func TestSeedRefusals(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	for _, c := range []struct {
		in     api.SandboxSeed
		status int
		says   string
	}{
		{api.SandboxSeed{}, 400, "say how many"},
		{api.SandboxSeed{Orders: 1001}, 400, "orders must be from 0 to 1000"},
		{api.SandboxSeed{Orders: 1, Customers: -1}, 400, "customers must be"},
		{api.SandboxSeed{Orders: 1, StoreID: 99}, 404, "no store 99"},
	} {
		if e := refused(t, p, c.status, http.MethodPost, "/_sandbox/seed", c.in); !strings.Contains(e.Message, c.says) {
			t.Errorf("%+v: %s", c.in, e.Message)
		}
	}
}

// The control feed tells of every store, from the first event on if asked.
func TestTheFeedOfAllStores(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	listen := func(query string) *websocket.Conn {
		conn, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(p.URL, "http")+"/_sandbox/live"+query,
			http.Header{api.HeaderControlKey: {p.ControlKey}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		return conn
	}
	next := func(conn *websocket.Conn) (e api.LiveEvent) {
		if err := conn.ReadJSON(&e); err != nil {
			t.Fatal(err)
		}
		return e
	}
	now := listen("")
	first := trigger(p, api.SandboxTrigger{Topic: api.TopicOrderCreated}).Event
	second := trigger(p, api.SandboxTrigger{Topic: api.TopicCustomerCreated, StoreID: 24}).Event
	for e := next(now); ; e = next(now) {
		if e.EventID == first.EventID && string(e.Data) != string(first.Body) {
			t.Errorf("got %s, want %s", e.Data, first.Body)
		}
		if e.EventID == second.EventID {
			break
		}
	}
	if e := next(listen("?after=0")); e.Seq != 1 {
		t.Errorf("from the first event on: %+v", e)
	}
	if e := next(listen("?after=0&store_id=24")); e.EventID != second.EventID || e.StoreID != 24 {
		t.Errorf("of one store: %+v", e)
	}
	_, res, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(p.URL, "http")+"/_sandbox/live",
		http.Header{api.HeaderControlKey: {p.ControlKey}, "Origin": {p.DashboardURL}})
	if err == nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("a browser may listen: %v", err)
	}
}

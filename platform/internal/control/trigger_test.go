package control_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/openapi/openapitest"
	"github.com/selorax/sandbox/platform/platformtest"
)

func trigger(p *platformtest.Platform, in api.SandboxTrigger) api.SandboxTriggered {
	return platformtest.Control[api.SandboxTriggered](p, http.MethodPost, "/_sandbox/trigger", in)
}

// later are the topics that only time brings, and what to do instead.
var later = map[string]string{
	api.TopicChargeExpired: "sx clock advance 48h",
}

// Every topic can be made to happen, by a real change whose event conforms and
// goes to who subscribed, or says what brings it.
func TestEveryTopicCanBeTriggered(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("restock", 22)
	p.Install("my-app", 22)
	app := p.Client("my-app", 22)
	for _, topic := range api.Topics {
		p.Do(http.MethodPost, "/api/apps/v1/webhooks", app, map[string]string{"topic": topic, "url": "http://localhost:1/all"})
	}
	platformtest.Control[api.SandboxRegistered](p, http.MethodPost, "/_sandbox/apps", orderNotes(map[string]any{
		"webhook_receive_url": "http://localhost:1/notes", "webhook_topics": []string{api.TopicAppInstalled},
	}))
	for _, topic := range topicsInOrder() {
		in := api.SandboxTrigger{Topic: topic, App: "my-app"}
		if topic == api.TopicAppInstalled {
			in.App = "order-notes"
		}
		if hint, ok := later[topic]; ok {
			if e := refused(t, p, 409, http.MethodPost, "/_sandbox/trigger", in); !strings.Contains(e.Message, hint) {
				t.Errorf("%s: %s", topic, e.Message)
			}
			continue
		}
		checkTriggered(t, p, trigger(p, in), topic)
	}
}

// checkTriggered finds the event and its deliveries where the control API shows
// them.
func checkTriggered(t *testing.T, p *platformtest.Platform, got api.SandboxTriggered, topic string) {
	t.Helper()
	if got.Topic != topic || got.StoreID != 22 || !strings.HasSuffix(got.Change, ".") || strings.Contains(got.Change, "%!") {
		t.Errorf("%s: %+v", topic, got)
	}
	var events api.List[api.SandboxEvent]
	p.Do(http.MethodGet, "/_sandbox/events?limit=1&topic="+topic, p.Controls(), nil).Into(http.StatusOK, &events)
	if diff := cmp.Diff([]api.SandboxEvent{got.Event}, events.Data); diff != "" {
		t.Errorf("%s (-triggered +listed):\n%s", topic, diff)
	}
	if err := openapitest.TopicConforms(topic, got.Event.Body); err != nil {
		t.Errorf("%s: %v", topic, err)
	}
	var deliveries api.List[api.Delivery]
	p.Do(http.MethodGet, "/_sandbox/deliveries?event_id="+got.Event.EventID, p.Controls(), nil).Into(http.StatusOK, &deliveries)
	if got.Deliveries == 0 || got.Deliveries != len(deliveries.Data) {
		t.Errorf("%s goes to %d subscriptions and has %d deliveries", topic, got.Deliveries, len(deliveries.Data))
	}
}

// topicsInOrder ends with the uninstall, after which an app is told nothing
// more.
func topicsInOrder() []string {
	rest := slices.DeleteFunc(slices.Clone(api.Topics), func(topic string) bool { return topic == api.TopicAppUninstalled })
	return append(rest, api.TopicAppUninstalled)
}

func TestTopicsAreListedWithTheirChange(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	var named []string
	for _, one := range platformtest.Control[[]api.SandboxTopic](p, http.MethodGet, "/_sandbox/trigger", nil) {
		named = append(named, one.Topic)
		if !strings.HasSuffix(one.Change, ".") {
			t.Errorf("%s does not say what it does: %q", one.Topic, one.Change)
		}
	}
	if diff := cmp.Diff(api.Topics, named); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The sentence tells the order as it is, and the order is real.
// An app that is told at two addresses is one app.
func TestAppsThatAreAskedAreCountedOnce(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	token := p.Install("my-app", 22).AccessToken
	for _, path := range []string{"one", "two"} {
		p.Do(http.MethodPost, "/api/apps/v1/webhooks", platformtest.Bearer(token),
			map[string]string{"topic": api.TopicDataRequest, "url": "http://localhost:1/" + path}).Into(http.StatusCreated, &struct{}{})
	}
	got := trigger(p, api.SandboxTrigger{Topic: api.TopicDataRequest})
	if !strings.HasPrefix(got.Change, "The merchant asked My App about ") || got.Deliveries != 2 {
		t.Errorf("%d deliveries: %s", got.Deliveries, got.Change)
	}
}

func TestTriggeredOrderIsReal(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	got := trigger(p, api.SandboxTrigger{Topic: api.TopicOrderCreated})
	var body api.WebhookBody[api.OrderEvent]
	if err := json.Unmarshal(got.Event.Body, &body); err != nil {
		t.Fatal(err)
	}
	user := platformtest.User(p.Login(platformtest.FloristMerchant))
	o := platformtest.Data[api.OrderDetail](p.Do(http.MethodGet, fmt.Sprintf("/api/stores/22/orders/%d", body.Data.OrderID), user, nil))
	amount := o.GrandTotal.String()
	if whole := len(amount) - len(".00"); whole > 3 {
		amount = amount[:whole-3] + "," + amount[whole-3:]
	}
	if want := fmt.Sprintf("Order %s over ৳ %s placed by %s.", o.OrderNumber, amount, o.CustomerName); got.Change != want {
		t.Errorf("got %q, want %q", got.Change, want)
	}
	moved := trigger(p, api.SandboxTrigger{Topic: api.TopicOrderStatusChanged})
	if want := fmt.Sprintf("Order %s went from pending to confirmed.", o.OrderNumber); moved.Change != want {
		t.Errorf("got %q, want %q", moved.Change, want)
	}
}

func TestTriggerRefusals(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	refuses := func(in api.SandboxTrigger, status int, says string) {
		t.Helper()
		if e := refused(t, p, status, http.MethodPost, "/_sandbox/trigger", in); !strings.Contains(e.Message, says) {
			t.Errorf("%+v: %s", in, e.Message)
		}
	}
	refuses(api.SandboxTrigger{Topic: "order.create"}, 400, "did you mean order.created?")
	refuses(api.SandboxTrigger{Topic: "order.created", StoreID: 99}, 404, "no store 99")
	refuses(api.SandboxTrigger{Topic: "charge.created"}, 409, "sx install my-app --store 22")
	refuses(api.SandboxTrigger{Topic: "charge.created", App: "restok"}, 404, "no app")
	refuses(api.SandboxTrigger{Topic: "app.uninstalled", App: "restock"}, 409, "sx install restock --store 22")
	refuses(api.SandboxTrigger{Topic: "message.delivered"}, 409, "sx clock advance 1m")
	p.Install("restock", 22)
	refuses(api.SandboxTrigger{Topic: "app.installed", App: "restock"}, 409, "sx uninstall restock --store 22")
	refuses(api.SandboxTrigger{Topic: "charge.created", App: "my-app"}, 409, "sx install my-app")
	p.Install("my-app", 22)
	refuses(api.SandboxTrigger{Topic: "app.installed"}, 409, "sx trigger app.uninstalled")

	var orders api.List[api.Order]
	user := platformtest.User(p.Login(platformtest.CraftsMerchant))
	for _, status := range []string{api.OrderCancelled, api.OrderRefunded} {
		p.Do(http.MethodGet, "/api/stores/24/orders?limit=250&status="+status, user, nil).Into(http.StatusOK, &orders)
		for range orders.Data {
			trigger(p, api.SandboxTrigger{Topic: api.TopicOrderDeleted, StoreID: 24})
		}
	}
	refuses(api.SandboxTrigger{Topic: "order.deleted", StoreID: 24}, 409, "sx trigger order.cancelled")
}

// What is refused leaves nothing, also when a first part of it was done.
func TestRefusedTriggersLeaveNothing(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	p.Install("restock", 22)
	before := platformtest.Control[api.SandboxStatus](p, http.MethodGet, "/_sandbox/status", nil)
	refused(t, p, 409, http.MethodPost, "/_sandbox/trigger", api.SandboxTrigger{Topic: api.TopicAppInstalled, App: "restock"})
	refused(t, p, 409, http.MethodPost, "/_sandbox/trigger", api.SandboxTrigger{Topic: api.TopicMessageFailed})
	if diff := cmp.Diff(before, platformtest.Control[api.SandboxStatus](p, http.MethodGet, "/_sandbox/status", nil)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// Triggers act as no caller of the API: its rules and limits do not meet them,
// and no credentials come into being.
func TestTriggersPassTheFaultsOfTheAPI(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{APIRateLimit: 1})
	p.Install("my-app", 22)
	platformtest.Control[api.Fault](p, http.MethodPost, "/_sandbox/faults", api.NewFault{On: "api", Effect: "500"})
	for range 3 {
		trigger(p, api.SandboxTrigger{Topic: api.TopicChargeCreated})
	}
	gone := platformtest.Control[api.Uninstalled](p, http.MethodPost, "/_sandbox/apps/my-app/uninstall", api.SandboxInstall{})
	if gone.TokensRevoked != 2 || gone.ChargesCancelled != 3 { // the pair of the install
		t.Errorf("%d tokens were alive, %d charges cancelled", gone.TokensRevoked, gone.ChargesCancelled)
	}
}

// Each of many triggers at once answers with the event of its own change.
func TestTriggersAtOnce(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	answers := make(chan platformtest.Answer)
	const callers = 8
	for range callers {
		go func() {
			answers <- p.Do(http.MethodPost, "/_sandbox/trigger", p.Controls(), api.SandboxTrigger{Topic: api.TopicOrderCreated})
		}()
	}
	seen := map[string]bool{}
	for range callers {
		a := <-answers
		got := platformtest.Data[api.SandboxTriggered](a)
		var body api.WebhookBody[api.OrderEvent]
		if err := json.Unmarshal(got.Event.Body, &body); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(got.Change, "Order "+body.Data.OrderNumber+" ") || seen[got.Event.EventID] {
			t.Errorf("%s: %+v", got.Change, got.Event)
		}
		seen[got.Event.EventID] = true
	}
}

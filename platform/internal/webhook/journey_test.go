package webhook_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// journey is a platform on which the app restock is installed, with a receiver
// of its own.
type journey struct {
	*platformtest.Platform
	t        *testing.T
	app      platformtest.Header // client credentials
	bearer   platformtest.Header // the same app's token, for 24 hours
	merchant platformtest.Header
	other    platformtest.Header // merchant of store 24
	url      string
	got      chan delivered
	answer   chan int // statuses to answer with; 200 when there is none
}

type delivered struct {
	header http.Header
	body   string
}

func start(t *testing.T) *journey {
	t.Helper()
	return startAt(t, time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC))
}

// startAt starts with a business clock that stands at an instant.
func startAt(t *testing.T, at time.Time) *journey {
	t.Helper()
	j := &journey{t: t, got: make(chan delivered, 100), answer: make(chan int, 100)}
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		j.got <- delivered{r.Header.Clone(), string(body)}
		select {
		case status := <-j.answer:
			w.WriteHeader(status)
		default:
		}
	}))
	t.Cleanup(receiver.Close)
	j.url = receiver.URL + "/hooks"
	j.Platform = platformtest.Start(t, platformtest.Config{StartAt: &at})
	j.bearer = platformtest.Bearer(j.Install("restock", 22).AccessToken)
	j.app = j.Client("restock", 22)
	j.merchant = platformtest.User(j.Login(platformtest.FloristMerchant))
	j.other = platformtest.User(j.Login(platformtest.CraftsMerchant))
	return j
}

// subscribe makes a subscription of the app.
func (j *journey) subscribe(topic string) api.SubscriptionWithSecret {
	j.t.Helper()
	return platformtest.Data[api.SubscriptionWithSecret](j.Do(http.MethodPost, "/api/apps/v1/webhooks", j.app, api.NewSubscription{Topic: topic, URL: j.url}))
}

func path(base string, id int64, more ...string) string {
	return strings.Join(append([]string{base, strconv.FormatInt(id, 10)}, more...), "/")
}

const (
	appHooks = "/api/apps/v1/webhooks"
	allHooks = "/api/apps/webhooks/subscriptions"
)

// refused makes a call that has to be refused.
func (j *journey) refused(status int, code, says, method, path string, h platformtest.Header, body any) {
	j.t.Helper()
	var e api.Error
	j.Do(method, path, h, body).Into(status, &e)
	if e.Code != code || !strings.Contains(e.Message, says) {
		j.t.Errorf("%s %s: got %s %q, want %s with %q", method, path, e.Code, e.Message, code, says)
	}
}

func TestAppsManageTheirSubscriptions(t *testing.T) {
	t.Parallel()
	j := start(t)
	body := map[string]any{"event_topic": "product.created", "target_url": j.url, "name": "Catalogue"}
	keyed := platformtest.Header{api.HeaderIdempotency: "one"}
	for name, value := range j.app {
		keyed[name] = value
	}
	made := platformtest.Data[api.SubscriptionWithSecret](j.Do(http.MethodPost, appHooks, keyed, body))
	if made.Topic != "product.created" || made.URL != j.url || made.TargetURL != j.url || *made.Name != "Catalogue" ||
		made.CreatedByType != "app" || *made.DeactivatesAfter != 5 || made.SigningSecret != j.Apps["restock"].WebhookSecret {
		t.Errorf("created %+v", made)
	}
	again := j.Do(http.MethodPost, appHooks, keyed, body)
	repeated := platformtest.Data[api.SubscriptionWithSecret](again)
	if again.Header.Get(api.HeaderReplayed) != "true" || repeated.SubscriptionID != made.SubscriptionID ||
		repeated.SigningSecret != api.MaskSecret(made.SigningSecret) {
		t.Errorf("repeated %+v", repeated)
	}
	one := path(appHooks, made.SubscriptionID)
	got := platformtest.Data[api.SubscriptionWithSecret](j.Do(http.MethodGet, one, j.bearer, nil))
	if got.SubscriptionID != made.SubscriptionID || got.SigningSecret != api.MaskSecret(made.SigningSecret) {
		t.Errorf("fetched %+v", got)
	}
	paused := platformtest.Data[api.Subscription](j.Do(http.MethodPut, one, j.app, map[string]any{"is_active": 0}))
	if paused.IsActive || *paused.DeactivationReason != api.DeactivatedPaused || paused.DeactivatedAt == nil || paused.DeactivatesAfter != nil || *paused.Name != "Catalogue" {
		t.Errorf("paused %+v", paused)
	}
	moved := platformtest.Data[api.Subscription](j.Do(http.MethodPut, one, j.app, map[string]any{"is_active": 1, "url": j.url + "/2", "name": nil}))
	if !moved.IsActive || moved.DeactivatedAt != nil || moved.TargetURL != j.url+"/2" || moved.EventTopic != "product.created" || moved.Name != nil {
		t.Errorf("moved %+v", moved)
	}
	if gone := platformtest.Data[api.Deleted](j.Do(http.MethodDelete, one, j.app, nil)); gone.ID != made.SubscriptionID {
		t.Errorf("deleted %+v", gone)
	}
	j.refused(404, api.CodeNotFound, "No subscription", http.MethodGet, one, j.app, nil)
}

func TestWhatCannotBeSubscribed(t *testing.T) {
	t.Parallel()
	j := start(t)
	with := func(topic, url string) map[string]any { return map[string]any{"topic": topic, "url": url} }
	made := j.subscribe(api.TopicProductCreated)
	for _, c := range []struct {
		body   map[string]any
		status int
		code   string
		says   string
	}{
		{with("order.craeted", j.url), 400, api.CodeValidation, "topic is no topic; did you mean order.created?"},
		{with("", j.url), 400, api.CodeValidation, "topic is required"},
		{with("order.created", ""), 400, api.CodeValidation, "url is required"},
		{with("order.created", "/hooks"), 400, api.CodeValidation, "whole URL"},
		{with("order.created", "ftp://app.example.com"), 400, api.CodeValidation, "https://"},
		{with("order.created", "http://app.example.com/x"), 400, api.CodeValidation, "must be https"},
		{with("order.created", "https://10.0.0.7/x"), 400, api.CodeValidation, "private address"},
		{with("order.created", "http://169.254.169.254/x"), 400, api.CodeValidation, "private address"},
		{with("order.created", "https://u:p@app.example.com/"), 400, api.CodeValidation, "user name or password"},
		{with("order.created", "https://app.example.com/#x"), 400, api.CodeValidation, "fragment"},
		{with("order.created", "https://app.example.com/"+strings.Repeat("x", 2048)), 400, api.CodeValidation, "2048"},
		{map[string]any{"topic": "order.created", "event_topic": "order.updated", "url": j.url}, 400, api.CodeValidation, "send one of them"},
		{map[string]any{"topic": "order.created", "url": j.url, "name": "x"}, 400, api.CodeValidation, "2 to 255"},
		{with("customer.created", j.url), 403, api.CodeInsufficientScope, "read:customers"},
		{with("product.created", j.url), 409, api.CodeConflict, "already"},
	} {
		j.refused(c.status, c.code, c.says, http.MethodPost, appHooks, j.app, c.body)
	}
	for _, host := range []string{"localhost:1", "app.localhost", "127.8.8.8", "[::1]:3"} {
		if a := j.Do(http.MethodPost, appHooks, j.app, with("product.created", "http://"+host+"/x")); a.Status != http.StatusCreated {
			t.Errorf("%s: %s", host, a.Body)
		}
	}
	one := path(appHooks, made.SubscriptionID)
	j.refused(400, api.CodeValidation, "is_active must be 1 or 0", http.MethodPut, one, j.app, map[string]any{"is_active": nil})
	j.refused(400, api.CodeValidation, "target_url is required", http.MethodPut, one, j.app, map[string]any{"target_url": nil})
	j.refused(409, api.CodeConflict, "already", http.MethodPut, one, j.app, map[string]any{"url": "http://localhost:1/x"})
	j.refused(403, api.CodeInsufficientScope, "read:customers", http.MethodPut, one, j.app, map[string]any{"topic": "customer.created"})
	elsewhere := platformtest.Bearer(j.Install("my-app", 22).AccessToken)
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
		j.refused(404, api.CodeNotFound, "No subscription", method, one, elsewhere, map[string]any{})
	}
}

// An installation that loses a scope is not told of its topics any more.
func TestALostScopeEndsDeliveries(t *testing.T) {
	t.Parallel()
	j := start(t)
	made := j.subscribe(api.TopicProductUpdated)
	products := platformtest.Data[[]api.ProductSummary](j.Do(http.MethodGet, "/api/stores/22/products?limit=1", j.merchant, nil))
	change := func(name string) {
		j.Do(http.MethodPut, path("/api/stores/22/products", products[0].ProductID), j.merchant, map[string]any{"name": name}).Into(http.StatusOK, &struct{}{})
	}
	change("Rose of the day")
	if d := <-j.got; d.header.Get(api.HeaderWebhookEvent) != api.TopicProductUpdated {
		t.Fatalf("got %v", d.header)
	}
	j.Consent(j.Login(platformtest.Developer), platformtest.Authorization{Slug: "restock", StoreID: 22, Scope: "read:orders"})
	change("Rose of the night")
	j.Advance(time.Minute)
	var list api.List[api.Delivery]
	j.Do(http.MethodGet, path(appHooks, made.SubscriptionID, "deliveries"), j.app, nil).Into(http.StatusOK, &list)
	if list.Pagination.Total != 1 {
		t.Errorf("%d deliveries: %+v", list.Pagination.Total, list.Data)
	}
}

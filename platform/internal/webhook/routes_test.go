package webhook

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/web"
)

// serve returns the routes; the dashboard user owns the bench's store, the app
// is the bench's installation.
func (b *bench) serve() http.Handler {
	r := web.NewRouter(slog.New(slog.NewTextHandler(b.t.Output(), nil)))
	r.User = func(*http.Request) (web.Caller, error) {
		return web.Caller{UserID: apptest.AccountID, Stores: []int64{apptest.StoreID}}, nil
	}
	r.App = func(*http.Request) (web.Caller, error) {
		return web.Caller{AppID: b.app.AppID, InstallationID: b.installation, StoreID: apptest.StoreID}, nil
	}
	b.Routes(r)
	return r.Handler()
}

// get decodes the answer to a GET, or fails unless the status is as wanted.
func get[T any](t *testing.T, h http.Handler, target string, status int) (v T) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
	if w.Code != status {
		t.Fatalf("%s: %d %s", target, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	return v
}

func names(list []api.Subscription) (names []string) {
	for _, s := range list {
		names = append(names, s.CreatedByType+": "+s.SourceName+" "+s.EventTopic)
	}
	return names
}

func TestSubscriptionLists(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.subscribe("http://app.localhost/hook", api.TopicOrderCreated)
	b.merchantSubscribes(apptest.StoreID, "http://m.localhost/hook", api.TopicOrderUpdated, secret.New(api.PrefixWebhookSecret))
	b.merchantSubscribes(apptest.OtherID, "http://o.localhost/hook", api.TopicOrderUpdated, secret.New(api.PrefixWebhookSecret))
	h := b.serve()
	apps, merchants := "app: App restock order.created", "merchant: Accounting order.updated"
	for target, want := range map[string][]string{
		"/api/apps/webhooks/subscriptions?store_id=22":          {apps, merchants},
		"/api/apps/webhooks/subscriptions?store_id=22&app_id=1": {apps},
		"/api/apps/webhooks/subscriptions?store_id=22&app_id=9": nil,
		"/api/apps/v1/webhooks":                                 {apps},
	} {
		list := get[api.Envelope[[]api.Subscription]](t, h, target, http.StatusOK).Data
		if diff := cmp.Diff(want, names(list)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", target, diff)
		}
	}
	b.uninstall("")
	if list := get[api.Envelope[[]api.Subscription]](t, h, "/api/apps/v1/webhooks", http.StatusOK); list.Data == nil || len(list.Data) != 0 {
		t.Errorf("removed subscriptions are listed: %+v", list)
	}
}

func TestDeliveryList(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("thanks \xff")) })
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.merchantSubscribes(apptest.StoreID, r.URL, api.TopicOrderCreated, secret.New(api.PrefixWebhookSecret))
	first := b.emit()
	b.settle()
	second := b.emit()
	b.settle()
	h := b.serve()
	list := get[api.List[api.Delivery]](t, h, "/api/apps/webhooks/deliveries?store_id=22", http.StatusOK)
	if p := list.Pagination; p.Total != 4 || len(list.Data) != 4 || list.Data[0].EventID != second.ID || list.Data[3].EventID != first.ID {
		t.Errorf("got %+v", list)
	}
	for _, d := range list.Data {
		if len(d.Attempts) != 1 || d.Attempts[0].ResponseBody != "thanks \uFFFD" {
			t.Errorf("got %+v", d)
		}
	}
	page := get[api.List[api.Delivery]](t, h, "/api/apps/webhooks/deliveries?store_id=22&app_id=1&limit=1&page=2", http.StatusOK)
	if page.Pagination.Total != 2 || len(page.Data) != 1 || page.Data[0].EventID != first.ID || len(page.Data[0].Attempts) != 1 {
		t.Errorf("got %+v", page)
	}
	none := get[api.List[api.Delivery]](t, h, "/api/apps/webhooks/deliveries?store_id=22&page=9", http.StatusOK)
	if none.Data == nil || len(none.Data) != 0 || none.Pagination.Total != 4 {
		t.Errorf("got %+v", none)
	}
}

func TestListsRefuse(t *testing.T) {
	t.Parallel()
	h := newBench(t).serve()
	for target, want := range map[string]int{
		"/api/apps/webhooks/subscriptions":                      http.StatusBadRequest,
		"/api/apps/webhooks/subscriptions?store_id=24":          http.StatusNotFound,
		"/api/apps/webhooks/subscriptions?store_id=22&app_id=x": http.StatusBadRequest,
		"/api/apps/webhooks/deliveries":                         http.StatusBadRequest,
		"/api/apps/webhooks/deliveries?store_id=24":             http.StatusNotFound,
		"/api/apps/webhooks/deliveries?store_id=22&limit=0":     http.StatusBadRequest,
	} {
		get[api.Error](t, h, target, want)
	}
}

package privacy_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// webhook is what an app got.
type webhook struct {
	topic string
	body  []byte
}

// app serves the demo app and passes its webhooks on.
func app(t *testing.T) (url string, got chan webhook) {
	t.Helper()
	got = make(chan webhook, 100)
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- webhook{r.Header.Get(api.HeaderWebhookEvent), body}
	}))
	t.Cleanup(s.Close)
	return s.URL, got
}

// customer returns a customer of a store.
func customer(t *testing.T, p *platformtest.Platform, user platformtest.Header, storeID int64) api.Customer {
	t.Helper()
	var list api.List[api.Customer]
	p.Do(http.MethodGet, fmt.Sprintf("/api/stores/%d/customers?limit=1", storeID), user, nil).Into(http.StatusOK, &list)
	return list.Data[0]
}

// An installed app that did not subscribe is told all the same, with the
// payload of the documentation.
func TestAppsAreToldOfEveryRequest(t *testing.T) {
	t.Parallel()
	url, got := app(t)
	p := platformtest.Start(t, platformtest.Config{DemoAppURL: url, StartAt: &noon})
	p.Install("restock", 22)
	user := platformtest.User(p.Login(platformtest.FloristMerchant))
	c := customer(t, p, user, 22)
	who := &api.PrivacyCustomer{ID: c.UserID, Email: c.Email, Phone: c.Phone}
	for _, want := range []struct {
		in   api.NewPrivacyRequest
		data any
	}{
		{api.NewPrivacyRequest{Topic: "customers/data_request", UserID: &c.UserID}, api.DataRequestEvent{StoreID: 22, Customer: *who, RequestedAt: api.Time{Time: noon}}},
		{api.NewPrivacyRequest{Topic: "customers/redact", UserID: &c.UserID}, api.CustomerRedactEvent{StoreID: 22, Customer: *who, RedactRequestedAt: api.Time{Time: noon}}},
		{api.NewPrivacyRequest{Topic: "shop/redact"}, api.ShopRedactEvent{StoreID: 22, RedactRequestedAt: api.Time{Time: noon}}},
	} {
		made := platformtest.Data[api.PrivacyRequest](p.Do(http.MethodPost, "/api/stores/22/privacy-requests", user, want.in))
		if made.Topic != want.in.Topic || len(made.Apps) != 1 || made.Apps[0].Name != "Restock" {
			t.Errorf("got %+v", made)
		}
		w := <-got
		data, err := json.Marshal(want.data)
		if err != nil {
			t.Fatal(err)
		}
		if w.topic != want.in.Topic || !strings.Contains(string(w.body), `"data":`+string(data)) {
			t.Errorf("got %s %s, want %s", w.topic, w.body, data)
		}
	}
	p.Advance(0)
	var list api.List[api.PrivacyRequest]
	p.Do(http.MethodGet, "/api/stores/22/privacy-requests", user, nil).Into(http.StatusOK, &list)
	var topics []string
	for _, r := range list.Data {
		topics = append(topics, r.Topic)
		if r.Apps[0].DeliveryStatus != api.DeliveryDelivered {
			t.Errorf("%+v", r)
		}
	}
	if diff := cmp.Diff([]string{"shop/redact", "customers/redact", "customers/data_request"}, topics); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if export := list.Data[2]; !export.DueAt.Equal(noon.AddDate(0, 0, 30)) || !cmp.Equal(export.Customer, who) {
		t.Errorf("got %+v", export)
	}
}

// Without apps the request is kept all the same; another store hears nothing.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	url, got := app(t)
	p := platformtest.Start(t, platformtest.Config{DemoAppURL: url})
	p.Install("restock", 24)
	user := platformtest.User(p.Login(platformtest.FloristMerchant))
	made := platformtest.Data[api.PrivacyRequest](p.Do(http.MethodPost, "/api/stores/22/privacy-requests", user, api.NewPrivacyRequest{Topic: "shop/redact"}))
	if len(made.Apps) != 0 {
		t.Errorf("got %+v", made)
	}
	p.Advance(0)
	select {
	case w := <-got:
		t.Errorf("store 24's app got %s", w.topic)
	default:
	}
	p.Do(http.MethodGet, "/api/stores/24/privacy-requests", user, nil).Into(http.StatusNotFound, &api.Error{})
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	user := platformtest.User(p.Login(platformtest.FloristMerchant))
	foreign := customer(t, p, platformtest.User(p.Login(platformtest.CraftsMerchant)), 24).UserID
	for body, want := range map[string]struct {
		status int
		says   string
	}{
		`{"topic":"customer/redact","user_id":1}`:                         {400, "did you mean customers/redact?"},
		`{"topic":"order.created"}`:                                       {400, "topic must be"},
		`{"topic":"customers/redact"}`:                                    {400, "user_id is missing"},
		`{"topic":"shop/redact","user_id":1}`:                             {400, "user_id must be left out"},
		fmt.Sprintf(`{"topic":"customers/redact","user_id":%d}`, foreign): {404, "customer"},
	} {
		a := p.Do(http.MethodPost, "/api/stores/22/privacy-requests", user, json.RawMessage(body))
		var e api.Error
		a.Into(want.status, &e)
		if !strings.Contains(e.Message, want.says) {
			t.Errorf("%s: %s", body, e.Message)
		}
	}
	var list api.List[api.PrivacyRequest]
	p.Do(http.MethodGet, "/api/stores/22/privacy-requests", user, nil).Into(http.StatusOK, &list)
	if len(list.Data) != 0 {
		t.Errorf("%d requests were made", len(list.Data))
	}
}

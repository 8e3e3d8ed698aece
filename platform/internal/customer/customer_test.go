package customer_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

const (
	app  = storetest.App
	path = "/api/apps/v1/customers"
)

type bench struct {
	*storetest.Server
	t       *testing.T
	db      *db.DB
	service *customer.Service
}

func newBench(t *testing.T) bench {
	d := storetest.New(t)
	s := &customer.Service{DB: d, Writes: idempotency.Writes{DB: d}, Events: &event.Log{Feed: &event.Feed{}}}
	return bench{storetest.Serve(t, s.Routes), t, d, s}
}

func text(s string) *string { return &s }

// add creates a customer as an app does.
func (b bench) add(in api.NewCustomer) api.Customer {
	b.t.Helper()
	a := b.Do(app, http.MethodPost, path, in)
	if a.Code != http.StatusCreated {
		b.t.Fatalf("%d %s", a.Code, a.Body)
	}
	var e api.Envelope[api.Customer]
	if err := json.Unmarshal(a.Body.Bytes(), &e); err != nil {
		b.t.Fatal(err)
	}
	return e.Data
}

func (b bench) at(id int64) string { return path + "/" + jsonNumber(id) }

func jsonNumber(n int64) string {
	b, _ := json.Marshal(n)
	return string(b)
}

func rahim() api.NewCustomer {
	return api.NewCustomer{
		Name: " Rahim Ahmed ", Email: text("Rahim@Mail.example"), Phone: text("+880 1712-345678"),
		AddressJSON: &api.CustomerAddress{Address: "123 Main St", City: "Dhaka"},
	}
}

func TestACustomerIsKeptInOneForm(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.add(rahim())
	now := api.Time{Time: storetest.Now}
	want := api.Customer{
		UserID: c.UserID, StoreID: storetest.Florist, Name: "Rahim Ahmed", Email: text("rahim@mail.example"), Phone: text("01712345678"),
		AddressJSON: &api.CustomerAddress{Address: "123 Main St", City: "Dhaka"}, CreatedAt: now, UpdatedAt: now,
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, storetest.Data[api.Customer](b.Get(app, b.at(c.UserID)))); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	var body api.WebhookBody[api.CustomerEvent]
	if err := json.Unmarshal(dbtest.Value[[]byte](t, b.db, `SELECT body FROM event`), &body); err != nil {
		t.Fatal(err)
	}
	if body.EventTopic != api.TopicCustomerCreated || body.Data.StoreName != "FloristBD" || body.Data.CustomerName != "Rahim Ahmed" {
		t.Errorf("event %+v", body)
	}
	if diff := cmp.Diff(want, body.Data.Customer); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
}

func TestWhatACustomerMustNotBe(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for field, spoil := range map[string]func(*api.NewCustomer){
		"name":                 func(c *api.NewCustomer) { c.Name = " " },
		"phone":                func(c *api.NewCustomer) { c.Phone = text("12345") },
		"email":                func(c *api.NewCustomer) { c.Email = text("Rahim <rahim@mail.example>") },
		"address_json.address": func(c *api.NewCustomer) { c.AddressJSON.Address = strings.Repeat("ক", 501) },
		"address_json.city":    func(c *api.NewCustomer) { c.AddressJSON.City = strings.Repeat("x", 101) },
	} {
		in := rahim()
		spoil(&in)
		e := b.Do(app, http.MethodPost, path, in).Refusal(http.StatusBadRequest)
		if e.Code != api.CodeValidation || len(e.Errors) != 1 || e.Errors[0].Field != field {
			t.Errorf("%s: %+v", field, e)
		}
	}
	e := b.Do(app, http.MethodPost, path, api.NewCustomer{Name: "Nobody"}).Refusal(http.StatusBadRequest)
	if e.Message != "The request is not valid: phone is required when there is no email." {
		t.Error(e.Message)
	}
	if n := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM customer`) + dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM event`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

func TestPhoneAndEmailAreUniqueWithinAStore(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := b.add(rahim())
	second := b.add(api.NewCustomer{Name: "Fatima", Phone: text("01812345678")})
	for name, c := range map[string]struct {
		as, method, target string
		body               any
		want               int
	}{
		"same phone":         {app, "POST", path, api.NewCustomer{Name: "X", Phone: text("8801712345678")}, 409},
		"same email":         {app, "POST", path, api.NewCustomer{Name: "X", Email: text("RAHIM@mail.example")}, 409},
		"taken by an update": {app, "PUT", b.at(second.UserID), api.CustomerUpdate{Phone: api.To("01712345678")}, 409},
		"one's own again":    {app, "PUT", b.at(first.UserID), api.CustomerUpdate{Phone: api.To("01712345678")}, 200},
		"another store":      {storetest.StrangerApp, "POST", path, rahim(), 201},
	} {
		if a := b.Do(c.as, c.method, c.target, c.body); a.Code != c.want {
			t.Errorf("%s: %d %s, want %d", name, a.Code, a.Body, c.want)
		}
	}
	if a := b.Do(app, http.MethodDelete, b.at(first.UserID), nil); a.Code != http.StatusOK {
		t.Fatalf("%d %s", a.Code, a.Body)
	}
	b.add(rahim())
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		b.Do(app, method, b.at(first.UserID), nil).Refusal(http.StatusNotFound)
	}
}

func TestAnUpdateChangesWhatItNames(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.add(rahim())
	got := storetest.Data[api.Customer](b.Do(app, http.MethodPut, b.at(c.UserID), map[string]any{"name": "Rahima", "email": nil, "address_json": nil}))
	c.Name, c.Email, c.AddressJSON = "Rahima", nil, nil
	if diff := cmp.Diff(c, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, body := range []any{map[string]any{"name": nil}, map[string]any{"phone": nil}} {
		b.Do(app, http.MethodPut, b.at(c.UserID), body).Refusal(http.StatusBadRequest)
	}
	if topic := dbtest.Value[string](t, b.db, `SELECT topic FROM event ORDER BY seq DESC LIMIT 1`); topic != api.TopicCustomerUpdated {
		t.Errorf("the last event is %s", topic)
	}
}

func TestOtherTenantsAndScopes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.add(rahim())
	for name, call := range map[string]struct {
		as, method, target string
		want               int
	}{
		"a stranger reads":         {storetest.StrangerApp, "GET", b.at(c.UserID), 404},
		"a stranger changes":       {storetest.StrangerApp, "PUT", b.at(c.UserID), 404},
		"a stranger deletes":       {storetest.StrangerApp, "DELETE", b.at(c.UserID), 404},
		"no scope":                 {storetest.BlindApp, "GET", path, 403},
		"no scope to write":        {storetest.BlindApp, "POST", path, 403},
		"a merchant reads":         {storetest.Merchant, "GET", "/api/stores/22/customers/" + jsonNumber(c.UserID), 200},
		"a merchant, other store":  {storetest.Merchant, "GET", "/api/stores/23/customers/" + jsonNumber(c.UserID), 404},
		"a merchant, not theirs":   {storetest.Merchant, "GET", "/api/stores/24/customers", 404},
		"not an id":                {app, "GET", path + "/x", 404},
		"a customer who never was": {app, "GET", path + "/999", 404},
	} {
		var body any
		if call.method == "PUT" || call.method == "POST" {
			body = map[string]any{"name": "Mallory"}
		}
		if a := b.Do(call.as, call.method, call.target, body); a.Code != call.want {
			t.Errorf("%s: %d %s, want %d", name, a.Code, a.Body, call.want)
		}
	}
}

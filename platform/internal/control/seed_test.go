package control_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox"
	"github.com/selorax/sandbox/platform/platformtest"
)

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
			list = append(list, e.Topic+" "+strings.ReplaceAll(data, p.URL, ""))
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

// A person whose number the next customer would have is no obstacle.
func TestSeedPassesTakenPhones(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	user := platformtest.User(p.Login(platformtest.CraftsMerchant))
	var had api.List[api.Customer]
	p.Do(http.MethodGet, "/api/stores/24/customers?limit=1", user, nil).Into(http.StatusOK, &had)
	next := sandbox.MoreCustomer(24, had.Pagination.Total+2)
	p.Do(http.MethodPost, "/api/stores/24/customers", user, api.NewCustomer{Name: "Somebody", Phone: next.Phone}).Into(http.StatusCreated, &struct{}{})
	made := platformtest.Control[api.SandboxSeeded](p, http.MethodPost, "/_sandbox/seed", api.SandboxSeed{StoreID: 24, Customers: 1})
	one := platformtest.Data[api.Customer](p.Do(http.MethodGet, fmt.Sprintf("/api/stores/24/customers/%d", made.Customers[0]), user, nil))
	if want := sandbox.MoreCustomer(24, had.Pagination.Total+3); one.Name != want.Name || *one.Phone != *want.Phone {
		t.Errorf("got %+v, want %+v", one, want)
	}
}

// A store that sells out gets a delivery, so that any number of orders fits.
func TestSeedGoesOnWhenEverythingIsSold(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	made := platformtest.Control[api.SandboxSeeded](p, http.MethodPost, "/_sandbox/seed", api.SandboxSeed{StoreID: 24, Orders: 400})
	var events api.List[api.SandboxEvent]
	p.Do(http.MethodGet, "/_sandbox/events?store_id=24&topic=order.created&limit=1", p.Controls(), nil).Into(http.StatusOK, &events)
	if len(made.Orders) != 400 || events.Pagination.Total != 400 {
		t.Errorf("%d orders, %d events", len(made.Orders), events.Pagination.Total)
	}
}

// When the orders cannot be placed, the customers before them stay away too.
func TestSeedIsAllOrNothing(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	user := platformtest.User(p.Login(platformtest.CraftsMerchant))
	var products api.List[api.Product]
	p.Do(http.MethodGet, "/api/stores/24/products?limit=250", user, nil).Into(http.StatusOK, &products)
	for _, one := range products.Data {
		p.Do(http.MethodDelete, fmt.Sprintf("/api/stores/24/products/%d", one.ProductID), user, nil).Into(http.StatusOK, &struct{}{})
	}
	e := refused(t, p, 409, http.MethodPost, "/_sandbox/seed", api.SandboxSeed{StoreID: 24, Customers: 3, Orders: 1})
	if !strings.Contains(e.Message, "sx seed --products") {
		t.Error(e.Message)
	}
	var events api.List[api.SandboxEvent]
	p.Do(http.MethodGet, "/_sandbox/events?store_id=24&topic=customer.created", p.Controls(), nil).Into(http.StatusOK, &events)
	if events.Pagination.Total != 0 {
		t.Errorf("%d customers were added", events.Pagination.Total)
	}
	made := platformtest.Control[api.SandboxSeeded](p, http.MethodPost, "/_sandbox/seed", api.SandboxSeed{StoreID: 24, Customers: 3, Orders: 1, Products: 1})
	if len(made.Orders) != 1 {
		t.Errorf("got %+v", made)
	}
}

package selorax

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// fixture is a client of a server whose answers the test chooses. It does not
// wait between attempts but notes for how long it would have.
type fixture struct {
	*Client
	waits []time.Duration
	calls int
}

func newFixture(t *testing.T, handle func(w http.ResponseWriter, r *http.Request, call int)) *fixture {
	t.Helper()
	f := &fixture{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.calls++
		handle(w, r, f.calls)
	}))
	t.Cleanup(server.Close)
	f.Client = &Client{
		BaseURL: server.URL + "/api", ClientID: clientID, ClientSecret: "sx_secret_1", HTTP: NewHTTPClient(5 * time.Second),
		Sleep: func(_ context.Context, d time.Duration) error {
			f.waits = append(f.waits, d)
			return nil
		},
	}
	return f
}

func reply(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

const storeAnswer = `{"message":"ok","data":{"store_id":22,"name":"FloristBD","currency":"BDT"},"status":200}`

func TestRetryOfReads(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		first func(w http.ResponseWriter)
		calls int
		least time.Duration // of the first wait
		most  time.Duration
	}{
		"server error":     {func(w http.ResponseWriter) { reply(w, 500, `{}`) }, 2, firstWait / 2, firstWait},
		"bad gateway page": {func(w http.ResponseWriter) { reply(w, 502, `<html>`) }, 2, firstWait / 2, firstWait},
		"rate limited": {func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "7")
			reply(w, 429, `{"message":"Slow down.","code":"rate_limited"}`)
		}, 2, 7 * time.Second, 8 * time.Second},
		"too long a wait": {func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "3600")
			reply(w, 429, `{"message":"Slow down.","code":"rate_limited"}`)
		}, 1, 0, 0},
		"refused":    {func(w http.ResponseWriter) { reply(w, 403, `{"message":"No.","code":"insufficient_scope"}`) }, 1, 0, 0},
		"no token":   {func(w http.ResponseWriter) { reply(w, 401, `{"message":"No.","code":"invalid_token"}`) }, 1, 0, 0},
		"not JSON":   {func(w http.ResponseWriter) { reply(w, 200, `<html>`) }, 1, 0, 0},
		"redirected": {func(w http.ResponseWriter) { w.Header().Set("Location", "/api/apps/v1/store"); reply(w, 302, "") }, 1, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, func(w http.ResponseWriter, _ *http.Request, call int) {
				if call == 1 {
					test.first(w)
					return
				}
				reply(w, 200, storeAnswer)
			})
			s, err := f.Store(t.Context(), "sx_at_1")
			if f.calls != test.calls || (err == nil) != (test.calls == 2) || err == nil && s.Name != "FloristBD" {
				t.Errorf("%d calls, want %d: %+v, %v", f.calls, test.calls, s, err)
			}
			if test.calls == 2 && (f.waits[0] < test.least || f.waits[0] > test.most) {
				t.Errorf("waited %v, want %v to %v", f.waits[0], test.least, test.most)
			}
		})
	}
}

func TestRetryOfBrokenConnection(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, _ *http.Request, call int) {
		if call < 3 {
			panic(http.ErrAbortHandler)
		}
		reply(w, 200, storeAnswer)
	})
	if _, err := f.Store(t.Context(), "sx_at_1"); err != nil || f.calls != 3 {
		t.Errorf("%d calls: %v", f.calls, err)
	}
}

func TestRetryEnds(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("X-Request-Id", "req-1")
		reply(w, 503, `{"message":"Busy.","code":"try_again","status":503}`)
	})
	_, err := f.Store(t.Context(), "sx_at_1")
	want := &Error{Status: 503, Code: "try_again", Message: "Busy.", RequestID: "req-1"}
	var got *Error
	if errors.As(err, &got); !cmp.Equal(want, got) {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, got))
	}
	if f.calls != maxAttempts || len(f.waits) != maxAttempts-1 || f.waits[2] < f.waits[0] {
		t.Errorf("%d calls, waits %v", f.calls, f.waits)
	}
	if text := err.Error(); !strings.Contains(text, "try_again") || !strings.Contains(text, "req-1") {
		t.Errorf("the error says %q", text)
	}
}

// A caller with little time left gets the refusal now, not a timeout later.
func TestRetryKeepsDeadline(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Retry-After", "20")
		reply(w, 429, `{"message":"Slow down.","code":"rate_limited"}`)
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var refused *Error
	if _, err := f.Store(ctx, "sx_at_1"); !errors.As(err, &refused) || refused.RetryAfter != 20*time.Second || len(f.waits) > 0 {
		t.Errorf("%v after waits of %v", err, f.waits)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]time.Duration{
		"": 0, "5": 5 * time.Second, " 5 ": 5 * time.Second, "-5": 0, "soon": 0, "99999999999": 0,
		noon.Add(time.Minute).Format(http.TimeFormat): time.Minute, noon.Add(-time.Minute).Format(http.TimeFormat): 0,
	} {
		if got := retryAfter(value, noon); got != want {
			t.Errorf("%q is %v, want %v", value, got, want)
		}
	}
}

func TestOrderQuery(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		want := "customer_id=301&limit=20&page=2&since=2026-03-01T12%3A00%3A00Z&sort=grand_total%3Adesc&status=pending"
		if r.URL.Path != "/api/apps/v1/orders" || r.URL.RawQuery != want || r.Header.Get("Authorization") != "Bearer sx_at_1" {
			t.Errorf("asked %s with %v", r.URL, r.Header)
		}
		reply(w, 200, `{"data":[{"order_id":1045,"grand_total":1460.00,"created_at":"2025-06-15T10:30:00.000Z"}],"pagination":{"page":2,"limit":20,"total":21,"total_pages":2}}`)
	})
	page, err := f.Orders(t.Context(), "sx_at_1", OrderQuery{
		Page: 2, Limit: 20, Status: "pending", Since: noon, CustomerID: 301, Sort: "grand_total:desc",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Page[Order]{
		Data:       []Order{{OrderID: 1045, GrandTotal: "1460.00", CreatedAt: time.Date(2025, 6, 15, 10, 30, 0, 0, time.UTC)}},
		Pagination: Pagination{Page: 2, Limit: 20, Total: 21, TotalPages: 2},
	}
	if diff := cmp.Diff(want, page); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// pageOf answers 5 records on 3 pages.
func pageOf(w http.ResponseWriter, r *http.Request, name string) {
	page, first := r.URL.Query().Get("page"), map[string]int{"1": 1, "2": 3, "3": 5}[r.URL.Query().Get("page")]
	records := []map[string]any{{name: first}}
	if first < 5 {
		records = append(records, map[string]any{name: first + 1})
	}
	body, _ := json.Marshal(map[string]any{"data": records, "pagination": map[string]any{"page": json.Number(page), "limit": 2, "total": 5, "total_pages": 3}})
	reply(w, 200, string(body))
}

func TestAllPages(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		if r.URL.Query().Get("limit") != "250" {
			t.Errorf("asked %s", r.URL)
		}
		pageOf(w, r, map[string]string{"/api/apps/v1/orders": "order_id", "/api/apps/v1/products": "product_id", "/api/apps/v1/inventory": "product_id"}[r.URL.Path])
	})
	var orders, products, stock []int64
	for o, err := range f.AllOrders(t.Context(), "sx_at_1", OrderQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		orders = append(orders, o.OrderID)
	}
	for p, err := range f.AllProducts(t.Context(), "sx_at_1", ProductQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		products = append(products, p.ProductID)
	}
	for p, err := range f.AllInventory(t.Context(), "sx_at_1") {
		if err != nil {
			t.Fatal(err)
		}
		stock = append(stock, p.ProductID)
	}
	want := []int64{1, 2, 3, 4, 5}
	if !cmp.Equal(want, orders) || !cmp.Equal(want, products) || !cmp.Equal(want, stock) || f.calls != 9 {
		t.Errorf("orders %v, products %v, stock %v, %d calls", orders, products, stock, f.calls)
	}
}

func TestAllPagesStops(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, r *http.Request, call int) {
		if call == 2 {
			reply(w, 403, `{"message":"No.","code":"insufficient_scope"}`)
			return
		}
		pageOf(w, r, "order_id")
	})
	var seen int
	var last error
	for _, err := range f.AllOrders(t.Context(), "sx_at_1", OrderQuery{}) {
		seen, last = seen+1, err
	}
	if seen != 3 || last == nil {
		t.Errorf("%d items, then %v; want two orders and the refusal", seen, last)
	}
	for range f.AllOrders(t.Context(), "sx_at_1", OrderQuery{}) {
		break
	}
	if f.calls != 3 {
		t.Errorf("%d calls: a loop that was left asked for more pages", f.calls)
	}
}

func TestRecordByID(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		switch r.URL.Path {
		case "/api/apps/v1/orders/1045":
			reply(w, 200, `{"data":{"order_id":1045,"order_number":"1045","items":[{"product_id":7,"sku_id":9,"quantity":2}]}}`)
		case "/api/apps/v1/inventory/7":
			reply(w, 200, `{"data":{"product_id":7,"name":"Roses","is_active":1,"variants":[{"sku_id":9,"sku_code":"R-9","quantity":3}]}}`)
		case "/api/apps/v1/products/7":
			reply(w, 200, `{"data":{"product_id":7,"name":"Roses","variants":[{"sku_id":9,"quantity":3,"price":450.00}]}}`)
		default:
			reply(w, 404, `{"message":"No such record.","code":"not_found"}`)
		}
	})
	if o, err := f.Order(t.Context(), "sx_at_1", 1045); err != nil || o.OrderNumber != "1045" || !cmp.Equal(o.Items, []OrderItem{{ProductID: 7, SKUID: 9, Quantity: 2}}) {
		t.Errorf("%+v, %v", o, err)
	}
	p, err := f.Product(t.Context(), "sx_at_1", 7)
	if err != nil || p.Name != "Roses" || len(p.Variants) != 1 || p.Variants[0].Price != "450.00" || p.Variants[0].Quantity != 3 {
		t.Errorf("%+v, %v", p, err)
	}
	i, err := f.Inventory(t.Context(), "sx_at_1", 7)
	if err != nil || i.Name != "Roses" || i.IsActive != 1 || !cmp.Equal(i.Variants, []InventoryVariant{{SKUID: 9, SKUCode: "R-9", Quantity: 3}}) {
		t.Errorf("%+v, %v", i, err)
	}
	if _, err := f.Order(t.Context(), "sx_at_1", 1); !IsNotFound(err) || IsConflict(err) {
		t.Errorf("a missing order: %v", err)
	}
}

// Hosts under localhost are this machine, though no resolver knows them.
func TestLocalhostNames(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, r *http.Request, _ int) { reply(w, 200, storeAnswer) })
	u, err := url.Parse(f.BaseURL)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"localhost", "api.selorax.localhost"} {
		f.BaseURL = "http://" + host + ":" + u.Port() + "/api"
		if _, err := f.Store(t.Context(), "sx_at_1"); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
}

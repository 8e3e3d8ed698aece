package order

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func TestDetailCarriesEverything(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{})
	at := api.Time{Time: storetest.Now}
	email := "rahim@mail.example"
	want := api.OrderDetail{
		Order: api.Order{
			OrderID: 1001, StoreID: 22, UserID: buyer, OrderNumber: "1001", CustomerName: "Rahim Ahmed", CustomerPhone: "01712345678",
			OrderStatus: "pending", FinancialStatus: "unpaid", FulfillmentStatus: "unfulfilled", SubTotal: 100000, Shipping: 6000,
			GrandTotal: 106000, PaymentMethod: "cod", Note: "Ring twice", CreatedAt: at, UpdatedAt: at,
		},
		CustomerEmail: &email,
		Items: []api.OrderItem{{OrderItemID: 1, ProductID: product, SKUID: variant, Name: "Rose", VariantName: "12", SKUCode: "R12", Quantity: 2,
			UnitPrice: 50000, Total: 100000, Image: "http://api.localhost/media/products/bouquet-rose.svg"}},
		Addresses:    []api.OrderAddress{{Type: "shipping", Name: "Rahim Ahmed", Phone: "01712345678", Address: "House 12, Road 5, Dhanmondi", City: "Dhaka"}},
		Payments:     []api.OrderPayment{{PaymentID: 1, Type: "payment", Method: "cod", Amount: 106000, Status: "pending", CreatedAt: at}},
		Timeline:     []api.TimelineEntry{{Kind: "created", Message: "Order placed", Actor: "Store", CreatedAt: at}},
		NextStatuses: []string{"confirmed", "hold", "cancelled"},
	}
	for as, target := range map[string]string{storetest.App: "/api/apps/v1/orders/1001", storetest.Merchant: "/api/stores/22/orders/1001"} {
		if diff := cmp.Diff(want, storetest.Data[api.OrderDetail](b.Get(as, target))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", as, diff)
		}
	}
}

// TestListItemOnTheWire compares with the platform's documented example.
func TestListItemOnTheWire(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{id: 1045})
	var got struct{ Data []json.RawMessage }
	if err := json.Unmarshal(b.Get(storetest.App, orders).Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	const want = `{"order_id":1045,"store_id":22,"user_id":301,"order_number":"1045","customer_name":"Rahim Ahmed","customer_phone":"01712345678",` +
		`"order_status":"pending","financial_status":"unpaid","fulfillment_status":"unfulfilled","sub_total":1000.00,"tax":0.00,"shipping":60.00,` +
		`"discount":0.00,"grand_total":1060.00,"payment_method":"cod","note":"Ring twice",` +
		`"created_at":"2026-01-31T06:00:00.000Z","updated_at":"2026-01-31T06:00:00.000Z"}`
	if diff := cmp.Diff(want, string(got.Data[0])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestOtherStoresAreNotFound asks for the florist's order as everybody else,
// on every route, and for what does not exist at all: the answers are equal.
func TestOtherStoresAreNotFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{}, made{id: 1002, store: storetest.Crafts, buyer: buyer + 2})
	for _, c := range []struct{ as, method, target string }{
		{storetest.StrangerApp, http.MethodGet, "/api/apps/v1/orders/1001"},
		{storetest.StrangerApp, http.MethodPut, "/api/apps/v1/orders/1001/status"},
		{storetest.StrangerApp, http.MethodGet, "/api/apps/v1/orders?store_id=22"},
		{storetest.Stranger, http.MethodGet, "/api/stores/22/home"},
		{storetest.Stranger, http.MethodGet, "/api/stores/22/orders"},
		{storetest.Stranger, http.MethodGet, "/api/stores/22/orders/1001"},
		{storetest.Stranger, http.MethodPut, "/api/stores/22/orders/1001/status"},
		{storetest.Stranger, http.MethodGet, "/api/stores/24/orders/1001"},
		{storetest.Stranger, http.MethodPut, "/api/stores/24/orders/1001/status"},
		{storetest.Merchant, http.MethodGet, "/api/stores/23/orders/1001"}, // a store of theirs, but not the order's
		{storetest.Merchant, http.MethodPut, "/api/stores/23/orders/1001/status"},
		{storetest.Merchant, http.MethodGet, "/api/stores/22/orders/1002"},
		{storetest.App, http.MethodGet, "/api/apps/v1/orders/1002"},
		{storetest.App, http.MethodGet, "/api/apps/v1/orders/99999"},
		{storetest.App, http.MethodGet, "/api/apps/v1/orders/abc"},
		{storetest.App, http.MethodGet, "/api/apps/v1/orders/1001%20OR%201=1"},
	} {
		e := b.Do(c.as, c.method, c.target, api.StatusChange{Status: api.OrderConfirmed}).Refusal(http.StatusNotFound)
		if e.Code != api.CodeNotFound || strings.Contains(e.Message, "Rahim") {
			t.Errorf("%s %s %s: %+v", c.as, c.method, c.target, e)
		}
	}
	if n := value[int](b, `SELECT COUNT(*) FROM shop_order WHERE status <> 'pending'`) + len(eventsOf(b, "")); n != 0 {
		t.Errorf("%d traces of a stranger's move", n)
	}
	for as, want := range map[string]int64{storetest.App: 1001, storetest.StrangerApp: 1002} {
		got := storetest.Into[api.List[api.Order]](b.Get(as, orders))
		if len(got.Data) != 1 || got.Data[0].OrderID != want || got.Pagination.Total != 1 {
			t.Errorf("%s sees %v of %d", as, ids(got.Data), got.Pagination.Total)
		}
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{})
	for _, c := range append(writeRoutes(orders), [2]string{http.MethodGet, orders}, [2]string{http.MethodGet, orders + "/1001"}) {
		if e := b.Do(storetest.BlindApp, c[0], c[1], nil).Refusal(http.StatusForbidden); e.Code != api.CodeInsufficientScope {
			t.Errorf("%s %s: %+v", c[0], c[1], e)
		}
	}
}

// writeRoutes lists method and path of every write, those about an order for
// the florist's.
func writeRoutes(base string) [][2]string {
	return [][2]string{
		{http.MethodPost, base}, {http.MethodPut, base + "/1001"}, {http.MethodDelete, base + "/1001"},
		{http.MethodPut, base + "/1001/status"}, {http.MethodPut, base + "/1001/fulfillment"}, {http.MethodPost, base + "/1001/refund"},
	}
}

// TestOtherStoresOrdersCannotBeWritten sends a stranger good bodies.
func TestOtherStoresOrdersCannotBeWritten(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{status: api.OrderProcessing})
	body := object{"status": "shipped", "courier": "Pathao", "reason": "Mine", "note": "Mine", "user_id": buyer, "items": []object{item(variant, 1)}}
	for as, base := range map[string]string{storetest.StrangerApp: orders, storetest.Stranger: dashboardOrders, storetest.Merchant: "/api/stores/23/orders"} {
		for _, c := range writeRoutes(base) {
			sent, want := body, http.StatusNotFound
			if c[1] == base && as != storetest.Stranger { // their own store, but neither the customer nor the variant
				want = http.StatusBadRequest
			}
			if c == [2]string{http.MethodPut, base + "/1001"} {
				sent = object{"note": "Mine"}
			}
			b.Do(as, c[0], c[1], sent).Refusal(want)
		}
	}
	if n := value[int](b, `SELECT COUNT(*) FROM shop_order WHERE status <> 'processing' OR note = 'Mine'`) + len(eventsOf(b, "")); n != 0 {
		t.Errorf("%d traces of a stranger", n)
	}
}

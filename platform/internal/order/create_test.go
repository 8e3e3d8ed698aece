package order

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func TestAnOrderIsPlacedWhole(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.checkout()
	got := b.post(object{
		"customer": object{"name": " Fatima Khatun ", "phone": "+880 1898-765432", "email": "Fatima@Mail.example", "address": object{"address": "House 3, Agrabad", "city": "Chattogram"}},
		"items":    []object{item(variant, 2), item(1601, 1), item(variant, 1)}, "discount_code": "summer20", "payment_method": "bkash", "note": "Ring twice",
	})
	at, email, code := api.Time{Time: storetest.Now}, "fatima@mail.example", "SUMMER20"
	want := api.OrderDetail{
		Order: api.Order{
			OrderID: got.OrderID, StoreID: 22, UserID: got.UserID, OrderNumber: "1001", CustomerName: "Fatima Khatun", CustomerPhone: "01898765432",
			OrderStatus: "pending", FinancialStatus: "paid", FulfillmentStatus: "unfulfilled", SubTotal: 1599_50, Shipping: 120_00, Discount: 200_00,
			GrandTotal: 1519_50, PaymentMethod: "bkash", Note: "Ring twice", CreatedAt: at, UpdatedAt: at,
		},
		CustomerEmail: &email, DiscountCode: &code,
		Items: []api.OrderItem{
			{OrderItemID: 1, ProductID: product, SKUID: variant, Name: "Rose", VariantName: "12", SKUCode: "R12", Quantity: 3, UnitPrice: 500_00, Total: 1500_00},
			{OrderItemID: 2, ProductID: 160, SKUID: 1601, Name: "Vase", VariantName: "20 cm", SKUCode: "V20", Quantity: 1, UnitPrice: 99_50, Total: 99_50,
				Image: "http://api.localhost/media/products/vase-clay.svg"},
		},
		Addresses:    []api.OrderAddress{{Type: "shipping", Name: "Fatima Khatun", Phone: "01898765432", Address: "House 3, Agrabad", City: "Chattogram"}},
		Payments:     []api.OrderPayment{{PaymentID: 1, Type: "payment", Method: "bkash", Amount: 1519_50, Status: "paid", CreatedAt: at}},
		Timeline:     []api.TimelineEntry{{Kind: "created", Message: "Order placed", Actor: "Restock", CreatedAt: at}},
		NextStatuses: []string{"confirmed", "hold", "cancelled"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(got, storetest.Data[api.OrderDetail](b.Get(storetest.App, fmt.Sprintf("%s/%d", orders, got.OrderID)))); diff != "" {
		t.Errorf("read again (-created +read):\n%s", diff)
	}
	if b.left(variant) != stock-3 || b.left(1601) != 4999 {
		t.Errorf("stock %d and %d", b.left(variant), b.left(1601))
	}
	for query, want := range map[string]int64{
		`SELECT used FROM discount WHERE id = 5`:                                      1,
		`SELECT n FROM order_count WHERE store_id = 22 AND status = 'pending'`:        1,
		`SELECT total_spent_minor FROM customer WHERE is_guest = 1 AND store_id = 22`: 1519_50,
		`SELECT COUNT(*) FROM customer WHERE is_guest = 1 AND total_orders = 1`:       1,
	} {
		if got := value[int64](b, query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	events := eventsOf(b, "")
	if diff := cmp.Diff([]string{"inventory.updated", "inventory.updated", "customer.created", "order.created"}, topics(events)); diff != "" {
		t.Fatalf("topics (-want +got):\n%s", diff)
	}
	wantEvent := api.OrderEvent{
		OrderID: got.OrderID, OrderNumber: "1001", CustomerName: "Fatima Khatun", CustomerPhone: "01898765432", Total: 1519_50,
		StoreName: "FloristBD", Status: "pending", Order: got.Order,
	}
	if diff := cmp.Diff(wantEvent, events[3].Data); diff != "" {
		t.Errorf("order.created (-want +got):\n%s", diff)
	}
}

func TestWhatAnOrderCosts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.checkout()
	dhaka := object{"shipping_address": object{"address": "House 1", "city": "dhaka"}}
	with := func(more object) object {
		all := object{}
		for _, o := range []object{dhaka, more} {
			for name, v := range o {
				all[name] = v
			}
		}
		return all
	}
	for name, c := range map[string]struct {
		body                        object
		shipping, discount, payment api.Money
	}{
		"Dhaka":                 {rahim(dhaka, item(variant, 1)), 60_00, 0, 560_00},
		"no address":            {rahim(nil, item(variant, 1)), 120_00, 0, 620_00},
		"the other zone's":      {rahim(with(object{"shipping_method_id": 2}), item(variant, 1)), 120_00, 0, 620_00},
		"a courier's own price": {rahim(with(object{"shipping": 75.5}), item(variant, 1)), 75_50, 0, 575_50},
		"a courier for nothing": {rahim(object{"shipping": 0}, item(variant, 1)), 0, 0, 500_00},
		"much in Dhaka":         {rahim(dhaka, item(1601, 60)), 0, 0, 5970_00},
		"goods that ship free":  {rahim(nil, item(1601, 1)), 0, 0, 99_50},
		"free shipping":         {rahim(object{"discount_code": "FREESHIP", "shipping": 80}, item(variant, 1)), 0, 0, 500_00},
		"a code":                {rahim(with(object{"discount_code": "LAST"}), item(variant, 1)), 60_00, 50_00, 510_00},
		"nothing at all":        {rahim(object{"discount_code": "all", "payment_method": "card"}, item(variant, 1)), 0, 500_00, 0},
	} {
		o := b.post(c.body)
		if o.Shipping != c.shipping || o.Discount != c.discount || o.GrandTotal != c.payment || o.Payments[0].Amount != c.payment {
			t.Errorf("%s: shipping %s, discount %s, in all %s, to pay %s", name, o.Shipping, o.Discount, o.GrandTotal, o.Payments[0].Amount)
		}
	}
}

// TestBadOrdersAreRefusedWhole: each answer names the field or the reason, and
// nothing is left of any.
func TestBadOrdersAreRefusedWhole(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.checkout()
	one := item(variant, 1)
	someone := object{"name": "Fatima", "phone": "01898765432"}
	for _, c := range []struct {
		body any
		code string
		says string
	}{
		{object{}, api.CodeValidation, "user_id or customer is required; items must have 1 to 100 lines"},
		{rahim(object{"customer": someone}, one), api.CodeValidation, "customer must be left out when user_id is given"},
		{rahim(object{"user_id": 999}, one), api.CodeValidation, "user_id must be a customer of this store"},
		{rahim(object{"user_id": buyer + 2}, one), api.CodeValidation, "user_id must be a customer of this store"},
		{rahim(object{"user_id": 0}, one), api.CodeValidation, "user_id must be a customer of this store"},
		{object{"customer": object{"name": "", "phone": "12"}, "items": []object{one}}, api.CodeValidation, "customer.name must have"},
		{object{"customer": object{"name": "F", "phone": "12"}, "items": []object{one}}, api.CodeValidation, "customer.phone must be a Bangladeshi mobile number"},
		{object{"customer": object{"name": "F", "phone": "01898765432", "address": object{}, "address_json": object{}}, "items": []object{one}}, api.CodeValidation, "customer.address is another name"},
		{rahim(nil), api.CodeValidation, "items must have 1 to 100 lines"},
		{rahim(object{"items": slices.Repeat([]object{one}, 101)}), api.CodeValidation, "items must have 1 to 100 lines"},
		{rahim(nil, item(variant, 0)), api.CodeValidation, "items[0].quantity must be between 1 and 10000"},
		{rahim(nil, one, item(variant, -1)), api.CodeValidation, "items[1].quantity must be between 1 and 10000"},
		{rahim(nil, item(variant, 10001)), api.CodeValidation, "items[0].quantity must be between 1 and 10000"},
		{rahim(nil, item(1601, 6000), item(1601, 6000)), api.CodeValidation, "items must not ask for more than 10000 of variant 1601"},
		{rahim(nil, object{"sku_id": "1501", "quantity": 1.5}), api.CodeValidation, "items[0].quantity must be a whole number"},
		{rahim(nil, one, item(77, 1)), api.CodeValidation, "No variant 77 in this store"},
		{rahim(nil, one, item(variant+1, 1)), api.CodeValidation, "No variant 1502 in this store"}, // the stranger's
		{rahim(nil, one, item(0, 1)), api.CodeValidation, "items[1].sku_id"},
		{rahim(nil, one, item(1602, 1)), api.CodeConflict, "Variant 1602, V35, is not on sale."},
		{rahim(nil, one, item(1611, 1)), api.CodeConflict, "Variant 1611, OLD, is not on sale."},
		{rahim(nil, item(1601, 2), item(variant, 11)), api.CodeConflict, "Variant 1501, R12, has 10 in stock; 11 cannot be taken."},
		{rahim(object{"shipping": -1}, one), api.CodeValidation, "shipping must be between 0"},
		{rahim(object{"shipping": 1.234}, one), api.CodeValidation, "shipping must be a number with at most two decimals"},
		{rahim(object{"shipping": 5, "shipping_method_id": 1}, one), api.CodeValidation, "shipping_method_id must be left out"},
		{rahim(object{"shipping_method_id": 99}, one), api.CodeValidation, "shipping_method_id must be an active"},
		{rahim(object{"discount_code": "NONE"}, one), api.CodeValidation, "discount_code must be a code of this store"},
		{rahim(object{"payment_method": "gold"}, one), api.CodeValidation, "payment_method must be one of cod, bkash, nagad, card"},
		{rahim(object{"note": strings.Repeat("x", 1001)}, one), api.CodeValidation, "note must have at most 1000"},
		{rahim(object{"shipping_address": object{"address": strings.Repeat("x", 501)}}, one), api.CodeValidation, "shipping_address.address must have at most 500"},
		{[]int{1}, api.CodeValidation, "must be a JSON object"},
	} {
		want := http.StatusBadRequest
		if c.code == api.CodeConflict {
			want = http.StatusConflict
		}
		e := b.Do(storetest.App, http.MethodPost, orders, c.body).Refusal(want)
		if e.Code != c.code || !strings.Contains(e.Message, c.says) {
			t.Errorf("%v: %s %q, want %s %q", c.body, e.Code, e.Message, c.code, c.says)
		}
	}
	b.untouched(stock + 5000 + 10 + 10)
}

// untouched checks that no order left a trace.
func (b *bench) untouched(pieces int) {
	b.t.Helper()
	for query, want := range map[string]int{
		`SELECT COUNT(*) FROM shop_order`: 0, `SELECT COUNT(*) FROM order_item`: 0, `SELECT COUNT(*) FROM order_number`: 0,
		`SELECT COUNT(*) FROM order_count`: 0, `SELECT COUNT(*) FROM event`: 0, `SELECT COUNT(*) FROM customer`: 3,
		`SELECT COUNT(*) FROM discount_use`: 0, `SELECT CAST(SUM(quantity) AS BIGINT) FROM variant WHERE store_id = 22`: pieces,
	} {
		if got := value[int](b, query); got != want {
			b.t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
}

func TestGuestsAreFoundAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := b.post(object{"customer": object{"name": "Fatima", "phone": "01898765432"}, "items": []object{item(variant, 1)}})
	again := b.post(object{"customer": object{"name": "F. Khatun", "phone": "+8801898765432"}, "items": []object{item(variant, 1)}})
	known := b.post(object{"customer": object{"name": "Rahim's office", "phone": "01712345670"}, "items": []object{item(variant, 1)}})
	if first.UserID != again.UserID || known.UserID != buyer {
		t.Errorf("customers %d, %d and %d", first.UserID, again.UserID, known.UserID)
	}
	if again.CustomerName != "F. Khatun" || known.CustomerName != "Rahim's office" {
		t.Errorf("named %q and %q", again.CustomerName, known.CustomerName)
	}
	if diff := cmp.Diff([]string{"1001", "1002", "1003"}, []string{first.OrderNumber, again.OrderNumber, known.OrderNumber}); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
}

func TestTheDashboardPlacesOrdersToo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{id: 1044})
	o := placed(b, b.Do(storetest.Merchant, http.MethodPost, dashboardOrders, rahim(nil, item(variant, 1))))
	if o.Timeline[0].Actor != "Farhana Rahman" || o.OrderNumber != "1045" || o.FinancialStatus != Unpaid || o.Payments[0].Status != "pending" {
		t.Errorf("got %+v", o)
	}
	a := b.Do(storetest.App, http.MethodPost, orders, rahim(object{"total": 1, "discount": 900}, item(variant, 1)))
	if o := placed(b, a); o.GrandTotal != 500_00 || !strings.Contains(fmt.Sprint(a.Header().Values(api.HeaderWarning)), "total is not a field") {
		t.Errorf("in all %s, warned %q", o.GrandTotal, a.Header().Values(api.HeaderWarning))
	}
}

// TestAFailureWhilePlacingLeavesNothing breaks the last step.
func TestAFailureWhilePlacingLeavesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.checkout()
	dbtest.Full(t, b.DB, "event", "NEW.topic = 'order.created'")
	body := object{"customer": object{"name": "Fatima", "phone": "01898765432"}, "items": []object{item(variant, 1)}, "discount_code": "SUMMER20"}
	b.Do(storetest.App, http.MethodPost, orders, body).Refusal(http.StatusInternalServerError)
	b.untouched(stock + 5000 + 10 + 10)
}

func BenchmarkPlace(b *testing.B) {
	s := newBench(b)
	s.checkout()
	dbtest.Exec(b, s.DB, `UPDATE variant SET quantity = 1000000000 WHERE store_id = 22`)
	body := rahim(object{"discount_code": "FREESHIP"}, item(variant, 1), item(1601, 2))
	for b.Loop() {
		if a := s.Do(storetest.App, http.MethodPost, orders, body); a.Code != http.StatusCreated {
			b.Fatalf("%d %s", a.Code, a.Body)
		}
	}
}

package order

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

// put changes an order as an app: "1001", "1001/fulfillment".
func (b *bench) put(path string, body any) storetest.Answer {
	b.t.Helper()
	return b.Do(storetest.App, http.MethodPut, orders+"/"+path, body)
}

func last(o api.OrderDetail) api.TimelineEntry { return o.Timeline[len(o.Timeline)-1] }

func TestAnUpdateChangesWhatIsGiven(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{})
	before := storetest.Data[api.OrderDetail](b.Get(storetest.App, orders+"/1001"))
	got := storetest.Data[api.OrderDetail](b.put("1001", object{
		"note": "Ring once", "customer_name": " Karim ", "customer_phone": "+8801811111111", "customer_email": nil,
		"shipping_address": object{"address": "House 9", "city": "Khulna"}, "tracking_id": "BD1",
	}))
	want := before
	tracking := "BD1"
	want.Note, want.CustomerName, want.CustomerPhone, want.CustomerEmail, want.TrackingID = "Ring once", "Karim", "01811111111", nil, &tracking
	want.Addresses = []api.OrderAddress{{Type: "shipping", Name: "Karim", Phone: "01811111111", Address: "House 9", City: "Khulna"}}
	want.Timeline = append(want.Timeline, api.TimelineEntry{
		Kind: "updated", Message: "Changed note, customer name, customer phone, customer email, shipping address, tracking id",
		Actor: "Restock", CreatedAt: api.Time{Time: storetest.Now},
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if found := storetest.Into[api.List[api.Order]](b.Get(storetest.App, orders+"?search=karim")); len(found.Data) != 1 {
		t.Errorf("a search finds %d", len(found.Data))
	}
	if diff := cmp.Diff([]string{"order.updated"}, topics(eventsOf(b, ""))); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
	again := storetest.Data[api.OrderDetail](b.put("1001", object{"note": "Ring once"}))
	if diff := cmp.Diff(got, again); diff != "" || len(eventsOf(b, "")) != 1 {
		t.Errorf("the same again leaves %d events (-want +got):\n%s", len(eventsOf(b, "")), diff)
	}
}

func TestUpdatesThatAreRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{}, made{id: 1002, status: api.OrderDelivered}, made{id: 1003, status: api.OrderCancelled}, made{id: 1004, status: api.OrderShipped})
	place := object{"shipping_address": object{"address": "House 9", "city": "Khulna"}}
	for _, c := range []struct {
		path   string
		body   any
		status int
		says   string
	}{
		{"1001", object{"items": []object{item(variant, 1)}, "note": "x"}, 400, "items cannot be changed: cancel the order and place another"},
		{"1001", object{"items": nil}, 400, "items cannot be changed"},
		{"1001", object{"customer_name": " "}, 400, "customer_name must have 1 to 255"},
		{"1001", object{"customer_name": nil}, 400, "customer_name must have 1 to 255"},
		{"1001", object{"customer_phone": "12"}, 400, "customer_phone must be a Bangladeshi"},
		{"1001", object{"customer_phone": nil, "customer_email": nil}, 400, "customer_phone is required when there is no email"},
		{"1001", object{"customer_email": "rahim"}, 400, "customer_email must be an email address"},
		{"1001", object{"tracking_id": strings.Repeat("1", 101)}, 400, "tracking_id must have 1 to 100"},
		{"1001", object{"tracking_id": ""}, 400, "tracking_id must have 1 to 100"},
		{"1001", object{"note": strings.Repeat("x", 1001)}, 400, "note must have at most 1000"},
		{"1001", object{"note": 5}, 400, "note must be a string"},
		{"1001", object{"shipping_address": object{"city": strings.Repeat("x", 101)}}, 400, "shipping_address.city must have at most 100"},
		{"1002", place, 409, "A delivered order keeps its shipping address"},
		{"1003", place, 409, "A cancelled order keeps its shipping address"},
		{"1001/fulfillment", object{"courier": "Pathao"}, 409, "A pending order can become confirmed, hold or cancelled, not shipped."},
		{"1004/fulfillment", object{"courier": "Pathao"}, 409, "This order is already shipped. It can become delivered."},
		{"1001/fulfillment", object{"courier": " "}, 400, "courier must have 1 to 100"},
		{"1001/fulfillment", object{"courier": "Pathao", "tracking_id": ""}, 400, "tracking_id must have 1 to 100"},
	} {
		if e := b.put(c.path, c.body).Refusal(c.status); !strings.Contains(e.Message, c.says) {
			t.Errorf("%s %v: %q, want %q", c.path, c.body, e.Message, c.says)
		}
	}
	if n := len(eventsOf(b, "")) + value[int](b, `SELECT COUNT(*) FROM order_timeline`); n != 4 {
		t.Errorf("%d events and timeline entries, want the first alone", n)
	}
	if o := storetest.Data[api.OrderDetail](b.put("1004", place)); o.Addresses[0].City != "Khulna" {
		t.Errorf("on its way it goes to %+v", o.Addresses[0])
	}
}

func TestACourierShipsAnOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{status: api.OrderProcessing})
	got := storetest.Data[api.OrderDetail](b.put("1001/fulfillment", api.Fulfillment{Courier: "Pathao", TrackingID: new("BD42")}))
	if got.OrderStatus != api.OrderShipped || got.FulfillmentStatus != Fulfilled || *got.Courier != "Pathao" || *got.TrackingID != "BD42" {
		t.Errorf("got %+v", got)
	}
	var said []string
	for _, e := range got.Timeline[1:] {
		said = append(said, e.Kind+": "+e.Message+" by "+e.Actor)
	}
	want := []string{"fulfilled: Handed to Pathao, tracking id BD42 by Restock", "status_changed: Status changed from processing to shipped by Restock"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
	events := eventsOf(b, "")
	if diff := cmp.Diff([]string{"order.status_changed", "order.updated"}, topics(events)); diff != "" {
		t.Fatalf("topics (-want +got):\n%s", diff)
	}
	if d := events[0].Data; d.Status != "shipped" || d.PreviousStatus != "processing" || *d.TrackingID != "BD42" {
		t.Errorf("got %+v", d)
	}
}

func TestOnlyOrdersThatCameToNothingAreDeleted(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for n, status := range api.OrderStatuses {
		b.add(made{id: int64(1001 + n), status: status, method: "bkash"})
	}
	quantity := b.left(variant)
	for n, status := range api.OrderStatuses {
		path := fmt.Sprintf("%s/%d", orders, 1001+n)
		a := b.Do(storetest.App, http.MethodDelete, path, nil)
		if status != api.OrderCancelled && status != api.OrderRefunded {
			if e := a.Refusal(http.StatusConflict); !strings.Contains(e.Message, "cannot be deleted. Cancel or refund it first.") {
				t.Errorf("%s: %q", status, e.Message)
			}
			continue
		}
		if gone := storetest.Data[api.Deleted](a); gone.ID != int64(1001+n) {
			t.Errorf("%s: %+v", status, gone)
		}
		b.Get(storetest.App, path).Refusal(http.StatusNotFound)
		b.Do(storetest.App, http.MethodDelete, path, nil).Refusal(http.StatusNotFound)
		b.put(fmt.Sprintf("%d/status", 1001+n), api.StatusChange{Status: api.OrderRefunded}).Refusal(http.StatusNotFound)
	}
	for _, query := range []string{"", "?status=cancelled", "?status=refunded", "?customer_id=301"} {
		got := storetest.Into[api.List[api.Order]](b.Get(storetest.App, orders+query))
		want := map[string]int{"": 7, "?customer_id=301": 7}[query]
		if len(got.Data) != want || got.Pagination.Total != want {
			t.Errorf("%q lists %d of %d, want %d", query, len(got.Data), got.Pagination.Total, want)
		}
	}
	events := eventsOf(b, "")
	if diff := cmp.Diff([]string{"order.deleted", "order.deleted"}, topics(events)); diff != "" {
		t.Fatalf("topics (-want +got):\n%s", diff)
	}
	if d := events[0].Data; d.OrderID != 1008 || d.Status != api.OrderCancelled || d.Order.OrderNumber != "1008" {
		t.Errorf("got %+v", d)
	}
	if n := value[int](b, `SELECT total_orders FROM customer WHERE id = 301`); n != 7 || b.left(variant) != quantity {
		t.Errorf("%d orders of the customer, %d in stock", n, b.left(variant))
	}
	if o := b.post(rahim(nil, item(variant, 1))); o.OrderNumber != "1010" {
		t.Errorf("the next number is %s", o.OrderNumber)
	}
}

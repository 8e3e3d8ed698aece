package order_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/platformtest"
)

// TestOnTheSeededStore places an order with a code of the demo store on the
// platform as a whole, which refuses fields that it does not know.
func TestOnTheSeededStore(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{Strict: true})
	merchant := platformtest.User(p.Login(platformtest.FloristMerchant))
	path := "/api/stores/22/orders"
	body := map[string]any{
		"customer": map[string]any{"name": "Fatima", "phone": "01898765432", "address_json": map[string]any{"address": "House 3", "city": "Dhaka"}},
		"items":    []map[string]any{{"sku_id": 1501, "quantity": 1}}, "discount_code": "summer20",
	}
	var got api.Envelope[api.OrderDetail]
	p.Do(http.MethodPost, path, merchant, body).Into(http.StatusCreated, &got)
	if o := got.Data; o.GrandTotal != 850_00+60_00-170_00 || *o.DiscountCode != "SUMMER20" || o.OrderNumber != "1131" || o.StoreID != demo.FloristBD {
		t.Errorf("got %+v", o)
	}
	body["items"] = []map[string]any{{"sku_id": 1501, "quantity": 1, "price": 1}}
	body["grand_total"] = 1
	var refused api.Error
	p.Do(http.MethodPost, path, merchant, body).Into(http.StatusBadRequest, &refused)
	if len(refused.Errors) != 2 || !strings.Contains(refused.Message, "items[0].price is not a field of this request") {
		t.Errorf("got %+v", refused)
	}
}

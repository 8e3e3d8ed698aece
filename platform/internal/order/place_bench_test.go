package order

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/discount"
	"github.com/selorax/sandbox/platform/internal/shipping"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

const dashboardOrders = "/api/stores/22/orders"

// object is a body as an app writes it.
type object map[string]any

func item(skuID, quantity int64) object { return object{"sku_id": skuID, "quantity": quantity} }

// rahim is a body of an order of the known customer.
func rahim(more object, items ...object) object {
	body := object{"user_id": buyer, "items": items}
	for name, value := range more {
		body[name] = value
	}
	return body
}

// post places an order as an app.
func (b *bench) post(body any) api.OrderDetail {
	b.t.Helper()
	return placed(b, b.Do(storetest.App, http.MethodPost, orders, body))
}

func placed(b *bench, a storetest.Answer) api.OrderDetail {
	b.t.Helper()
	var got api.Envelope[api.OrderDetail]
	if err := json.Unmarshal(a.Body.Bytes(), &got); err != nil || a.Code != http.StatusCreated {
		b.t.Fatalf("status %d: %s", a.Code, a.Body)
	}
	return got.Data
}

// send makes a request with a header.
func (b *bench) send(method, target string, body any, header, value string) storetest.Answer {
	b.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequest(method, target, bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(header, value)
	return b.Send(storetest.App, r)
}

func (b *bench) left(skuID int64) int64 {
	b.t.Helper()
	return value[int64](b, `SELECT quantity FROM variant WHERE id = $1`, skuID)
}

// checkout adds to the florist what a checkout needs: zones, codes, and a
// second product, its first variant shipping free, its second off sale.
func (b *bench) checkout() {
	b.t.Helper()
	storetest.Write(b.t, b.DB, func(tx *db.Tx) error {
		key := "products/vase-clay.svg,products/vase-sky.svg"
		err := catalog.Insert(tx, api.ProductDetail{
			Product: api.Product{ProductID: 160, StoreID: storetest.Florist, Name: "Vase", Slug: "vase", IsActive: true},
			Variants: []api.Variant{
				{SKUID: 1601, VariantName: "20 cm", SKUCode: "V20", Price: 99_50, Available: true, Quantity: 5000, IsDefault: true, FreeShipping: true, Images: &key},
				{SKUID: 1602, VariantName: "35 cm", SKUCode: "V35", Price: 180_00, Quantity: 10},
			},
		})
		if err != nil {
			return err
		}
		err = catalog.Insert(tx, api.ProductDetail{
			Product:  api.Product{ProductID: 161, StoreID: storetest.Florist, Name: "Old vase", Slug: "old-vase"},
			Variants: []api.Variant{{SKUID: 1611, SKUCode: "OLD", Price: 10_00, Available: true, Quantity: 10, IsDefault: true}},
		})
		if err != nil {
			return err
		}
		free := api.Money(5000_00)
		for _, z := range []api.ShippingZone{
			{Name: "Dhaka", Cities: []string{"Dhaka"}, Methods: []api.ShippingMethod{{Name: "Home", Price: 60_00, FreeFrom: &free, IsActive: true}}},
			{Name: "Rest", Cities: []string{}, Methods: []api.ShippingMethod{{Name: "Courier", Price: 120_00, IsActive: true}}},
		} {
			z.StoreID = storetest.Florist
			if err := shipping.Insert(tx, z); err != nil {
				return err
			}
		}
		most, once := api.Money(200_00), int64(1)
		for _, d := range []api.Discount{
			{DiscountID: 5, Code: "SUMMER20", Percentage: 20, MaximumDiscountAmount: &most, UsePerUser: &once},
			{DiscountID: 6, Code: "FREESHIP", FreeShippingOn: true},
			{DiscountID: 7, Code: "LAST", IsAmount: true, Amount: 50_00, TotalUse: &once},
			{DiscountID: 8, Code: "ALL", Percentage: 100, FreeShippingOn: true},
		} {
			d.StoreID, d.IsActive = storetest.Florist, true
			if err := discount.Insert(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

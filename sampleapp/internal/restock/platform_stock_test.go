package restock

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// stock serves what the stores sell, the same in each. Ids begin with the
// store's number. A variant's quantity is in its comment.
func (p *platform) stock(mux *http.ServeMux) {
	type m = map[string]any
	variant := func(id int64, name string, quantity int64) m {
		p.mu.Lock()
		defer p.mu.Unlock()
		if counted, ok := p.counted[id]; ok {
			quantity = counted
		}
		return m{"sku_id": id, "variant_name": name, "sku_code": "S-" + strconv.FormatInt(id, 10), "quantity": quantity}
	}
	products := func(s int64) []m {
		return []m{
			{"product_id": s*100 + 1, "name": "Rose", "is_active": 1, "total_quantity": 22, "variant_count": 2,
				"variants": []m{variant(s*100+11, "Red", 20), variant(s*100+12, "White", 2)}},
			{"product_id": s*100 + 2, "name": "=Lily", "is_active": 1, "total_quantity": 0, "variant_count": 1,
				"variants": []m{variant(s*100+21, "Default", 0)}},
			{"product_id": s*100 + 3, "name": "Tulip", "is_active": 1, "total_quantity": 5, "variant_count": 1,
				"variants": []m{variant(s*100+31, "Default", 5)}},
			{"product_id": s*100 + 4, "name": "Off sale", "is_active": 0, "total_quantity": 1, "variant_count": 1,
				"variants": []m{variant(s*100+41, "Default", 1)}},
		}
	}
	orders := func(s int64) []m {
		order := func(n int64, status string, age time.Duration, items ...m) m {
			return m{"order_id": s*100 + n, "store_id": s, "order_number": strconv.FormatInt(1043-n, 10), "customer_name": "Farhana Karim",
				"order_status": status, "grand_total": json.Number("1460.00"), "created_at": noon.Add(-age), "updated_at": noon.Add(-age), "items": items}
		}
		item := func(product, sku int64, quantity int) m {
			return m{"product_id": s*100 + product, "sku_id": s*100 + sku, "quantity": quantity}
		}
		return []m{
			order(1, "pending", 3*time.Hour, item(1, 12, 3), item(1, 11, 9), item(4, 41, 1)),
			order(2, "cancelled", 24*time.Hour, item(1, 12, 100)),
			order(3, "completed", 29*24*time.Hour, item(1, 12, 1), item(2, 21, 40)),
			order(4, "completed", 31*24*time.Hour, item(1, 12, 1000)),
		}
	}
	mux.HandleFunc("GET /api/apps/v1/inventory", p.forStore(func(s int64) any { return products(s) }))
	mux.HandleFunc("GET /api/apps/v1/inventory/{id}", p.one("product_id", products))
	mux.HandleFunc("GET /api/apps/v1/orders", p.forStore(func(s int64) any { return orders(s) }))
	mux.HandleFunc("GET /api/apps/v1/orders/{id}", p.one("order_id", orders))
}

// one answers with the record of an id, if it is the store's.
func (p *platform) one(key string, all func(storeID int64) []map[string]any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		storeID, ok := p.storeOf(w, r)
		if !ok {
			return
		}
		for _, record := range all(storeID) {
			if strconv.FormatInt(record[key].(int64), 10) == r.PathValue("id") {
				reply(w, http.StatusOK, map[string]any{"data": record})
				return
			}
		}
		refuse(w, http.StatusNotFound, "not_found")
	}
}

package platform

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

// Query is what lists are narrowed down by; empty fields do not count.
type Query struct {
	Page   int
	Limit  int
	Status string
	Search string
	Sort   string // column, or column:asc
	// Only are further parameters of the list, by name.
	Only map[string]string
}

func (q Query) encode() string {
	v := url.Values{}
	for name, value := range map[string]string{"status": q.Status, "search": q.Search, "sort": q.Sort} {
		if value != "" {
			v.Set(name, value)
		}
	}
	for name, value := range q.Only {
		v.Set(name, value)
	}
	for name, n := range map[string]int{"page": q.Page, "limit": q.Limit} {
		if n > 0 {
			v.Set(name, strconv.Itoa(n))
		}
	}
	return v.Encode()
}

// Home returns the figures of a store.
func (s Session) Home(ctx context.Context, storeID int64) (api.Home, error) {
	return get[api.Home](ctx, s, fmt.Sprintf("/api/stores/%d/home", storeID))
}

// Orders returns a page of a store's orders.
func (s Session) Orders(ctx context.Context, storeID int64, q Query) (out api.List[api.Order], err error) {
	path := fmt.Sprintf("/api/stores/%d/orders?%s", storeID, q.encode())
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// Order returns one order with everything that hangs on it.
func (s Session) Order(ctx context.Context, storeID, orderID int64) (api.OrderDetail, error) {
	return get[api.OrderDetail](ctx, s, fmt.Sprintf("/api/stores/%d/orders/%d", storeID, orderID))
}

// SetOrderStatus moves an order on. An illegal move is a refusal with status
// 409 whose message names the legal ones.
func (s Session) SetOrderStatus(ctx context.Context, storeID, orderID int64, status string) (api.OrderDetail, error) {
	path := fmt.Sprintf("/api/stores/%d/orders/%d/status", storeID, orderID)
	return call[api.OrderDetail](ctx, s, http.MethodPut, path, api.StatusChange{Status: status})
}

// Customers returns a page of a store's customers.
func (s Session) Customers(ctx context.Context, storeID int64, q Query) (out api.List[api.Customer], err error) {
	path := fmt.Sprintf("/api/stores/%d/customers?%s", storeID, q.encode())
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// Customer returns one customer.
func (s Session) Customer(ctx context.Context, storeID, userID int64) (api.Customer, error) {
	return get[api.Customer](ctx, s, fmt.Sprintf("/api/stores/%d/customers/%d", storeID, userID))
}

// Products returns a page of a store's products.
func (s Session) Products(ctx context.Context, storeID int64, q Query) (out api.List[api.ProductSummary], err error) {
	path := fmt.Sprintf("/api/stores/%d/products?%s", storeID, q.encode())
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// Product returns one product with its variants.
func (s Session) Product(ctx context.Context, storeID, productID int64) (api.ProductDetail, error) {
	return get[api.ProductDetail](ctx, s, fmt.Sprintf("/api/stores/%d/products/%d", storeID, productID))
}

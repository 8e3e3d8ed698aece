package selorax

import (
	"context"
	"encoding/json"
	"iter"
	"net/url"
	"strconv"
	"time"
)

// Order is an order as lists show it. Amounts are decimal text, "1460.00", and
// stay exact as long as nobody makes floats of them.
type Order struct {
	OrderID           int64       `json:"order_id"`
	StoreID           int64       `json:"store_id"`
	UserID            int64       `json:"user_id"`
	OrderNumber       string      `json:"order_number"`
	CustomerName      string      `json:"customer_name"`
	CustomerPhone     string      `json:"customer_phone"`
	OrderStatus       string      `json:"order_status"`
	FinancialStatus   string      `json:"financial_status"`
	FulfillmentStatus string      `json:"fulfillment_status"`
	SubTotal          json.Number `json:"sub_total"`
	Tax               json.Number `json:"tax"`
	Shipping          json.Number `json:"shipping"`
	Discount          json.Number `json:"discount"`
	GrandTotal        json.Number `json:"grand_total"`
	PaymentMethod     string      `json:"payment_method"`
	Note              string      `json:"note"`
	CreatedAt         time.Time   `json:"created_at"`
	UpdatedAt         time.Time   `json:"updated_at"`
}

// OrderDetail is one order with what was ordered.
type OrderDetail struct {
	Order
	Items []OrderItem `json:"items"`
}

// OrderItem is one line of an order. Its names are those of the day.
type OrderItem struct {
	ProductID   int64  `json:"product_id"`
	SKUID       int64  `json:"sku_id"`
	Name        string `json:"name"`
	VariantName string `json:"variant_name"`
	SKUCode     string `json:"sku_code"`
	Quantity    int64  `json:"quantity"`
}

// OrderQuery narrows a list of orders down. Zero fields do not.
type OrderQuery struct {
	Page       int // from 1
	Limit      int // default 50, at most 250
	Status     string
	Since      time.Time // placed then or later
	Until      time.Time // placed then or before
	CustomerID int64
	Sort       string // created_at:desc, updated_at:asc, grand_total …
}

func (o OrderQuery) values() url.Values {
	q := url.Values{}
	setInt(q, "page", int64(o.Page))
	setInt(q, "limit", int64(o.Limit))
	setInt(q, "customer_id", o.CustomerID)
	setText(q, "status", o.Status)
	setText(q, "sort", o.Sort)
	for name, at := range map[string]time.Time{"since": o.Since, "until": o.Until} {
		if !at.IsZero() {
			q.Set(name, at.UTC().Format(time.RFC3339Nano))
		}
	}
	return q
}

// Orders returns one page of the store's orders, newest first unless Sort says
// otherwise. Scope read:orders.
func (c *Client) Orders(ctx context.Context, accessToken string, o OrderQuery) (page Page[Order], err error) {
	err = c.get(ctx, accessToken, "/apps/v1/orders", o.values(), &page)
	return page, err
}

// AllOrders yields every order that matches, page by page.
func (c *Client) AllOrders(ctx context.Context, accessToken string, o OrderQuery) iter.Seq2[Order, error] {
	o.Limit = maxLimit
	return each(ctx, func(ctx context.Context, page int) (Page[Order], error) {
		o.Page = page
		return c.Orders(ctx, accessToken, o)
	})
}

// Order returns one order with its items. Scope read:orders.
func (c *Client) Order(ctx context.Context, accessToken string, orderID int64) (OrderDetail, error) {
	var answer struct{ Data OrderDetail }
	err := c.get(ctx, accessToken, "/apps/v1/orders/"+strconv.FormatInt(orderID, 10), nil, &answer)
	return answer.Data, err
}

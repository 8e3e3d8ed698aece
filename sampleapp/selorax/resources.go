package selorax

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Store is the merchant's store.
type Store struct {
	StoreID  int64  `json:"store_id"`
	Name     string `json:"name"`
	Currency string `json:"currency"`
}

// Order is an order as lists show it.
type Order struct {
	OrderID      int64       `json:"order_id"`
	OrderNumber  string      `json:"order_number"`
	CustomerName string      `json:"customer_name"`
	Status       string      `json:"order_status"`
	GrandTotal   json.Number `json:"grand_total"` // kept as text: money is no float
	CreatedAt    time.Time   `json:"created_at"`
}

// pageLimit is how many records a page asks for; the platform's maximum is 250.
const pageLimit = 100

// Store returns the store that the access token belongs to.
func (c *Client) Store(ctx context.Context, accessToken string) (Store, error) {
	var answer struct {
		Data Store `json:"data"`
	}
	err := c.get(ctx, "/apps/v1/store", accessToken, &answer)
	return answer.Data, err
}

// Orders returns the newest orders, at most limit of them, page by page.
func (c *Client) Orders(ctx context.Context, accessToken string, limit int) ([]Order, error) {
	orders := []Order{}
	for page := 1; len(orders) < limit; page++ {
		var answer struct {
			Data []Order `json:"data"`
		}
		size := min(limit, pageLimit)
		path := fmt.Sprintf("/apps/v1/orders?page=%d&limit=%d", page, size)
		if err := c.get(ctx, path, accessToken, &answer); err != nil {
			return nil, err
		}
		orders = append(orders, answer.Data...)
		if len(answer.Data) < size {
			break
		}
	}
	return orders[:min(limit, len(orders))], nil
}

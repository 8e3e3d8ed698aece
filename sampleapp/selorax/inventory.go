package selorax

import (
	"context"
	"iter"
	"net/url"
	"strconv"
)

// InventoryItem is a product's stock as lists show it.
type InventoryItem struct {
	ProductID     int64  `json:"product_id"`
	Name          string `json:"name"`
	IsActive      int    `json:"is_active"`      // 0 or 1
	TotalQuantity int64  `json:"total_quantity"` // of all variants
	VariantCount  int    `json:"variant_count"`
}

// InventoryDetail is a product's stock by variant.
type InventoryDetail struct {
	InventoryItem
	Variants []InventoryVariant `json:"variants"`
}

// InventoryVariant is the stock of one variant.
type InventoryVariant struct {
	SKUID       int64  `json:"sku_id"`
	VariantName string `json:"variant_name"`
	SKUCode     string `json:"sku_code"`
	Quantity    int64  `json:"quantity"`
}

// InventoryEvent is the data of the webhook inventory.updated.
type InventoryEvent struct {
	ProductID        int64  `json:"product_id"`
	SKUID            int64  `json:"sku_id"`
	ProductName      string `json:"product_name"`
	VariantName      string `json:"variant_name"`
	PreviousQuantity int64  `json:"previous_quantity"`
	Quantity         int64  `json:"quantity"`
}

// AllInventory yields the stock of every product, page by page. Scope
// read:inventory.
func (c *Client) AllInventory(ctx context.Context, accessToken string) iter.Seq2[InventoryItem, error] {
	return each(ctx, func(ctx context.Context, number int) (page Page[InventoryItem], err error) {
		query := url.Values{}
		setInt(query, "page", int64(number))
		setInt(query, "limit", maxLimit)
		err = c.get(ctx, accessToken, "/apps/v1/inventory", query, &page)
		return page, err
	})
}

// Inventory returns the stock of one product. Scope read:inventory.
func (c *Client) Inventory(ctx context.Context, accessToken string, productID int64) (InventoryDetail, error) {
	var answer struct{ Data InventoryDetail }
	err := c.get(ctx, accessToken, "/apps/v1/inventory/"+strconv.FormatInt(productID, 10), nil, &answer)
	return answer.Data, err
}

package api

// Reasons of a change of stock that the platform gives itself. An app's
// adjustment may give its own.
const (
	StockSet            = "set"
	StockAdjusted       = "adjusted"
	StockVariantUpdated = "variant_updated"
	StockOrderPlaced    = "order_placed"
	StockOrderCancelled = "order_cancelled"
)

// InventoryItem is a product's stock as lists show it.
type InventoryItem struct {
	ProductID     int64  `json:"product_id"`
	Name          string `json:"name"`
	IsActive      Flag   `json:"is_active"`
	UpdatedAt     Time   `json:"updated_at"`
	TotalQuantity int64  `json:"total_quantity"`
	VariantCount  int    `json:"variant_count"`
	HasStock      Flag   `json:"has_stock"`
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
	Available   Flag   `json:"available"`
}

// InventorySet is the body of PUT /api/apps/v1/inventory/{product_id}. The
// sku_id may be left out when the product has one variant.
type InventorySet struct {
	SKUID    *int64 `json:"sku_id"`
	Quantity *int64 `json:"quantity"` // 0 to 1,000,000,000
}

// InventoryAdjustment is the body of POST /api/apps/v1/inventory/{product_id}/adjust.
type InventoryAdjustment struct {
	SKUID  *int64 `json:"sku_id"`
	Delta  *int64 `json:"delta"`  // pieces that came, or went when it is negative
	Reason string `json:"reason"` // at most 200 characters; "adjusted" when left out
}

// InventoryEvent is the data of inventory.updated, and of inventory.low, which
// follows when the quantity falls below the threshold.
type InventoryEvent struct {
	ProductID        int64            `json:"product_id"`
	SKUID            int64            `json:"sku_id"`
	SKUCode          string           `json:"sku_code"`
	ProductName      string           `json:"product_name"`
	VariantName      string           `json:"variant_name"`
	StoreName        string           `json:"store_name"`
	PreviousQuantity int64            `json:"previous_quantity"`
	Quantity         int64            `json:"quantity"`
	Delta            int64            `json:"delta"`
	Reason           string           `json:"reason"`
	Threshold        int64            `json:"threshold,omitempty"` // inventory.low
	Variant          InventoryVariant `json:"variant"`
}

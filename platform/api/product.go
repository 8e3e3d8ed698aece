package api

// Product is a product as lists show it.
type Product struct {
	ProductID  int64  `json:"product_id"`
	StoreID    int64  `json:"store_id"`
	Name       string `json:"name"`
	Slug       string `json:"slug"`        // unique in the store
	CategoryID *int64 `json:"category_id"` // null: none
	BrandID    *int64 `json:"brand_id"`    // null: none
	IsActive   Flag   `json:"is_active"`   // may be sold
	IsVisible  Flag   `json:"is_visible"`  // shown in the shop
	CreatedAt  Time   `json:"created_at"`
	UpdatedAt  Time   `json:"updated_at"`
}

// ProductDetail is one product with its variants.
type ProductDetail struct {
	Product
	Description      *string   `json:"description"` // HTML
	ShortDescription *string   `json:"short_description"`
	IsFeatured       Flag      `json:"is_featured"`
	IsBestseller     Flag      `json:"is_bestseller"`
	Variants         []Variant `json:"variants"`
}

// Variant is one sellable form of a product.
type Variant struct {
	SKUID          int64    `json:"sku_id"`
	ProductID      int64    `json:"product_id"`
	VariantName    string   `json:"variant_name"`
	SKUCode        string   `json:"sku_code"` // unique in the store
	Price          Money    `json:"price"`
	CompareAtPrice *Money   `json:"compare_at_price"` // the price it is compared with, usually the old one
	Available      Flag     `json:"available"`        // may be sold
	Quantity       int64    `json:"quantity"`         // in stock
	IsDefault      Flag     `json:"is_default"`       // exactly one of a product
	Images         *string  `json:"images"`           // comma-separated keys or URLs
	Weight         *float64 `json:"weight"`           // kilograms
	Position       int      `json:"position"`         // place among the variants, from 0
	FreeShipping   Flag     `json:"free_shipping"`
}

// ProductSummary is a product as the dashboard's list shows it.
type ProductSummary struct {
	Product
	PriceMin      Money   `json:"price_min"` // of its cheapest variant
	PriceMax      Money   `json:"price_max"`
	Image         *string `json:"image"`          // the default variant's first picture, a URL
	TotalQuantity int64   `json:"total_quantity"` // of all variants
	VariantCount  int     `json:"variant_count"`
}

// ProductUpdate is the body of PUT /api/apps/v1/products/{product_id}. What is
// left out stays as it is; null clears what may be empty.
type ProductUpdate struct {
	Name             Change[string] `json:"name,omitzero"` // 1 to 255 characters
	Slug             Change[string] `json:"slug,omitzero"` // lower-case letters, digits and single hyphens; one product of a store
	CategoryID       Change[int64]  `json:"category_id,omitzero"`
	BrandID          Change[int64]  `json:"brand_id,omitzero"`
	Description      Change[string] `json:"description,omitzero"`       // HTML, at most 64 KiB
	ShortDescription Change[string] `json:"short_description,omitzero"` // at most 1,000 characters
	IsActive         Change[Flag]   `json:"is_active,omitzero"`
	IsVisible        Change[Flag]   `json:"is_visible,omitzero"`
	IsFeatured       Change[Flag]   `json:"is_featured,omitzero"`
	IsBestseller     Change[Flag]   `json:"is_bestseller,omitzero"`
}

// NewProduct is the body of POST /api/apps/v1/products. A name and one variant
// are needed. The slug is made of the name unless it is given; the product is
// active and visible unless it says otherwise.
type NewProduct struct {
	ProductUpdate
	Variants []VariantUpdate `json:"variants"` // 1 to 100; the first is the default unless one says so
}

// VariantUpdate is the body of a variant's POST and PUT. A new one needs its
// price; an update leaves as it is what is left out.
type VariantUpdate struct {
	VariantName    Change[string]  `json:"variant_name,omitzero"` // 1 to 255 characters; "Default" for a new one
	SKUCode        Change[string]  `json:"sku_code,omitzero"`     // one variant of a store; made up for a new one
	Price          Change[Money]   `json:"price,omitzero"`
	CompareAtPrice Change[Money]   `json:"compare_at_price,omitzero"`
	Available      Change[Flag]    `json:"available,omitzero"`
	Quantity       Change[int64]   `json:"quantity,omitzero"` // 0 to 1,000,000,000
	IsDefault      Change[Flag]    `json:"is_default,omitzero"`
	Images         Change[string]  `json:"images,omitzero"` // comma-separated keys of uploads, or http(s) URLs
	Weight         Change[float64] `json:"weight,omitzero"` // kilograms
	Position       Change[int]     `json:"position,omitzero"`
	FreeShipping   Change[Flag]    `json:"free_shipping,omitzero"`
}

// ProductImage is a picture that was uploaded. StoredKey is what a variant's
// images name.
type ProductImage struct {
	StoredKey   string `json:"stored_key"`
	URL         string `json:"url"`
	ContentType string `json:"content_type"`
	Size        int    `json:"size"` // bytes
}

// ProductEvent is the data of the product.* topics. That of product.deleted is
// the product as it was.
type ProductEvent struct {
	ProductID int64         `json:"product_id"`
	Name      string        `json:"name"`
	Slug      string        `json:"slug"`
	StoreName string        `json:"store_name"`
	Product   ProductDetail `json:"product"`
}

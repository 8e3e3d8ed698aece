package api

// Store is one merchant's shop, the tenant of everything below it.
type Store struct {
	StoreID   int64   `json:"store_id"`
	Name      string  `json:"name"`
	Email     string  `json:"email"`
	Phone     string  `json:"phone"`
	Currency  string  `json:"currency"`
	Image     *string `json:"image"`
	Address   *string `json:"address"`
	Domain    string  `json:"domain"`
	Language  string  `json:"language"`
	CreatedAt Time    `json:"created_at"`
	UpdatedAt Time    `json:"updated_at"`
}

// StoreUpdate is the body of PUT /api/apps/v1/store. What is left out stays as
// it is.
type StoreUpdate struct {
	Name     Change[string] `json:"name,omitzero"` // 1 to 255 characters
	Email    Change[string] `json:"email,omitzero"`
	Phone    Change[string] `json:"phone,omitzero"`
	Currency Change[string] `json:"currency,omitzero"` // BDT, the only one in which orders are kept
	Image    Change[string] `json:"image,omitzero"`    // an http(s) URL, or null
	Address  Change[string] `json:"address,omitzero"`  // at most 500 characters, or null
	Domain   Change[string] `json:"domain,omitzero"`   // a host name such as floristbd.com
	Language Change[string] `json:"language,omitzero"` // two letters: en, bn
}

// Product is a product as lists show it.
type Product struct {
	ProductID  int64  `json:"product_id"`
	StoreID    int64  `json:"store_id"`
	Name       string `json:"name"`
	Slug       string `json:"slug"`
	CategoryID *int64 `json:"category_id"`
	BrandID    *int64 `json:"brand_id"`
	IsActive   Flag   `json:"is_active"`
	IsVisible  Flag   `json:"is_visible"`
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
	SKUCode        string   `json:"sku_code"`
	Price          Money    `json:"price"`
	CompareAtPrice *Money   `json:"compare_at_price"`
	Available      Flag     `json:"available"`
	Quantity       int64    `json:"quantity"`
	IsDefault      Flag     `json:"is_default"`
	Images         *string  `json:"images"` // comma-separated keys or URLs
	Weight         *float64 `json:"weight"` // kilograms
	Position       int      `json:"position"`
	FreeShipping   Flag     `json:"free_shipping"`
}

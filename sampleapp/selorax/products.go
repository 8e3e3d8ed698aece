package selorax

import (
	"context"
	"encoding/json"
	"iter"
	"net/url"
	"strconv"
	"time"
)

// Product is a product as lists show it.
type Product struct {
	ProductID int64     `json:"product_id"`
	StoreID   int64     `json:"store_id"`
	Name      string    `json:"name"`
	Slug      string    `json:"slug"`
	IsActive  int       `json:"is_active"` // 0 or 1
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// ProductDetail is one product with its variants.
type ProductDetail struct {
	Product
	Variants []Variant `json:"variants"`
}

// Variant is one sellable form of a product. Quantity is what is in stock.
type Variant struct {
	SKUID       int64       `json:"sku_id"`
	ProductID   int64       `json:"product_id"`
	VariantName string      `json:"variant_name"`
	SKUCode     string      `json:"sku_code"`
	Price       json.Number `json:"price"`
	Quantity    int64       `json:"quantity"`
	IsDefault   int         `json:"is_default"` // 0 or 1
}

// ProductQuery narrows a list of products down. Zero fields do not.
type ProductQuery struct {
	Page  int // from 1
	Limit int // default 50, at most 250
	Sort  string
}

func (p ProductQuery) values() url.Values {
	q := url.Values{}
	setInt(q, "page", int64(p.Page))
	setInt(q, "limit", int64(p.Limit))
	setText(q, "sort", p.Sort)
	return q
}

// Products returns one page of the store's products. Scope read:products.
func (c *Client) Products(ctx context.Context, accessToken string, p ProductQuery) (page Page[Product], err error) {
	err = c.get(ctx, accessToken, "/apps/v1/products", p.values(), &page)
	return page, err
}

// AllProducts yields every product, page by page.
func (c *Client) AllProducts(ctx context.Context, accessToken string, p ProductQuery) iter.Seq2[Product, error] {
	p.Limit = maxLimit
	return each(ctx, func(ctx context.Context, page int) (Page[Product], error) {
		p.Page = page
		return c.Products(ctx, accessToken, p)
	})
}

// Product returns one product with its variants. Scope read:products.
func (c *Client) Product(ctx context.Context, accessToken string, productID int64) (ProductDetail, error) {
	var answer struct{ Data ProductDetail }
	err := c.get(ctx, accessToken, "/apps/v1/products/"+strconv.FormatInt(productID, 10), nil, &answer)
	return answer.Data, err
}

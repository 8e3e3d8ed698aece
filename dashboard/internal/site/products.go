package site

import (
	"html/template"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

// productsData is the list of products.
type productsData struct {
	Products []api.ProductSummary
	List     page.List
}

func (v *visit) products() error {
	list := page.ReadList(v.r.URL, "", nil)
	found, err := v.session.Products(v.r.Context(), v.store.StoreID, query(list))
	if err != nil {
		return err
	}
	data := productsData{Products: found.Data, List: list.Found(found.Pagination)}
	if err := v.slots(pageContext{}); err != nil {
		return err
	}
	return v.show("shell/products", "Products", "products", data, policy{})
}

// productData is one product.
type productData struct {
	api.ProductDetail
	Rows  []variantRow
	Text  string // the description without its markup
	Stock int64
	Back  template.URL
}

// variantRow is one variant with its first picture.
type variantRow struct {
	api.Variant
	Image string
}

func (v *visit) product() error {
	product, err := v.session.Product(v.r.Context(), v.store.StoreID, v.number("product"))
	if err != nil {
		return err
	}
	data := productData{ProductDetail: product, Back: template.URL(v.path("/products"))}
	if product.Description != nil {
		data.Text = page.PlainText(*product.Description)
	}
	for _, variant := range product.Variants {
		data.Stock += variant.Quantity
		data.Rows = append(data.Rows, variantRow{variant, firstPicture(variant)})
	}
	if err := v.slots(pageContext{Product: &product}); err != nil {
		return err
	}
	return v.show("shell/product", product.Name, "products", data, policy{})
}

// firstPicture is the first of a variant's comma-separated pictures.
func firstPicture(variant api.Variant) string {
	if variant.Images == nil {
		return ""
	}
	first, _, _ := strings.Cut(*variant.Images, ",")
	return strings.TrimSpace(first)
}

package site

import (
	"strings"
	"sync"

	"github.com/selorax/sandbox/platform/api"
)

// together is how many products are asked for at once: the platform's list
// has neither pictures nor prices.
const together = 8

// productRow is one product of the list with what its variants add up to.
type productRow struct {
	api.Product
	Image    string
	From, To api.Money // the lowest and the highest price
	Stock    int64
	Variants int
}

// productRows asks for the details of a page of products, several at a time.
func (v *visit) productRows(list []api.Product) ([]productRow, error) {
	rows, errs := make([]productRow, len(list)), make([]error, len(list))
	slots := make(chan struct{}, together)
	var all sync.WaitGroup
	for i, product := range list {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			var detail api.ProductDetail
			detail, errs[i] = v.session.Product(v.r.Context(), v.store.StoreID, product.ProductID)
			rows[i] = newProductRow(product, detail.Variants)
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func newProductRow(product api.Product, variants []api.Variant) productRow {
	row := productRow{Product: product, Variants: len(variants)}
	for i, variant := range variants {
		row.Stock += variant.Quantity
		row.To = max(row.To, variant.Price)
		if i == 0 || variant.Price < row.From {
			row.From = variant.Price
		}
		if row.Image == "" {
			row.Image = firstPicture(variant)
		}
	}
	return row
}

// firstPicture is the first of a variant's comma-separated pictures.
func firstPicture(variant api.Variant) string {
	if variant.Images == nil {
		return ""
	}
	first, _, _ := strings.Cut(*variant.Images, ",")
	return strings.TrimSpace(first)
}

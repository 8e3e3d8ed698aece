package catalog

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// summaries adds to a page of products what their variants tell, in one query.
func (s *Service) summaries(tx *db.Tx, products []api.Product) ([]api.ProductSummary, error) {
	variants, err := variantsOf(tx, products)
	if err != nil {
		return nil, err
	}
	list, at := make([]api.ProductSummary, len(products)), map[int64]*api.ProductSummary{}
	for n, p := range products {
		list[n].Product = p
		at[p.ProductID] = &list[n]
	}
	for _, v := range variants {
		s.summarize(at[v.ProductID], v)
	}
	return list, nil
}

// summarize counts a variant in.
func (s *Service) summarize(p *api.ProductSummary, v api.Variant) {
	if p.VariantCount == 0 {
		p.PriceMin = v.Price
	}
	p.PriceMin, p.PriceMax = min(p.PriceMin, v.Price), max(p.PriceMax, v.Price)
	p.TotalQuantity += v.Quantity
	p.VariantCount++
	if v.IsDefault && v.Images != nil {
		first, _, _ := strings.Cut(*v.Images, ",")
		url := Image(s.PublicURL, strings.TrimSpace(first))
		p.Image = &url
	}
}

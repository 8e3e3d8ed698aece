package catalog

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the catalogue for apps and for the dashboard, and the
// pictures for everyone.
func (s *Service) Routes(r *web.Router) {
	r.ForApp(http.MethodGet, "/api/apps/v1/products", api.ReadProducts, s.list)
	r.ForApp(http.MethodGet, "/api/apps/v1/products/{product_id}", api.ReadProducts, s.get)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/products", s.list)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/products/{product_id}", s.get)
	r.Public(http.MethodGet, "/media/products/{file}", productPicture)
	r.Public(http.MethodGet, "/media/apps/{file}", appPicture)
}

func (s *Service) list(w http.ResponseWriter, r *http.Request) error {
	f, err := readFilter(r)
	if err != nil {
		return err
	}
	var products []api.Product
	var total int
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		products, total, err = list(tx, web.CallerOf(r).StoreID, f)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Products fetched.", products, f.page, total)
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "product_id")
	if err != nil {
		return err
	}
	var p api.ProductDetail
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if p, err = product(tx, web.CallerOf(r).StoreID, id); err != nil {
			return err
		}
		p.Variants, err = variants(tx, p.ProductID)
		return err
	})
	if db.IsNone(err) {
		return problem.NotFound("product", id)
	}
	if err != nil {
		return err
	}
	for n := range p.Variants {
		p.Variants[n].Images = images(s.PublicURL, p.Variants[n].Images)
	}
	return web.OK(w, "Product fetched.", p)
}

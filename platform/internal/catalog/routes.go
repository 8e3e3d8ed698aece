package catalog

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the catalogue for apps and for the dashboard, and the
// pictures for everyone.
func (s *Service) Routes(r *web.Router) {
	r.ForApp(http.MethodGet, "/api/apps/v1/products", api.ReadProducts, s.serveList)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/products", s.serveSummaries)
	for _, at := range []struct {
		method, path string
		scope        api.Scope
		serve        web.Handler
	}{
		{http.MethodPost, "/products", api.WriteProducts, s.serveCreate},
		{http.MethodGet, "/products/{product_id}", api.ReadProducts, s.serveGet},
		{http.MethodPut, "/products/{product_id}", api.WriteProducts, s.serveUpdate},
		{http.MethodDelete, "/products/{product_id}", api.WriteProducts, s.serveRemove},
		{http.MethodPost, "/products/{product_id}/variants", api.WriteProducts, s.serveCreateVariant},
		{http.MethodPut, "/products/{product_id}/variants/{sku_id}", api.WriteProducts, s.serveUpdateVariant},
		{http.MethodDelete, "/products/{product_id}/variants/{sku_id}", api.WriteProducts, s.serveRemoveVariant},
		{http.MethodPost, "/products/{product_id}/images", api.WriteProducts, s.serveUpload},
		{http.MethodGet, "/categories", api.ReadProducts, s.serveCategories},
		{http.MethodPost, "/categories", api.WriteProducts, s.serveCreateCategory},
		{http.MethodGet, "/categories/{category_id}", api.ReadProducts, s.serveCategory},
		{http.MethodPut, "/categories/{category_id}", api.WriteProducts, s.serveUpdateCategory},
		{http.MethodDelete, "/categories/{category_id}", api.WriteProducts, s.serveRemoveCategory},
		{http.MethodGet, "/inventory", api.ReadInventory, s.serveInventory},
		{http.MethodGet, "/inventory/{product_id}", api.ReadInventory, s.serveStock},
		{http.MethodPut, "/inventory/{product_id}", api.WriteInventory, s.serveSetStock},
		{http.MethodPost, "/inventory/{product_id}/adjust", api.WriteInventory, s.serveAdjustStock},
	} {
		r.ForApp(at.method, "/api/apps/v1"+at.path, at.scope, at.serve)
		r.ForUser(at.method, "/api/stores/{store_id}"+at.path, at.serve)
	}
	r.Public(http.MethodGet, "/media/products/{file}", s.productPicture)
	r.Public(http.MethodGet, "/media/apps/{file}", appPicture)
}

func (s *Service) serveList(w http.ResponseWriter, r *http.Request) error {
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

func (s *Service) serveSummaries(w http.ResponseWriter, r *http.Request) error {
	f, err := readFilter(r)
	if err != nil {
		return err
	}
	f.skus = true // people know a product by the code on its box; apps get what the contract says
	var summaries []api.ProductSummary
	var total int
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		products, n, err := list(tx, web.CallerOf(r).StoreID, f)
		if err != nil {
			return err
		}
		total = n
		summaries, err = s.summaries(tx, products)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Products fetched.", summaries, f.page, total)
}

func (s *Service) serveGet(w http.ResponseWriter, r *http.Request) error {
	return read(s, w, r, "product_id", "Product fetched.", s.shown)
}

func (s *Service) serveCreate(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewProduct](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Product created.", func(tx *db.Tx) (any, error) {
		return s.Create(tx, web.CallerOf(r).StoreID, in)
	})
}

func (s *Service) serveUpdate(w http.ResponseWriter, r *http.Request) error {
	return change(s, w, r, "product_id", "Product updated.", s.Update)
}

func (s *Service) serveRemove(w http.ResponseWriter, r *http.Request) error {
	return remove(s, w, r, "product_id", "Product deleted.", s.Remove)
}

// read answers with the record that the path names.
func read[Out any](s *Service, w http.ResponseWriter, r *http.Request, name, message string,
	get func(*db.Tx, int64, int64) (Out, error)) error {
	id, err := web.PathID(r, name)
	if err != nil {
		return err
	}
	var out Out
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		out, err = get(tx, web.CallerOf(r).StoreID, id)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, message, out)
}

// change makes the change of the body to the record that the path names.
func change[In, Out any](s *Service, w http.ResponseWriter, r *http.Request, name, message string,
	do func(*db.Tx, int64, int64, In) (Out, error)) error {
	id, err := web.PathID(r, name)
	if err != nil {
		return err
	}
	in, err := web.Decode[In](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, message, func(tx *db.Tx) (any, error) { return do(tx, web.CallerOf(r).StoreID, id, in) })
}

// Remove deletes the record that the path names.
func remove(s *Service, w http.ResponseWriter, r *http.Request, name, message string,
	do func(*db.Tx, int64, int64) (api.Deleted, error)) error {
	id, err := web.PathID(r, name)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, nil, message, func(tx *db.Tx) (any, error) { return do(tx, web.CallerOf(r).StoreID, id) })
}

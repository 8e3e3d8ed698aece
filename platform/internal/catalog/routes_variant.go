package catalog

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) serveCreateVariant(w http.ResponseWriter, r *http.Request) error {
	productID, err := web.PathID(r, "product_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.VariantUpdate](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Variant created.", func(tx *db.Tx) (any, error) {
		return s.createVariant(tx, web.CallerOf(r).StoreID, productID, in)
	})
}

func (s *Service) serveUpdateVariant(w http.ResponseWriter, r *http.Request) error {
	skuID, err := web.PathID(r, "sku_id")
	if err != nil {
		return err
	}
	return change(s, w, r, "product_id", "Variant updated.", func(tx *db.Tx, storeID, productID int64, in api.VariantUpdate) (api.Variant, error) {
		return s.updateVariant(tx, storeID, productID, skuID, in)
	})
}

func (s *Service) serveRemoveVariant(w http.ResponseWriter, r *http.Request) error {
	skuID, err := web.PathID(r, "sku_id")
	if err != nil {
		return err
	}
	return remove(s, w, r, "product_id", "Variant deleted.", func(tx *db.Tx, storeID, productID int64) (api.Deleted, error) {
		return s.removeVariant(tx, storeID, productID, skuID)
	})
}

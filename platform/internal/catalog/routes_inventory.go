package catalog

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) serveInventory(w http.ResponseWriter, r *http.Request) error {
	f, err := readInventoryFilter(r)
	if err != nil {
		return err
	}
	var items []api.InventoryItem
	var total int
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		items, total, err = listInventory(tx, web.CallerOf(r).StoreID, f)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Inventory fetched.", items, f.page, total)
}

func (s *Service) serveStock(w http.ResponseWriter, r *http.Request) error {
	return read(s, w, r, "product_id", "Inventory fetched.", inventoryOf)
}

func (s *Service) serveSetStock(w http.ResponseWriter, r *http.Request) error {
	return change(s, w, r, "product_id", "Inventory set.", s.SetStock)
}

func (s *Service) serveAdjustStock(w http.ResponseWriter, r *http.Request) error {
	return change(s, w, r, "product_id", "Inventory adjusted.", s.AdjustStock)
}

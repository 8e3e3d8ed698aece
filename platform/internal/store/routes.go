package store

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service serves the store's record.
type Service struct {
	DB     *db.DB
	Writes idempotency.Writes
}

// Routes registers the record for apps and for the dashboard.
func (s *Service) Routes(r *web.Router) {
	r.ForApp(http.MethodGet, "/api/apps/v1/store", api.ReadStore, s.get)
	r.ForApp(http.MethodPut, "/api/apps/v1/store", api.WriteStore, s.update)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}", s.get)
	r.ForUser(http.MethodPut, "/api/stores/{store_id}", s.update)
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) error {
	var record api.Store
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		record, err = Get(tx, web.CallerOf(r).StoreID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Store fetched successfully", record)
}

func (s *Service) update(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.StoreUpdate](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Store updated.", func(tx *db.Tx) (any, error) {
		return update(tx, web.CallerOf(r).StoreID, in)
	})
}

package store

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service serves the store's record.
type Service struct{ DB *db.DB }

// Routes registers the record that an app may read.
func (s *Service) Routes(r *web.Router) {
	r.ForApp(http.MethodGet, "/api/apps/v1/store", api.ReadStore, s.get)
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

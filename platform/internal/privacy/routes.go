package privacy

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the requests for the dashboard.
func (s *Service) Routes(r *web.Router) {
	const all = "/api/stores/{store_id}/privacy-requests"
	r.ForUser(http.MethodGet, all, s.serveList)
	r.ForUser(http.MethodPost, all, s.serveAsk)
}

func (s *Service) serveList(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	page := q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.PrivacyRequest
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		list, total, err = requests(tx, web.CallerOf(r).StoreID, page.Limit, page.Offset())
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Privacy requests fetched.", list, page, total)
}

func (s *Service) serveAsk(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewPrivacyRequest](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "The apps are told.", func(tx *db.Tx) (any, error) {
		return s.Ask(tx, web.CallerOf(r).StoreID, in)
	})
}

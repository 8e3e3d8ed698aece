package webhook

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers subscriptions and deliveries for apps and for the dashboard.
func (s *Service) Routes(r *web.Router) {
	s.appRoutes(r)
	s.dashboardRoutes(r)
}

func (s *Service) answerSubscriptions(w http.ResponseWriter, r *http.Request, read func(*db.Tx) ([]api.Subscription, error)) error {
	var list []api.Subscription
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		list, err = read(tx)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Subscriptions fetched successfully.", list)
}

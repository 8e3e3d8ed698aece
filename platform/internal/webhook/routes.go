package webhook

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the lists of subscriptions and deliveries.
func (s *Service) Routes(r *web.Router) {
	r.ForUser(http.MethodGet, "/api/apps/webhooks/subscriptions", s.listStoreSubscriptions)
	r.ForUser(http.MethodGet, "/api/apps/webhooks/deliveries", s.listDeliveries)
	r.ForApp(http.MethodGet, "/api/apps/v1/webhooks", "", s.listAppSubscriptions)
}

func (s *Service) listStoreSubscriptions(w http.ResponseWriter, r *http.Request) error {
	storeID, appID, err := storeAndApp(r)
	if err != nil {
		return err
	}
	return s.answerSubscriptions(w, r, func(tx *db.Tx) ([]api.Subscription, error) {
		if appID != 0 {
			return subscriptionsOfApp(tx, storeID, appID)
		}
		return subscriptionsOfStore(tx, storeID)
	})
}

// listAppSubscriptions shows an app its own installation's subscriptions only.
func (s *Service) listAppSubscriptions(w http.ResponseWriter, r *http.Request) error {
	return s.answerSubscriptions(w, r, func(tx *db.Tx) ([]api.Subscription, error) {
		return subscriptionsOfInstallation(tx, web.CallerOf(r).InstallationID)
	})
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

func (s *Service) listDeliveries(w http.ResponseWriter, r *http.Request) error {
	storeID, appID, err := storeAndApp(r)
	if err != nil {
		return err
	}
	q := web.QueryOf(r)
	page := q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.Delivery
	var total int
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		list, total, err = deliveriesOf(tx, storeID, appID, page)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Deliveries fetched successfully.", list, page, total)
}

// storeAndApp reads the store, which is required, and the app, which is not.
func storeAndApp(r *http.Request) (storeID, appID int64, err error) {
	if storeID, err = web.NeedStore(r); err != nil {
		return 0, 0, err
	}
	q := web.QueryOf(r)
	appID = q.ID("app_id")
	return storeID, appID, q.Err()
}

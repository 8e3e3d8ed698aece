package webhook

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// dashboardRoutes registers what a merchant does with the subscriptions of
// their stores, their own and those of apps.
func (s *Service) dashboardRoutes(r *web.Router) {
	const all, one = "/api/apps/webhooks/subscriptions", "/api/apps/webhooks/subscriptions/{subscription_id}"
	r.ForUser(http.MethodGet, all, s.listStoreSubscriptions)
	r.ForUser(http.MethodGet, "/api/apps/webhooks/deliveries", s.listDeliveries)
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

func (s *Service) listDeliveries(w http.ResponseWriter, r *http.Request) error {
	storeID, appID, err := storeAndApp(r)
	if err != nil {
		return err
	}
	q := web.QueryOf(r)
	f := Filter{StoreID: storeID, AppID: appID, SubscriptionID: q.ID("subscription_id")}
	if err := q.Err(); err != nil {
		return err
	}
	return s.answerDeliveries(w, r, func(*db.Tx) (Filter, error) { return f, nil })
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

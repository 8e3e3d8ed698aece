package webhook

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// appRoutes registers what an app does with the subscriptions of its
// installation. The topics ask for scopes; the routes themselves need none.
func (s *Service) appRoutes(r *web.Router) {
	const all, one = "/api/apps/v1/webhooks", "/api/apps/v1/webhooks/{subscription_id}"
	r.ForApp(http.MethodGet, all, "", s.listAppSubscriptions)
	r.ForApp(http.MethodPost, all, "", s.serveCreateForApp)
	r.ForApp(http.MethodGet, one, "", s.serveGet)
	r.ForApp(http.MethodPut, one, "", s.serveUpdate)
	r.ForApp(http.MethodDelete, one, "", s.serveRemove)
	r.ForApp(http.MethodGet, one+"/deliveries", "", s.serveDeliveriesOf)
	r.ForApp(http.MethodPost, one+"/test", "", s.serveTest)
	r.ForApp(http.MethodPost, all+"/deliveries/{delivery_id}/resend", "", s.serveResend)
}

// listAppSubscriptions shows an app its own installation's subscriptions only.
func (s *Service) listAppSubscriptions(w http.ResponseWriter, r *http.Request) error {
	return s.answerSubscriptions(w, r, func(tx *db.Tx) ([]api.Subscription, error) {
		return subscriptionsOfInstallation(tx, web.CallerOf(r).InstallationID)
	})
}

func (s *Service) serveCreateForApp(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewSubscription](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Webhook subscription created.", func(tx *db.Tx) (any, error) {
		return s.createForApp(tx, web.CallerOf(r), in)
	})
}

func (s *Service) serveGet(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "subscription_id")
	if err != nil {
		return err
	}
	var out api.SubscriptionWithSecret
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		sub, err := mine(tx, web.CallerOf(r), id)
		if err != nil {
			return err
		}
		out, err = s.withSecret(tx, sub)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Webhook subscription fetched.", out)
}

func (s *Service) serveUpdate(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "subscription_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.SubscriptionUpdate](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Webhook subscription updated.", func(tx *db.Tx) (any, error) {
		return s.update(tx, web.CallerOf(r), id, in)
	})
}

func (s *Service) serveRemove(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "subscription_id")
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, nil, "Webhook subscription deleted.", func(tx *db.Tx) (any, error) {
		return remove(tx, web.CallerOf(r), id)
	})
}

func (s *Service) serveDeliveriesOf(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "subscription_id")
	if err != nil {
		return err
	}
	return s.answerDeliveries(w, r, func(tx *db.Tx) (Filter, error) {
		sub, err := mine(tx, web.CallerOf(r), id)
		return Filter{StoreID: sub.StoreID, SubscriptionID: id}, err
	})
}

func (s *Service) serveTest(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "subscription_id")
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, nil, "Test sent.", func(tx *db.Tx) (any, error) {
		return s.test(tx, web.CallerOf(r), id)
	})
}

func (s *Service) serveResend(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "delivery_id")
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, nil, "Delivery sent again.", func(tx *db.Tx) (any, error) {
		return s.resendOf(tx, web.CallerOf(r), id)
	})
}

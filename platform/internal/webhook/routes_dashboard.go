package webhook

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// dashboardRoutes registers what a merchant does with the subscriptions of
// their stores, their own and those of apps.
func (s *Service) dashboardRoutes(r *web.Router) {
	const all, one = "/api/apps/webhooks/subscriptions", "/api/apps/webhooks/subscriptions/{subscription_id}"
	r.ForUser(http.MethodGet, all, s.listStoreSubscriptions)
	r.ForUser(http.MethodPost, all, s.serveCreateForMerchant)
	r.ForUser(http.MethodGet, one, s.serveGet)
	r.ForUser(http.MethodPut, one, s.serveUpdate)
	r.ForUser(http.MethodDelete, one, s.serveRemove)
	r.ForUser(http.MethodPost, one+"/rotate-secret", s.serveRotate)
	r.ForUser(http.MethodPost, one+"/test", s.serveTest)
	r.ForUser(http.MethodGet, "/api/apps/webhooks/deliveries", s.listDeliveries)
	r.ForUser(http.MethodGet, "/api/apps/webhooks/deliveries/{delivery_id}", s.serveDetail)
	r.ForUser(http.MethodPost, "/api/apps/webhooks/deliveries/{delivery_id}/resend", s.serveResend)
	r.ForUser(http.MethodPost, "/api/apps/webhooks/deliveries/{delivery_id}/explain", s.serveExplain)
}

func (s *Service) serveCreateForMerchant(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewMerchantSubscriptions](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Webhook subscriptions created. Save their secrets: they are not shown again.", func(tx *db.Tx) (any, error) {
		return s.createForMerchant(tx, web.CallerOf(r), in)
	})
}

// serveRotate keeps its answer under no Idempotency-Key: it is a secret.
func (s *Service) serveRotate(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "subscription_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.WebhookSecretRotation](w, r)
	if err != nil {
		return err
	}
	var out api.RotatedWebhookSecret
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = s.rotate(tx, web.CallerOf(r), id, in.Immediate)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Webhook secret rotated. Save it: it is not shown again.", out)
}

func (s *Service) serveDetail(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "delivery_id")
	if err != nil {
		return err
	}
	var out api.DeliveryDetail
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		if _, err := myDelivery(tx, web.CallerOf(r), id); err != nil {
			return err
		}
		out, err = Detail(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Delivery fetched.", out)
}

// serveExplain is for developers: to a merchant a signature says nothing.
func (s *Service) serveExplain(w http.ResponseWriter, r *http.Request) error {
	if !web.CallerOf(r).IsDeveloper() {
		return problem.Forbidden("Signatures are explained to users with the role %s.", api.RoleDeveloper)
	}
	id, err := web.PathID(r, "delivery_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.ExplainRequest](w, r)
	if err != nil {
		return err
	}
	var out api.SignatureExplanation
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		if _, err := myDelivery(tx, web.CallerOf(r), id); err != nil {
			return err
		}
		out, err = s.Explain(tx, id, in)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Signature explained.", out)
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

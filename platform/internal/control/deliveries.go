package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
	"github.com/selorax/sandbox/platform/internal/webhook"
)

// deliveryRoutes registers the deliveries of all stores.
func (s *Service) deliveryRoutes(r *web.Router) {
	r.ForControl(http.MethodGet, "/_sandbox/deliveries", s.listDeliveries)
	r.ForControl(http.MethodGet, "/_sandbox/deliveries/{delivery_id}", s.delivery)
	r.ForControl(http.MethodPost, "/_sandbox/deliveries/{delivery_id}/resend", s.resendDelivery)
	r.ForControl(http.MethodPost, "/_sandbox/deliveries/{delivery_id}/explain", s.explainDelivery)
}

func (s *Service) listDeliveries(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	page, f, slug := q.Page(), webhook.Filter{StoreID: q.ID("store_id")}, q.Text("app")
	f.Narrow(q)
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.Delivery
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		if slug != "" {
			a, err := s.bySlug(tx, slug)
			if err != nil {
				return err
			}
			f.AppID = a.AppID
		}
		var err error
		list, total, err = webhook.Deliveries(tx, f, page)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Deliveries fetched.", list, page, total)
}

func (s *Service) delivery(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "delivery_id")
	if err != nil {
		return err
	}
	var out api.DeliveryDetail
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		out, err = webhook.Detail(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Delivery fetched.", out)
}

func (s *Service) resendDelivery(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "delivery_id")
	if err != nil {
		return err
	}
	var out api.Delivery
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = s.Webhooks.Resend(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	return web.Created(w, "Delivery sent again.", out)
}

func (s *Service) explainDelivery(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "delivery_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.ExplainRequest](w, r)
	if err != nil {
		return err
	}
	var out api.SignatureExplanation
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		out, err = s.Webhooks.Explain(tx, id, in)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Signature explained.", out)
}

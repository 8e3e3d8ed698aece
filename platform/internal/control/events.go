package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/web"
)

// eventRoutes registers the events of all stores.
func (s *Service) eventRoutes(r *web.Router) {
	r.ForControl(http.MethodGet, "/_sandbox/events", s.listEvents)
	r.ForControl(http.MethodGet, "/_sandbox/events/{event_id}", s.event)
	r.ForControl(http.MethodPost, "/_sandbox/events/{event_id}/resend", s.resendEvent)
}

func (s *Service) listEvents(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	page, storeID, topic := q.Page(), q.ID("store_id"), q.Text("topic")
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.SandboxEvent
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		list, total, err = event.List(tx, storeID, topic, page)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Events fetched.", list, page, total)
}

func (s *Service) event(w http.ResponseWriter, r *http.Request) error {
	var out api.SandboxEvent
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		out, err = event.ByID(tx, web.PathText(r, "event_id"))
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Event fetched.", out)
}

func (s *Service) resendEvent(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	subscriptionID := q.ID("subscription_id")
	if err := q.Err(); err != nil {
		return err
	}
	var out api.SandboxResent
	err := s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = s.Webhooks.ResendEvent(tx, web.PathText(r, "event_id"), subscriptionID)
		return err
	})
	if err != nil {
		return err
	}
	return web.Created(w, "Event sent again.", out)
}

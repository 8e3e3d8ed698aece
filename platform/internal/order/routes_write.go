package order

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) serveCreate(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewOrder](w, r)
	if err != nil {
		return err
	}
	caller := web.CallerOf(r)
	return s.Writes.Created(w, r, in, "Order created.", func(tx *db.Tx) (any, error) {
		return s.Create(tx, caller.StoreID, caller.Name, in)
	})
}

// writes serves a change of the order in the path.
func writes[T any](s *Service, message string, do func(tx *db.Tx, storeID int64, actor string, orderID int64, in T) (api.OrderDetail, error)) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		orderID, err := web.PathID(r, "order_id")
		if err != nil {
			return err
		}
		in, err := web.Decode[T](w, r)
		if err != nil {
			return err
		}
		caller := web.CallerOf(r)
		return s.Writes.OK(w, r, in, message, func(tx *db.Tx) (any, error) {
			return do(tx, caller.StoreID, caller.Name, orderID, in)
		})
	}
}

func (s *Service) serveRemove(w http.ResponseWriter, r *http.Request) error {
	orderID, err := web.PathID(r, "order_id")
	if err != nil {
		return err
	}
	caller := web.CallerOf(r)
	return s.Writes.OK(w, r, nil, "Order deleted.", func(tx *db.Tx) (any, error) {
		return s.Remove(tx, caller.StoreID, caller.Name, orderID)
	})
}

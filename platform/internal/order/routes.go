package order

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the orders for apps and for the dashboard, and the figures
// of the dashboard's landing page.
func (s *Service) Routes(r *web.Router) {
	const app, dashboard, one = "/api/apps/v1/orders", "/api/stores/{store_id}/orders", "/{order_id}"
	r.ForApp(http.MethodGet, app, api.ReadOrders, s.serveList)
	r.ForApp(http.MethodGet, app+one, api.ReadOrders, s.serveGet)
	r.ForApp(http.MethodGet, "/api/apps/v1/customers/{user_id}/orders", api.ReadOrders, s.serveListOfCustomer)
	r.ForUser(http.MethodGet, dashboard, s.serveList)
	r.ForUser(http.MethodGet, dashboard+one, s.serveGet)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/home", s.serveHome)
	for _, w := range []struct {
		method, path string
		handler      web.Handler
	}{
		{http.MethodPost, "", s.serveCreate},
		{http.MethodPut, one, writes(s, "Order updated.", s.Update)},
		{http.MethodDelete, one, s.serveRemove},
		{http.MethodPut, one + "/status", writes(s, "Order status changed.", s.ChangeStatus)},
		{http.MethodPut, one + "/fulfillment", writes(s, "Order shipped.", s.fulfill)},
		{http.MethodPost, one + "/refund", writes(s, "Order refunded.", s.refund)},
	} {
		r.ForApp(w.method, app+w.path, api.WriteOrders, w.handler)
		r.ForUser(w.method, dashboard+w.path, w.handler)
	}
}

func (s *Service) serveList(w http.ResponseWriter, r *http.Request) error {
	f, err := readFilter(r)
	if err != nil {
		return err
	}
	return s.answerList(w, r, f)
}

// serveListOfCustomer lists the orders of one customer, filtered like all orders.
func (s *Service) serveListOfCustomer(w http.ResponseWriter, r *http.Request) error {
	customerID, err := web.PathID(r, "user_id")
	if err != nil {
		return err
	}
	f, err := readFilter(r)
	if err != nil {
		return err
	}
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		_, err := customer.Get(tx, web.CallerOf(r).StoreID, customerID)
		return err
	})
	if err != nil {
		return err
	}
	f.customerID = customerID
	return s.answerList(w, r, f)
}

func (s *Service) answerList(w http.ResponseWriter, r *http.Request, f filter) (err error) {
	var orders []api.Order
	var total int
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		orders, total, err = list(tx, web.CallerOf(r).StoreID, f)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Orders fetched.", orders, f.page, total)
}

func (s *Service) serveGet(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "order_id")
	if err != nil {
		return err
	}
	var o api.OrderDetail
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		o, err = s.detail(tx, web.CallerOf(r).StoreID, id)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Order fetched.", o)
}

func (s *Service) serveHome(w http.ResponseWriter, r *http.Request) error {
	var figures api.Home
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		figures, err = home(tx, web.CallerOf(r).StoreID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Home fetched.", figures)
}

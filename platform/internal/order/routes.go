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
	r.ForApp(http.MethodGet, "/api/apps/v1/orders", api.ReadOrders, s.list)
	r.ForApp(http.MethodGet, "/api/apps/v1/orders/{order_id}", api.ReadOrders, s.get)
	r.ForApp(http.MethodPut, "/api/apps/v1/orders/{order_id}/status", api.WriteOrders, s.changeStatus)
	r.ForApp(http.MethodGet, "/api/apps/v1/customers/{user_id}/orders", api.ReadOrders, s.listOfCustomer)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/orders", s.list)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/orders/{order_id}", s.get)
	r.ForUser(http.MethodPut, "/api/stores/{store_id}/orders/{order_id}/status", s.changeStatus)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/home", s.home)
}

func (s *Service) list(w http.ResponseWriter, r *http.Request) error {
	f, err := readFilter(r)
	if err != nil {
		return err
	}
	return s.answerList(w, r, f)
}

// listOfCustomer lists the orders of one customer, filtered like all orders.
func (s *Service) listOfCustomer(w http.ResponseWriter, r *http.Request) error {
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

func (s *Service) get(w http.ResponseWriter, r *http.Request) error {
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

func (s *Service) changeStatus(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "order_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.StatusChange](w, r)
	if err != nil {
		return err
	}
	o, err := s.ChangeStatus(r.Context(), web.CallerOf(r), id, in.Status)
	if err != nil {
		return err
	}
	return web.OK(w, "Order status changed.", o)
}

func (s *Service) home(w http.ResponseWriter, r *http.Request) error {
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

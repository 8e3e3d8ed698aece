package customer

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the customers for apps and for the dashboard.
func (s *Service) Routes(r *web.Router) {
	r.ForApp(http.MethodGet, "/api/apps/v1/customers", api.ReadCustomers, s.serveList)
	r.ForApp(http.MethodPost, "/api/apps/v1/customers", api.WriteCustomers, s.serveCreate)
	r.ForApp(http.MethodGet, "/api/apps/v1/customers/{user_id}", api.ReadCustomers, s.serveGet)
	r.ForApp(http.MethodPut, "/api/apps/v1/customers/{user_id}", api.WriteCustomers, s.serveUpdate)
	r.ForApp(http.MethodDelete, "/api/apps/v1/customers/{user_id}", api.WriteCustomers, s.serveRemove)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/customers", s.serveList)
	r.ForUser(http.MethodPost, "/api/stores/{store_id}/customers", s.serveCreate)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/customers/{user_id}", s.serveGet)
	r.ForUser(http.MethodPut, "/api/stores/{store_id}/customers/{user_id}", s.serveUpdate)
	r.ForUser(http.MethodDelete, "/api/stores/{store_id}/customers/{user_id}", s.serveRemove)
}

func (s *Service) serveList(w http.ResponseWriter, r *http.Request) error {
	f, err := readFilter(r)
	if err != nil {
		return err
	}
	var customers []api.Customer
	var total int
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		customers, total, err = list(tx, web.CallerOf(r).StoreID, f)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Customers fetched.", customers, f.page, total)
}

func (s *Service) serveGet(w http.ResponseWriter, r *http.Request) error {
	customerID, err := web.PathID(r, "user_id")
	if err != nil {
		return err
	}
	var c api.Customer
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		c, err = Get(tx, web.CallerOf(r).StoreID, customerID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Customer fetched.", c)
}

func (s *Service) serveCreate(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewCustomer](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Customer created.", func(tx *db.Tx) (any, error) {
		return s.Create(tx, web.CallerOf(r).StoreID, in)
	})
}

func (s *Service) serveUpdate(w http.ResponseWriter, r *http.Request) error {
	customerID, err := web.PathID(r, "user_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.CustomerUpdate](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Customer updated.", func(tx *db.Tx) (any, error) {
		return s.Update(tx, web.CallerOf(r).StoreID, customerID, in)
	})
}

func (s *Service) serveRemove(w http.ResponseWriter, r *http.Request) error {
	customerID, err := web.PathID(r, "user_id")
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, nil, "Customer deleted.", func(tx *db.Tx) (any, error) {
		return s.remove(tx, web.CallerOf(r).StoreID, customerID)
	})
}

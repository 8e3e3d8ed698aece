package discount

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service serves the discounts of a store.
type Service struct {
	DB     *db.DB
	Writes idempotency.Writes
}

// Routes registers the discounts for apps and for the dashboard.
func (s *Service) Routes(r *web.Router) {
	r.ForApp(http.MethodGet, "/api/apps/v1/discounts", api.ReadDiscounts, s.serveList)
	r.ForApp(http.MethodPost, "/api/apps/v1/discounts", api.WriteDiscounts, s.serveCreate)
	r.ForApp(http.MethodGet, "/api/apps/v1/discounts/validate/{code}", api.ReadDiscounts, s.serveCheck)
	r.ForApp(http.MethodGet, "/api/apps/v1/discounts/{discount_id}", api.ReadDiscounts, s.serveGet)
	r.ForApp(http.MethodPut, "/api/apps/v1/discounts/{discount_id}", api.WriteDiscounts, s.serveUpdate)
	r.ForApp(http.MethodDelete, "/api/apps/v1/discounts/{discount_id}", api.WriteDiscounts, s.serveRemove)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/discounts", s.serveList)
	r.ForUser(http.MethodPost, "/api/stores/{store_id}/discounts", s.serveCreate)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/discounts/{discount_id}", s.serveGet)
	r.ForUser(http.MethodPut, "/api/stores/{store_id}/discounts/{discount_id}", s.serveUpdate)
	r.ForUser(http.MethodDelete, "/api/stores/{store_id}/discounts/{discount_id}", s.serveRemove)
}

func (s *Service) serveList(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	active, search, page := q.OneOf("is_active", []string{"1", "0"}), normalize(q.Text("search")), q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	var where db.Where
	where.And("store_id = ?", web.CallerOf(r).StoreID)
	where.And("deleted_ms IS NULL")
	if active != "" {
		where.And("is_active = ?", api.Flag(active == "1"))
	}
	if search != "" {
		where.AndContains(search, "code")
	}
	var discounts []api.Discount
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if total, err = where.Count(tx, "discount"); err != nil {
			return err
		}
		discounts, err = db.Rows(tx, scan, &where, db.Page{
			Columns: columns, From: "discount", Sort: "created_ms", ID: "id", Desc: true, Limit: page.Limit, Offset: page.Offset(),
		})
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Discounts fetched.", discounts, page, total)
}

func (s *Service) serveGet(w http.ResponseWriter, r *http.Request) error {
	discountID, err := web.PathID(r, "discount_id")
	if err != nil {
		return err
	}
	var d api.Discount
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		d, err = Get(tx, web.CallerOf(r).StoreID, discountID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Discount fetched.", d)
}

func (s *Service) serveCheck(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	subTotal, customerID := q.Money("sub_total"), q.ID("user_id")
	if err := q.Err(); err != nil {
		return err
	}
	var c api.DiscountCheck
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		c, err = s.checkCode(tx, web.CallerOf(r).StoreID, web.PathText(r, "code"), subTotal, customerID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Discount code checked.", c)
}

func (s *Service) serveCreate(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.DiscountInput](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Discount created.", func(tx *db.Tx) (any, error) {
		return s.create(tx, web.CallerOf(r).StoreID, in)
	})
}

func (s *Service) serveUpdate(w http.ResponseWriter, r *http.Request) error {
	discountID, err := web.PathID(r, "discount_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.DiscountInput](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Discount updated.", func(tx *db.Tx) (any, error) {
		return s.update(tx, web.CallerOf(r).StoreID, discountID, in)
	})
}

func (s *Service) serveRemove(w http.ResponseWriter, r *http.Request) error {
	discountID, err := web.PathID(r, "discount_id")
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, nil, "Discount deleted.", func(tx *db.Tx) (any, error) {
		return s.remove(tx, web.CallerOf(r).StoreID, discountID)
	})
}

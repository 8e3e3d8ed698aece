package billing

import (
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the charges for apps and for the dashboard.
func (s *Service) Routes(r *web.Router) {
	r.ForApp(http.MethodPost, "/api/apps/v1/billing/charges", api.Billing, s.createCharge)
	r.ForApp(http.MethodGet, "/api/apps/v1/billing/charges/{charge_id}", api.Billing, s.getForApp)
	r.ForApp(http.MethodGet, "/api/apps/v1/billing/active", api.Billing, s.listActive)
	r.ForUser(http.MethodGet, "/api/apps/billing/charges", s.listForStore)
	r.ForUser(http.MethodGet, "/api/apps/billing/charges/{charge_id}", s.getForStore)
	r.ForUser(http.MethodPost, "/api/apps/billing/charges/{charge_id}/pay", s.payCharge)
	r.ForUser(http.MethodPost, "/api/apps/billing/charges/{charge_id}/approve", s.handle(s.Approve))
	r.ForUser(http.MethodPost, "/api/apps/billing/charges/{charge_id}/decline", s.handle(s.Decline))
	r.ForUser(http.MethodPost, "/api/apps/billing/charges/{charge_id}/cancel", s.handle(s.Cancel))
	r.ForUser(http.MethodPost, "/api/apps/billing/charges/{charge_id}/complete", s.handle(s.complete))
}

// createCharge answers 201 for a new charge and 200 for a repeat of its key.
func (s *Service) createCharge(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewCharge](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Answer(w, r, in, func(tx *db.Tx) (api.Envelope[any], error) {
		c, made, err := s.Create(tx, web.CallerOf(r), in)
		if !made {
			return api.Envelope[any]{Message: "Charge fetched.", Data: c, Status: http.StatusOK}, err
		}
		return api.Envelope[any]{Message: "Charge created successfully", Data: c, Status: http.StatusCreated}, err
	})
}

func (s *Service) getForApp(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "charge_id")
	if err != nil {
		return err
	}
	var c api.Charge
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		c, err = owned(tx, web.CallerOf(r), id)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Charge fetched.", c)
}

func (s *Service) listActive(w http.ResponseWriter, r *http.Request) error {
	var list []api.Charge
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		list, err = ofInstallation(tx, web.CallerOf(r).InstallationID, api.ChargeActive)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Active charges fetched.", append([]api.Charge{}, list...))
}

func (s *Service) listForStore(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	q := web.QueryOf(r)
	f := filter{storeID: storeID, appID: q.ID("app_id"), status: q.OneOf("status", statuses), page: q.Page()}
	if err := q.Err(); err != nil {
		return err
	}
	var charges []api.StoreCharge
	var total int
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		charges, total, err = s.list(tx, f)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Charges fetched.", charges, f.page, total)
}

func (s *Service) getForStore(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "charge_id")
	if err != nil {
		return err
	}
	var out api.StoreCharge
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		c, err := owned(tx, web.CallerOf(r), id)
		if err != nil {
			return err
		}
		out, err = s.describe(tx, c)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Charge fetched.", out)
}

func (s *Service) payCharge(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.PaymentRequest](w, r)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{api.PaymentPay, api.PaymentFail, api.PaymentCancel}, in.Outcome) {
		return problem.Invalid("outcome", "must be pay, fail or cancel")
	}
	return s.handle(s.Pay(in.Outcome))(w, r)
}

// handle makes a handler of a merchant's step.
func (s *Service) handle(take Step) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := web.PathID(r, "charge_id")
		if err != nil {
			return err
		}
		var out api.PaymentResult
		err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
			out, err = s.Decide(tx, web.CallerOf(r), id, take)
			return err
		})
		if err != nil {
			return err
		}
		return web.OK(w, "Charge updated.", out)
	}
}

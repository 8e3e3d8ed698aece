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
	const v1, charge = "/api/apps/v1/billing", "/api/apps/billing/charges/{charge_id}"
	r.ForApp(http.MethodPost, v1+"/charges", api.Billing, s.createCharge)
	r.ForApp(http.MethodPost, v1+"/subscriptions", api.Billing, s.createSubscription)
	r.ForApp(http.MethodPost, v1+"/wallet-topup", api.Billing, s.createTopup)
	r.ForApp(http.MethodGet, v1+"/charges/{charge_id}", api.Billing, s.getForApp)
	r.ForApp(http.MethodPost, v1+"/charges/{charge_id}/refund", api.Billing, s.refundCharge)
	r.ForApp(http.MethodPost, v1+"/subscriptions/{charge_id}/cancel", api.Billing, s.cancelSubscription)
	r.ForApp(http.MethodGet, v1+"/active", api.Billing, s.listActive)
	r.ForUser(http.MethodGet, "/api/apps/billing/charges", s.listForStore)
	r.ForUser(http.MethodGet, charge, s.getForStore)
	r.ForUser(http.MethodPost, charge+"/approve", s.handle(s.Approve))
	r.ForUser(http.MethodPost, charge+"/pay", s.payCharge)
	r.ForUser(http.MethodPost, charge+"/decline", s.handle(s.Decline))
	r.ForUser(http.MethodPost, charge+"/cancel", s.cancelCharge)
	r.ForUser(http.MethodPost, charge+"/resume", s.handle(s.Resume))
	r.ForUser(http.MethodPost, charge+"/complete", s.handle(s.complete))
	r.ForUser(http.MethodGet, "/api/apps/billing/payment-method", s.getMethod)
	r.ForUser(http.MethodPut, "/api/apps/billing/payment-method", s.putMethod)
}

func (s *Service) listForStore(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	q := web.QueryOf(r)
	f := filter{storeID: storeID, appID: q.ID("app_id"), status: q.OneOf("status", statuses), kind: q.OneOf("type", types), page: q.Page()}
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
	if !slices.Contains([]string{api.PaymentPay, api.PaymentFail, api.PaymentCancel, api.PaymentSaved}, in.Outcome) {
		return problem.Invalid("outcome", "must be pay, fail, cancel or saved_method")
	}
	return s.handle(s.Pay(in.Outcome))(w, r)
}

func (s *Service) cancelCharge(w http.ResponseWriter, r *http.Request) error {
	in, err := web.DecodeOptional[api.CancelSubscription](w, r)
	if err != nil {
		return err
	}
	return s.handle(s.Cancel(in.AtPeriodEnd))(w, r)
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

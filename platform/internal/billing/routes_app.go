package billing

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) createCharge(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewCharge](w, r)
	if err != nil {
		return err
	}
	switch in.Type {
	case "", api.ChargeOneTime:
	case api.ChargeRecurring:
		if in.BillingInterval == nil { // clients of this endpoint know no interval
			monthly := api.IntervalMonthly
			in.BillingInterval = &monthly
		}
	default:
		return problem.Invalid("type", "must be one_time or recurring; the other kinds have endpoints of their own")
	}
	return s.make(w, r, in, "Charge created successfully")
}

func (s *Service) createSubscription(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewCharge](w, r)
	if err != nil {
		return err
	}
	if in.Type = orDefault(in.Type, api.ChargeRecurring); in.Type != api.ChargeRecurring {
		return problem.Invalid("type", "must be recurring; this endpoint makes no other charges")
	}
	return s.make(w, r, in, "Subscription created successfully")
}

func (s *Service) createTopup(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewTopup](w, r)
	if err != nil {
		return err
	}
	return s.make(w, r, api.NewCharge{
		Type: api.ChargeTopup, Name: orDefault(in.Name, "Wallet top-up"), Description: in.Description, Amount: in.Amount, Currency: in.Currency,
		ReturnURL: in.ReturnURL, Metadata: in.Metadata, IdempotencyKey: in.IdempotencyKey,
	}, "Top-up created successfully")
}

// make answers 201 for a new charge and 200 for a repeat of its key.
func (s *Service) make(w http.ResponseWriter, r *http.Request, in api.NewCharge, message string) error {
	return s.Writes.Answer(w, r, in, func(tx *db.Tx) (api.Envelope[any], error) {
		c, made, err := s.Create(tx, web.CallerOf(r), in)
		if !made {
			return api.Envelope[any]{Message: "Charge fetched.", Data: c, Status: http.StatusOK}, err
		}
		return api.Envelope[any]{Message: message, Data: c, Status: http.StatusCreated}, err
	})
}

func (s *Service) getForApp(w http.ResponseWriter, r *http.Request) error {
	var c api.Charge
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		c, err = named(tx, web.CallerOf(r), web.PathText(r, "charge_id"))
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

func (s *Service) refundCharge(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "charge_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.ChargeRefund](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Charge refunded.", func(tx *db.Tx) (any, error) {
		return s.refund(tx, web.CallerOf(r), id, in)
	})
}

func (s *Service) cancelSubscription(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "charge_id")
	if err != nil {
		return err
	}
	in, err := web.DecodeOptional[api.CancelSubscription](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Subscription updated.", func(tx *db.Tx) (any, error) {
		return s.cancelForApp(tx, web.CallerOf(r), id, in)
	})
}

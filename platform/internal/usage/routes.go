package usage

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// statuses are those that a list can be narrowed down to.
var statuses = []string{api.ChargePending, api.ChargeFrozen, api.ChargeCompleted, api.ChargeCancelled}

// Routes registers the metered uses for apps and for the dashboard.
func (s *Service) Routes(r *web.Router) {
	const path = "/api/apps/v1/billing/usage-charges"
	r.ForApp(http.MethodPost, path, api.Billing, s.create)
	r.ForApp(http.MethodGet, path, api.Billing, s.listForApp)
	r.ForUser(http.MethodGet, "/api/apps/billing/charges/{charge_id}/usage", s.listOfCharge)
}

// create answers 201 for a new use and 200 for a repeat of its key.
func (s *Service) create(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewUsage](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Answer(w, r, in, func(tx *db.Tx) (api.Envelope[any], error) {
		u, made, err := s.Record(tx, web.CallerOf(r), in)
		if !made {
			return api.Envelope[any]{Message: "Usage charge fetched.", Data: u, Status: http.StatusOK}, err
		}
		return api.Envelope[any]{Message: "Usage charge created successfully", Data: u, Status: http.StatusCreated}, err
	})
}

func (s *Service) listForApp(w http.ResponseWriter, r *http.Request) error {
	return s.list(w, r, func(tx *db.Tx, where *db.Where) error {
		where.And("u.installation_id = ?", web.CallerOf(r).InstallationID)
		return nil
	})
}

// listOfCharge lists the uses of one month.
func (s *Service) listOfCharge(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "charge_id")
	if err != nil {
		return err
	}
	return s.list(w, r, func(tx *db.Tx, where *db.Where) error {
		storeID, err := storeOf(tx, id)
		if db.IsNone(err) || err == nil && web.CallerOf(r).CheckStore(storeID) != nil {
			return problem.NotFound("usage of charge", id)
		}
		where.And("u.charge_id = ?", id)
		return err
	})
}

// list answers with a page of uses, newest first.
func (s *Service) list(w http.ResponseWriter, r *http.Request, which func(*db.Tx, *db.Where) error) error {
	q := web.QueryOf(r)
	page, status := q.PageWithin(20, 100), q.OneOf("status", statuses)
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.UsageCharge
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		var where db.Where
		if err := which(tx, &where); err != nil {
			return err
		}
		switch status {
		case "":
		case api.ChargeCompleted:
			where.And("c.status IN ('active', 'completed')")
		default:
			where.And("c.status = ?", status)
		}
		if total, err = where.Count(tx, lines); err != nil {
			return err
		}
		list, err = db.Rows(tx, scan, &where, db.Page{
			Columns: columns, From: lines, Sort: "u.id", ID: "u.id", Desc: true, Limit: page.Limit, Offset: page.Offset(),
		})
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Usage charges fetched.", list, page, total)
}

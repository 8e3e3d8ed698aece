package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// owned returns a charge that the caller may see: an app's own installation's,
// or one of a merchant's stores.
func owned(tx *db.Tx, caller web.Caller, chargeID int64) (api.Charge, error) {
	c, err := byID(tx, chargeID)
	if err != nil && !db.IsNone(err) {
		return c, err
	}
	if err != nil || caller.CheckStore(c.StoreID) != nil || caller.IsApp() && caller.InstallationID != c.InstallationID {
		return api.Charge{}, problem.NotFound("charge", chargeID)
	}
	return c, nil
}

// describe joins a charge with its app, its timeline and what can be done.
func (s *Service) describe(tx *db.Tx, c api.Charge) (out api.StoreCharge, err error) {
	list, err := s.describeAll(tx, []api.Charge{c})
	if err != nil {
		return out, err
	}
	return list[0], nil
}

// describeAll is describe for many charges, in as many queries as there are
// apps among them, and one.
func (s *Service) describeAll(tx *db.Tx, charges []api.Charge) ([]api.StoreCharge, error) {
	timelines, err := timelinesOf(tx, charges)
	if err != nil {
		return nil, err
	}
	cards, list := map[int64]api.AppCard{}, make([]api.StoreCharge, len(charges))
	for n, c := range charges {
		card, known := cards[c.AppID]
		if !known {
			a, err := s.Apps.Record(tx, c.AppID) // a deleted app's charges stay
			if err != nil {
				return nil, err
			}
			card = app.Card(a)
			cards[c.AppID] = card
		}
		list[n] = api.StoreCharge{Charge: c, App: card, Actions: actions(c), Timeline: timelines[c.ChargeID]}
	}
	return list, nil
}

// filter says which charges of a store a list shows.
type filter struct {
	storeID int64
	appID   int64  // 0: of every app
	status  string // "": of every status
	page    web.Page
}

// list returns one page of charges, newest first, and how many match in all.
func (s *Service) list(tx *db.Tx, f filter) (list []api.StoreCharge, total int, err error) {
	var where db.Where
	where.And("store_id = ?", f.storeID)
	if f.appID != 0 {
		where.And("app_id = ?", f.appID)
	}
	if f.status != "" {
		where.And("status = ?", f.status)
	}
	if total, err = where.Count(tx, "charge"); err != nil {
		return nil, 0, err
	}
	charges, err := db.Rows(tx, scan, &where, db.Page{
		Columns: columns, From: "charge", Sort: "created_ms", ID: "id", Desc: true, Limit: f.page.Limit, Offset: f.page.Offset(),
	})
	if err != nil {
		return nil, 0, err
	}
	list, err = s.describeAll(tx, charges)
	return list, total, err
}

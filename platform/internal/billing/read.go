package billing

import (
	"fmt"
	"strconv"

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

// hold is owned for a step on a charge. It keeps the charge and its
// installation from being changed by others until the transaction ends: two
// subscriptions of one installation do not begin at once. Whoever needs more
// than one of installation, charge, payment and wallet takes them in this order.
func hold(tx *db.Tx, caller web.Caller, chargeID int64) (api.Charge, error) {
	c, err := owned(tx, caller, chargeID)
	if err != nil {
		return c, err
	}
	if _, err := holdInstallation(tx, c.InstallationID); err != nil {
		return c, err
	}
	h, err := holdByID(tx, chargeID)
	return h.Charge, err
}

// transactionID is how the payment gateway knows a charge.
func transactionID(storeID, chargeID int64) string {
	return fmt.Sprintf("SLX-%d-%d", storeID, chargeID)
}

// named is owned for a path that names a charge by its id or by its
// merchant_transaction_id.
func named(tx *db.Tx, caller web.Caller, name string) (api.Charge, error) {
	var storeID, chargeID int64
	if _, err := fmt.Sscanf(name, "SLX-%d-%d", &storeID, &chargeID); err == nil && transactionID(storeID, chargeID) == name {
		c, err := owned(tx, caller, chargeID)
		if err == nil && c.StoreID != storeID {
			err = problem.NotFound("charge", name)
		}
		return c, err
	}
	chargeID, err := strconv.ParseInt(name, 10, 64)
	if err != nil || strconv.FormatInt(chargeID, 10) != name {
		return api.Charge{}, problem.NotFound("charge", name)
	}
	return owned(tx, caller, chargeID)
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
// apps among them, and two.
func (s *Service) describeAll(tx *db.Tx, charges []api.Charge) ([]api.StoreCharge, error) {
	timelines, err := timelinesOf(tx, charges)
	if err != nil {
		return nil, err
	}
	payments, err := paymentsOf(tx, charges)
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
		list[n] = api.StoreCharge{
			Charge: c, App: card, Actions: actions(c), Timeline: timelines[c.ChargeID],
			Payments: append([]api.ChargePayment{}, payments[c.ChargeID]...),
		}
	}
	return list, nil
}

// filter says which charges of a store a list shows.
type filter struct {
	storeID int64
	appID   int64  // 0: of every app
	status  string // "": of every status
	kind    string // "": of every type
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
	if f.kind != "" {
		where.And("type = ?", f.kind)
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

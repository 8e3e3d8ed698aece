package billing

import (
	"fmt"

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
	a, err := s.Apps.Get(tx, c.AppID)
	if err != nil {
		return out, err
	}
	timeline, err := entries(tx, c.ChargeID)
	return api.StoreCharge{Charge: c, App: app.Card(a), Actions: actions(c), Timeline: timeline}, err
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
	where, args := "store_id = $1", []any{f.storeID}
	if f.appID != 0 {
		args = append(args, f.appID)
		where += fmt.Sprintf(" AND app_id = $%d", len(args))
	}
	if f.status != "" {
		args = append(args, f.status)
		where += fmt.Sprintf(" AND status = $%d", len(args))
	}
	if total, err = db.One(tx, db.Value[int], `SELECT COUNT(*) FROM charge WHERE `+where, args...); err != nil {
		return nil, 0, err
	}
	charges, err := db.All(tx, scan, fmt.Sprintf(`SELECT %s FROM charge WHERE %s ORDER BY created_ms DESC, id DESC LIMIT $%d OFFSET $%d`,
		columns, where, len(args)+1, len(args)+2), append(args, f.page.Limit, f.page.Offset())...)
	if err != nil {
		return nil, 0, err
	}
	list = make([]api.StoreCharge, len(charges))
	for n, c := range charges {
		if list[n], err = s.describe(tx, c); err != nil {
			return nil, 0, err
		}
	}
	return list, total, nil
}

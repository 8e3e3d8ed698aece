package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/web"
)

// traces are where the steps of the tour are seen: each asks for the business
// time of the first time, on a store ($1) or by a user ($2), and is as quick
// with many records as with few. CROSS JOIN makes SQLite begin with the table on
// the left, whose index holds the spoiled attempts alone.
var traces = map[string]string{
	api.TourInstall:  `SELECT MIN(installed_ms) FROM installation WHERE store_id = $1 AND $2 > 0`,
	api.TourOrder:    `SELECT created_ms FROM event WHERE store_id = $1 AND hook = 0 AND topic LIKE 'order.%' AND $2 > 0 ORDER BY seq LIMIT 1`,
	api.TourDelivery: `SELECT updated_ms FROM delivery WHERE store_id = $1 AND status = 'delivered' AND $2 > 0 ORDER BY id LIMIT 1`,
	api.TourFault: `SELECT a.started_ms FROM delivery_attempt a CROSS JOIN delivery d
		WHERE d.id = a.delivery_id AND a.fault > '' AND d.store_id = $1 AND $2 > 0 ORDER BY a.id LIMIT 1`,
	api.TourResend:    `SELECT created_ms FROM delivery WHERE resent_from > 0 AND store_id = $1 AND $2 > 0 ORDER BY id LIMIT 1`,
	api.TourCharge:    `SELECT MIN(p.created_ms) FROM payment p JOIN charge c ON c.id = p.charge_id WHERE c.store_id = $1 AND $2 > 0`,
	api.TourClock:     `SELECT from_ms FROM clock_operation WHERE $1 > 0 AND $2 > 0 ORDER BY id LIMIT 1`,
	api.TourMessage:   `SELECT created_ms FROM message WHERE store_id = $1 AND $2 > 0 ORDER BY id LIMIT 1`,
	api.TourUninstall: `SELECT MIN(uninstalled_ms) FROM installation WHERE store_id = $1 AND $2 > 0`,
	api.TourOwnApp: `SELECT MIN(created_ms) FROM app WHERE owner_id = $2 AND app_type <> 'custom' AND slug NOT IN ('` + demo.Restock + `', '` + demo.MyApp + `')
		AND deleted_ms IS NULL AND $1 > 0`,
}

// serveTour says which steps of the tour were taken on a store. Nothing is
// written for it: what happened is its own proof.
func (s *Service) serveTour(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	steps := make([]api.TourStep, 0, len(api.TourSteps))
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		steps = steps[:0]
		for _, name := range api.TourSteps {
			first, err := db.One(tx, db.Value[*int64], traces[name], storeID, web.CallerOf(r).UserID)
			if err != nil && !db.IsNone(err) {
				return err
			}
			steps = append(steps, api.TourStep{Step: name, Done: first != nil, At: api.AtOrNil(first)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Tour fetched.", steps)
}

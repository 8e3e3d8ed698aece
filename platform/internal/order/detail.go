package order

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// detail returns a store's order with everything that hangs on it.
func (s *Service) detail(tx *db.Tx, storeID, id int64) (api.OrderDetail, error) {
	o, err := byID(tx, storeID, id)
	if db.IsNone(err) {
		return o, problem.NotFound("order", id)
	}
	if err != nil {
		return o, err
	}
	if o.Items, err = itemsOf(tx, id); err != nil {
		return o, err
	}
	for n := range o.Items {
		o.Items[n].Image = catalog.Image(s.PublicURL, o.Items[n].Image)
	}
	if o.Payments, err = paymentsOf(tx, id); err != nil {
		return o, err
	}
	o.Timeline, err = timelineOf(tx, id)
	o.NextStatuses = Next(o.OrderStatus, o.FinancialStatus)
	return o, err
}

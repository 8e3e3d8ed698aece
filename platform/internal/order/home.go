package order

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/store"
	"github.com/selorax/sandbox/platform/internal/web"
)

const (
	chartDays    = 14
	weekDays     = 7
	recentOrders = 5

	day = 24 * time.Hour
	// dhaka is Bangladesh's distance from UTC; it has no summer time. Its days
	// are the merchants' days.
	dhaka = 6 * time.Hour
)

// home returns the figures of a store's landing page. Every order of a day
// counts, unless it was deleted; sales leave out those that were cancelled, and
// what was refunded.
func home(tx *db.Tx, storeID int64) (h api.Home, err error) {
	if h.Store, err = store.Get(tx, storeID); err != nil {
		return h, err
	}
	if h.LowStock, err = catalog.LowStock(tx, storeID); err != nil {
		return h, err
	}
	if h.ByStatus, err = byStatus(tx, storeID); err != nil {
		return h, err
	}
	for _, c := range h.ByStatus {
		switch c.Status {
		case api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderHold:
			h.OpenOrders += c.Count
		}
	}
	if h.RecentOrders, _, err = list(tx, storeID, latest()); err != nil {
		return h, err
	}
	h.SalesByDay, err = salesByDay(tx, storeID, chartDays)
	for n, d := range h.SalesByDay {
		if n == chartDays-1 {
			h.OrdersToday, h.SalesToday = d.Orders, d.Sales
		}
		if n >= chartDays-weekDays {
			h.OrdersWeek, h.SalesWeek = h.OrdersWeek+d.Orders, h.SalesWeek+d.Sales
		}
	}
	return h, err
}

func latest() filter {
	return filter{sort: web.Sort{Column: "created_at", Desc: true}, page: web.Page{Number: 1, Limit: recentOrders}}
}

// salesByDay returns the last days of a store, today included, oldest first.
func salesByDay(tx *db.Tx, storeID int64, days int) ([]api.DaySales, error) {
	first := dayOf(tx.Now) - int64(days-1)
	list := make([]api.DaySales, days)
	for n := range list {
		var err error
		if list[n], err = salesOf(tx, storeID, first+int64(n)); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// dayOf numbers Bangladesh's days from 1970.
func dayOf(t time.Time) int64 { return t.Add(dhaka).UnixMilli() / day.Milliseconds() }

// salesOf adds up the orders of one day. A question for each day takes less
// than half the time of one for all of them, which would have to sort the
// orders into days.
func salesOf(tx *db.Tx, storeID, number int64) (api.DaySales, error) {
	begin := number*day.Milliseconds() - dhaka.Milliseconds()
	return db.One(tx, func(r db.Row) (d api.DaySales, err error) {
		d.Date = time.UnixMilli(number * day.Milliseconds()).UTC().Format(time.DateOnly)
		err = r.Scan(&d.Orders, &d.Sales)
		return d, err
	}, `SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN status IN ('cancelled', 'refunded') THEN 0 ELSE grand_total_minor - refunded_minor END), 0) AS BIGINT)
		FROM shop_order WHERE store_id = $1 AND deleted_ms IS NULL AND created_ms >= $2 AND created_ms < $3`,
		storeID, begin, begin+day.Milliseconds())
}

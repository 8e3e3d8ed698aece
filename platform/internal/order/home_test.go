package order

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

// TestHomeFigures: it is noon of 31 January in Dhaka, 06:00 UTC, so the day
// began at 18:00 UTC of the 30th.
func TestHomeFigures(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	midnight := time.Date(2026, 1, 30, 18, 0, 0, 0, time.UTC)
	b.add(
		made{id: 1, placed: midnight.AddDate(0, 0, -13).Add(-time.Millisecond), total: 1000000, status: api.OrderCompleted}, // a moment too old
		made{id: 2, placed: midnight.AddDate(0, 0, -13), total: 10000, status: api.OrderCompleted},
		made{id: 3, placed: midnight.AddDate(0, 0, -6).Add(-time.Millisecond), total: 20000, status: api.OrderDelivered}, // eight days ago
		made{id: 4, placed: midnight.AddDate(0, 0, -6), total: 40000, status: api.OrderShipped},
		made{id: 5, placed: midnight.Add(-time.Millisecond), total: 80000, status: api.OrderHold}, // yesterday
		made{id: 6, placed: midnight, total: 160000, status: api.OrderProcessing},
		made{id: 7, placed: storetest.Now, total: 320000, status: api.OrderPending},
		made{id: 8, placed: storetest.Now, total: 640000, status: api.OrderCancelled},
		made{id: 9, placed: storetest.Now, total: 640000, status: api.OrderRefunded},
		made{id: 10, placed: storetest.Now, total: 5000000, store: storetest.Crafts, buyer: buyer + 2},
	)
	storetest.Write(t, b.DB, func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE variant SET quantity = 4 WHERE id = $1`, variant)
		return err
	})
	h := storetest.Data[api.Home](b.Get(storetest.Merchant, "/api/stores/22/home"))
	if h.OrdersToday != 4 || h.SalesToday != 480000 || h.OrdersWeek != 6 || h.SalesWeek != 600000 || h.OpenOrders != 3 || h.LowStock != 1 {
		t.Errorf("today %d, %s; week %d, %s; open %d; low stock %d", h.OrdersToday, h.SalesToday, h.OrdersWeek, h.SalesWeek, h.OpenOrders, h.LowStock)
	}
	want := map[string]api.DaySales{
		"2026-01-18": {Orders: 1, Sales: 10000}, "2026-01-24": {Orders: 1, Sales: 20000}, "2026-01-25": {Orders: 1, Sales: 40000},
		"2026-01-30": {Orders: 1, Sales: 80000}, "2026-01-31": {Orders: 4, Sales: 480000},
	}
	if len(h.SalesByDay) != 14 || h.SalesByDay[0].Date != "2026-01-18" || h.SalesByDay[13].Date != "2026-01-31" {
		t.Errorf("days %+v", h.SalesByDay)
	}
	for _, d := range h.SalesByDay {
		if w := want[d.Date]; d.Orders != w.Orders || d.Sales != w.Sales {
			t.Errorf("%+v, want %+v", d, w)
		}
	}
	if diff := cmp.Diff([]int64{9, 8, 7, 6, 5}, ids(h.RecentOrders)); diff != "" {
		t.Errorf("recent (-want +got):\n%s", diff)
	}
	if h.Store.Name != "FloristBD" || len(h.ByStatus) != 9 || h.ByStatus[0] != (api.StatusCount{Status: "pending", Count: 1}) {
		t.Errorf("store %q, by status %+v", h.Store.Name, h.ByStatus)
	}
}

func TestHomeOfANewStore(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	h := storetest.Data[api.Home](b.Get(storetest.Merchant, "/api/stores/23/home"))
	if h.OrdersToday != 0 || len(h.SalesByDay) != 14 || len(h.ByStatus) != 9 || h.RecentOrders == nil {
		t.Errorf("got %+v", h)
	}
}

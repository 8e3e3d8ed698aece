package restock

import (
	"context"
	"encoding/json"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// pieces counts what was sold, by sku_id.
type pieces map[int64]int64

func (p pieces) add(other pieces) {
	for sku, quantity := range other {
		p[sku] += quantity
	}
}

// sold counts the pieces of each variant that were sold in the period up to
// now, or up to the newest order where the platform's clock is ahead of ours.
// The platform gives an order's items one order at a time, so each is asked
// for once; what has been read stays when the rest fails.
func (a *App) sold(ctx context.Context, storeID int64, token string) (pieces, error) {
	orders, since, err := a.recentOrders(ctx, token)
	if err != nil {
		return nil, err
	}
	known, err := a.sales(ctx, storeID)
	if err != nil {
		return nil, err
	}
	total := pieces{}
	var unknown []int64
	for _, o := range orders {
		if s, ok := known[o.OrderID]; ok && s.updatedMS == o.UpdatedAt.UnixMilli() {
			total.add(s.pieces)
		} else {
			unknown = append(unknown, o.OrderID)
		}
	}
	read, err := gather(ctx, unknown, func(ctx context.Context, id int64) (pieces, error) {
		order, err := a.Platform.Order(ctx, token, id)
		if err != nil {
			return nil, err
		}
		return a.keepSale(ctx, storeID, order)
	})
	if err != nil {
		return nil, err
	}
	for _, p := range read {
		total.add(p)
	}
	_, err = a.DB.ExecContext(ctx, `DELETE FROM sale WHERE store_id = ? AND placed_ms < ?`, storeID, since.UnixMilli())
	return total, err
}

// recentOrders lists the orders of the period that count as sold, and says
// when it began.
func (a *App) recentOrders(ctx context.Context, token string) (list []selorax.Order, since time.Time, err error) {
	since = a.Now().Add(-salesPeriod)
	for order, err := range a.Platform.AllOrders(ctx, token, selorax.OrderQuery{Since: since, Sort: "created_at:desc"}) {
		if err != nil {
			return nil, since, err
		}
		if start := order.CreatedAt.Add(-salesPeriod); start.After(since) {
			since = start // the newest comes first
		}
		if order.CreatedAt.Before(since) {
			break
		}
		if order.OrderStatus != "cancelled" && order.OrderStatus != "refunded" {
			list = append(list, order)
		}
	}
	return list, since, nil
}

// sale is what was sold in an order, as of its last change.
type sale struct {
	updatedMS int64
	pieces    pieces
}

// sales are those of a store that have been read, by order_id.
func (a *App) sales(ctx context.Context, storeID int64) (map[int64]sale, error) {
	rows, err := a.DB.QueryContext(ctx, `SELECT order_id, updated_ms, pieces FROM sale WHERE store_id = ?`, storeID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := map[int64]sale{}
	for rows.Next() {
		var orderID int64
		var s sale
		var text []byte
		if err := rows.Scan(&orderID, &s.updatedMS, &text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &s.pieces); err != nil {
			return nil, err
		}
		known[orderID] = s
	}
	return known, rows.Err()
}

// keepSale stores what was sold in an order, unless the app was uninstalled
// meanwhile.
func (a *App) keepSale(ctx context.Context, storeID int64, order selorax.OrderDetail) (pieces, error) {
	sold := pieces{}
	for _, item := range order.Items {
		sold[item.SKUID] += item.Quantity
	}
	text, err := json.Marshal(sold)
	if err != nil {
		return nil, err
	}
	_, err = a.DB.ExecContext(ctx, `INSERT INTO sale (store_id, order_id, generation, placed_ms, updated_ms, pieces)
		SELECT store_id, ?2, granted_ms, ?3, ?4, ?5 FROM store WHERE store_id = ?1 AND uninstalled_ms IS NULL
		ON CONFLICT (store_id, order_id) DO UPDATE SET generation = excluded.generation, updated_ms = ?4, pieces = ?5`,
		storeID, order.OrderID, order.CreatedAt.UnixMilli(), order.UpdatedAt.UnixMilli(), string(text))
	return sold, err
}

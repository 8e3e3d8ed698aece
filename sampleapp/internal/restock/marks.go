package restock

import (
	"context"
	"database/sql"
	"time"
)

// mark is a variant that the merchant wants to order again.
type mark struct {
	SKUID       int64     `json:"sku_id"`
	Name        string    `json:"name"`
	Variant     string    `json:"variant_name"`
	SKUCode     string    `json:"sku_code"`
	OrderNumber string    `json:"order_number"` // the order that showed the need
	MarkedAt    time.Time `json:"marked_at"`
}

// marks lists what a store marked, the newest first.
func (a *App) marks(ctx context.Context, storeID int64) ([]mark, error) {
	rows, err := a.DB.QueryContext(ctx, `SELECT sku_id, name, variant_name, sku_code, order_number, marked_ms FROM mark
		WHERE store_id = ? ORDER BY marked_ms DESC, sku_id`, storeID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []mark{}
	for rows.Next() {
		var m mark
		var marked int64
		if err := rows.Scan(&m.SKUID, &m.Name, &m.Variant, &m.SKUCode, &m.OrderNumber, &marked); err != nil {
			return nil, err
		}
		m.MarkedAt = time.UnixMilli(marked).UTC()
		list = append(list, m)
	}
	return list, rows.Err()
}

// addMarks marks variants of an order and says how many were not marked yet.
func (a *App) addMarks(ctx context.Context, storeID int64, orderNumber string, low []lowVariant) (added int64, err error) {
	err = a.write(ctx, func(tx *sql.Tx) error {
		s, err := readStanding(ctx, tx, storeID)
		if err == nil && !s.installed {
			err = ErrNotInstalled
		}
		for _, v := range low {
			if err != nil {
				return err
			}
			var n int64
			n, err = exec(ctx, tx, `INSERT INTO mark (store_id, sku_id, generation, name, variant_name, sku_code, order_number, marked_ms)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (store_id, sku_id) DO NOTHING`,
				storeID, v.SKUID, s.granted.UnixMilli(), v.Name, v.Variant, v.SKUCode, orderNumber, a.Now().UnixMilli())
			added += n
		}
		return err
	})
	return added, err
}

// removeMark takes a variant off the list.
func (a *App) removeMark(ctx context.Context, storeID, skuID int64) error {
	_, err := a.DB.ExecContext(ctx, `DELETE FROM mark WHERE store_id = ? AND sku_id = ?`, storeID, skuID)
	return err
}

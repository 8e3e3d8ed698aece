package order

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
)

// count counts one more order of a store in a status.
func count(tx *db.Tx, storeID int64, status string) error {
	_, err := tx.Exec(`INSERT INTO order_count (store_id, status, n) VALUES ($1, $2, 1)
		ON CONFLICT (store_id, status) DO UPDATE SET n = order_count.n + 1`, storeID, status)
	return err
}

// countOut counts one less.
func countOut(tx *db.Tx, storeID int64, status string) error {
	_, err := tx.Exec(`UPDATE order_count SET n = n - 1 WHERE store_id = $1 AND status = $2`, storeID, status)
	return err
}

// countForCustomer counts a new order among those of its customer.
func countForCustomer(tx *db.Tx, o api.Order) error {
	spent := o.GrandTotal
	if !sold(o.OrderStatus) {
		spent = 0
	}
	return customer.CountOrder(tx, o.UserID, spent)
}

// sold reports whether an order in the status counts as money spent.
func sold(status string) bool { return status != api.OrderCancelled && status != api.OrderRefunded }

// recount counts a move. It takes the two counters in the order of their
// names: moves there and back at once wait for each other, and do not clash.
func recount(tx *db.Tx, storeID int64, from, to string) error {
	if to < from {
		if err := count(tx, storeID, to); err != nil {
			return err
		}
		return countOut(tx, storeID, from)
	}
	if err := countOut(tx, storeID, from); err != nil {
		return err
	}
	return count(tx, storeID, to)
}

// countOf returns how many orders a store has in a status, or in all when it
// is empty.
func countOf(tx *db.Tx, storeID int64, status string) (int, error) {
	return db.One(tx, db.Value[int], `SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM order_count
		WHERE store_id = $1 AND (status = $2 OR $2 = '')`, storeID, status)
}

// byStatus returns how many orders a store has in each status, in the usual
// course, those that it has none in included.
func byStatus(tx *db.Tx, storeID int64) ([]api.StatusCount, error) {
	rows, err := db.All(tx, func(r db.Row) (c api.StatusCount, err error) {
		err = r.Scan(&c.Status, &c.Count)
		return c, err
	}, `SELECT status, n FROM order_count WHERE store_id = $1`, storeID)
	counts := make([]api.StatusCount, len(api.OrderStatuses))
	for n, status := range api.OrderStatuses {
		counts[n].Status = status
		for _, row := range rows {
			if row.Status == status {
				counts[n].Count = row.Count
			}
		}
	}
	return counts, err
}

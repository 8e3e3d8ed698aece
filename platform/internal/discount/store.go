package discount

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `id, store_id, code, is_amount, amount_minor, percentage_ppm, free_shipping, minimum_order_minor, maximum_minor,
	is_active, total_use, use_per_user, used, starts_ms, ends_ms, created_ms, updated_ms`

func scan(r db.Row) (d api.Discount, err error) {
	var ppm, created, updated int64
	var starts, ends *int64
	err = r.Scan(&d.DiscountID, &d.StoreID, &d.Code, &d.IsAmount, &d.Amount, &ppm, &d.FreeShippingOn, &d.MinimumOrderValue,
		&d.MaximumDiscountAmount, &d.IsActive, &d.TotalUse, &d.UsePerUser, &d.UsedCount, &starts, &ends, &created, &updated)
	d.Percentage = float64(ppm) / 10_000
	d.StartsAt, d.EndsAt, d.CreatedAt, d.UpdatedAt = api.AtOrNil(starts), api.AtOrNil(ends), api.At(created), api.At(updated)
	return d, err
}

func byID(tx *db.Tx, storeID, discountID int64) (api.Discount, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM discount WHERE id = $1 AND store_id = $2 AND deleted_ms IS NULL`, discountID, storeID)
}

func byCode(tx *db.Tx, storeID int64, code string) (api.Discount, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM discount WHERE store_id = $1 AND code = $2 AND deleted_ms IS NULL`, storeID, code)
}

// lockCode returns a code and keeps others from using it until the transaction
// ends.
func lockCode(tx *db.Tx, storeID int64, code string) (api.Discount, error) {
	return db.One(tx, scan, `UPDATE discount SET used = used WHERE store_id = $1 AND code = $2 AND deleted_ms IS NULL
		RETURNING `+columns, storeID, code)
}

func usesOf(tx *db.Tx, discountID, customerID int64) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT COUNT(*) FROM discount_use WHERE discount_id = $1 AND customer_id = $2`, discountID, customerID)
}

func insertUse(tx *db.Tx, orderID, discountID, customerID int64) error {
	if _, err := tx.Exec(`INSERT INTO discount_use (order_id, discount_id, customer_id) VALUES ($1, $2, $3)`,
		orderID, discountID, customerID); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE discount SET used = used + 1 WHERE id = $1`, discountID)
	return err
}

func deleteUse(tx *db.Tx, orderID int64) error {
	discountID, err := db.One(tx, db.Value[int64], `DELETE FROM discount_use WHERE order_id = $1 RETURNING discount_id`, orderID)
	if db.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE discount SET used = used - 1 WHERE id = $1`, discountID)
	return err
}

// values lists what replace and the inserts write, from the code on.
func values(d api.Discount) []any {
	return []any{d.Code, d.IsAmount, d.Amount, int64(rate(d.Percentage)), d.FreeShippingOn, d.MinimumOrderValue,
		d.MaximumDiscountAmount, d.IsActive, d.TotalUse, d.UsePerUser, orNil(d.StartsAt), orNil(d.EndsAt), d.UpdatedAt.UnixMilli()}
}

func orNil(t *api.Time) *int64 {
	if t == nil {
		return nil
	}
	ms := t.UnixMilli()
	return &ms
}

const inserted = `code, is_amount, amount_minor, percentage_ppm, free_shipping, minimum_order_minor, maximum_minor,
	is_active, total_use, use_per_user, starts_ms, ends_ms, updated_ms, store_id, created_ms`

func insert(tx *db.Tx, d api.Discount) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO discount (`+inserted+`, used)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0) RETURNING id`,
		append(values(d), d.StoreID, d.CreatedAt.UnixMilli())...)
}

// Insert adds a discount under the id that it names.
func Insert(tx *db.Tx, d api.Discount) error {
	_, err := tx.Exec(`INSERT INTO discount (`+inserted+`, used, id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		append(values(d), d.StoreID, d.CreatedAt.UnixMilli(), d.UsedCount, d.DiscountID)...)
	return err
}

func replace(tx *db.Tx, d api.Discount) error {
	_, err := tx.Exec(`UPDATE discount SET code = $1, is_amount = $2, amount_minor = $3, percentage_ppm = $4, free_shipping = $5,
		minimum_order_minor = $6, maximum_minor = $7, is_active = $8, total_use = $9, use_per_user = $10, starts_ms = $11, ends_ms = $12,
		updated_ms = $13 WHERE id = $14`, append(values(d), d.DiscountID)...)
	return err
}

func markDeleted(tx *db.Tx, storeID, discountID int64) (bool, error) {
	n, err := tx.Exec(`UPDATE discount SET deleted_ms = $3, updated_ms = $3
		WHERE id = $1 AND store_id = $2 AND deleted_ms IS NULL`, discountID, storeID, tx.NowMS())
	return n == 1, err
}

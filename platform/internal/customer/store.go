package customer

import (
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `id, store_id, name, email, phone, address, city, is_guest, created_ms, updated_ms, total_orders, total_spent_minor`

func scan(r db.Row) (c api.Customer, err error) {
	var phone string
	var a api.CustomerAddress
	var created, updated int64
	err = r.Scan(&c.UserID, &c.StoreID, &c.Name, &c.Email, &phone, &a.Address, &a.City, &c.IsGuest, &created, &updated,
		&c.TotalOrders, &c.TotalSpent)
	c.CreatedAt, c.UpdatedAt = api.At(created), api.At(updated)
	if phone != "" {
		c.Phone = &phone
	}
	if a != (api.CustomerAddress{}) {
		c.AddressJSON = &a
	}
	return c, err
}

func byID(tx *db.Tx, storeID, customerID int64) (api.Customer, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM customer
		WHERE id = $1 AND store_id = $2 AND deleted_ms IS NULL`, customerID, storeID)
}

// byContact returns the customer, or the newest guest, with a phone or an
// email, a customer before a guest and the phone before the email.
func byContact(tx *db.Tx, c api.Customer) (api.Customer, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM customer
		WHERE store_id = $1 AND deleted_ms IS NULL AND (phone = $2 AND phone <> '' OR email = $3)
		ORDER BY is_guest, CASE WHEN phone = $2 THEN 0 ELSE 1 END, id DESC LIMIT 1`, c.StoreID, deref(c.Phone), c.Email)
}

// holder returns the other customer who has a value in a column.
func holder(tx *db.Tx, c api.Customer, column, value string) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT id FROM customer
		WHERE store_id = $1 AND `+column+` = $2 AND id <> $3 AND is_guest = 0 AND deleted_ms IS NULL`, c.StoreID, value, c.UserID)
}

// values lists what replace and the inserts write, from the name on.
func values(c api.Customer) []any {
	var a api.CustomerAddress
	if c.AddressJSON != nil {
		a = *c.AddressJSON
	}
	return []any{c.Name, strings.ToLower(c.Name), c.Email, deref(c.Phone), a.Address, a.City, c.UpdatedAt.UnixMilli()}
}

func insert(tx *db.Tx, c api.Customer) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO customer (name, name_folded, email, phone, address, city, updated_ms, store_id, is_guest, created_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
		append(values(c), c.StoreID, c.IsGuest, c.CreatedAt.UnixMilli())...)
}

// Insert adds a customer under the id that they name.
func Insert(tx *db.Tx, c api.Customer) error {
	_, err := tx.Exec(`INSERT INTO customer (name, name_folded, email, phone, address, city, updated_ms, store_id, is_guest, created_ms, id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		append(values(c), c.StoreID, c.IsGuest, c.CreatedAt.UnixMilli(), c.UserID)...)
	return err
}

func replace(tx *db.Tx, c api.Customer) error {
	_, err := tx.Exec(`UPDATE customer SET name = $1, name_folded = $2, email = $3, phone = $4, address = $5, city = $6, updated_ms = $7
		WHERE id = $8`, append(values(c), c.UserID)...)
	return err
}

func markDeleted(tx *db.Tx, storeID, customerID int64) (bool, error) {
	n, err := tx.Exec(`UPDATE customer SET deleted_ms = $3, updated_ms = $3
		WHERE id = $1 AND store_id = $2 AND deleted_ms IS NULL`, customerID, storeID, tx.NowMS())
	return n == 1, err
}

func addTotals(tx *db.Tx, customerID, orders int64, spent api.Money) error {
	_, err := tx.Exec(`UPDATE customer SET total_orders = total_orders + $2, total_spent_minor = total_spent_minor + $3
		WHERE id = $1`, customerID, orders, spent)
	return err
}

func id(n int64) string { return strconv.FormatInt(n, 10) }

func newestID(tx *db.Tx, storeID int64) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT id FROM customer WHERE store_id = $1 AND is_guest = 0 AND deleted_ms IS NULL
		ORDER BY created_ms DESC, id DESC LIMIT 1`, storeID)
}

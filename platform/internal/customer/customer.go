package customer

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// Customer is a person who buys from a store.
type Customer struct {
	ID        int64
	StoreID   int64
	Name      string
	Email     *string
	Phone     string // 01[3-9] and eight digits
	Address   string // street and area
	City      string
	IsGuest   api.Flag
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Insert adds a customer under the id that they name.
func Insert(tx *db.Tx, c Customer) error {
	_, err := tx.Exec(`INSERT INTO customer (id, store_id, name, email, phone, address, city, is_guest, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		c.ID, c.StoreID, c.Name, c.Email, c.Phone, c.Address, c.City, c.IsGuest, c.CreatedAt.UnixMilli(), c.UpdatedAt.UnixMilli())
	return err
}

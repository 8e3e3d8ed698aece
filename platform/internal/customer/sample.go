package customer

import (
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/store"
)

// Sample returns what a customer.* topic would tell of the store's newest
// customer; db.ErrNoRows when it has none.
func Sample(tx *db.Tx, storeID int64, _ string) (any, error) {
	id, err := newestID(tx, storeID)
	if err != nil {
		return nil, err
	}
	c, err := byID(tx, storeID, id)
	if err != nil {
		return nil, err
	}
	st, err := store.Get(tx, storeID)
	return payload(c, st.Name), err
}

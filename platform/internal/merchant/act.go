package merchant

import (
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// OwnerOf returns who may act for a store: an account that may open it, a
// developer's where there is one; db.ErrNoRows when nobody may.
func OwnerOf(tx *db.Tx, storeID int64) (c web.Caller, err error) {
	id, err := accountOfStore(tx, storeID)
	if err != nil {
		return c, err
	}
	a, err := accountByID(tx, id)
	if err != nil {
		return c, err
	}
	stores, err := storeIDs(tx, id)
	return web.Caller{Name: a.name, UserID: id, Roles: a.roles, Stores: stores, StoreID: storeID}, err
}

func accountOfStore(tx *db.Tx, storeID int64) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT a.id FROM account a JOIN account_store s ON s.account_id = a.id WHERE s.store_id = $1
		ORDER BY CASE WHEN a.roles LIKE '%developer%' THEN 0 ELSE 1 END, a.id LIMIT 1`, storeID)
}

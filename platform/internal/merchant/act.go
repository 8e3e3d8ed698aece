package merchant

import (
	"context"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// ActFor begins a session of an account that may open a store, a developer's
// where there is one; db.ErrNoRows when nobody may.
func (s *Service) ActFor(ctx context.Context, storeID int64) (out api.Login, err error) {
	var a account
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		id, err := accountOfStore(tx, storeID)
		if err != nil {
			return err
		}
		a, err = accountByID(tx, id)
		return err
	})
	if err != nil {
		return out, err
	}
	return s.begin(ctx, a)
}

func accountOfStore(tx *db.Tx, storeID int64) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT a.id FROM account a JOIN account_store s ON s.account_id = a.id WHERE s.store_id = $1
		ORDER BY CASE WHEN a.roles LIKE '%developer%' THEN 0 ELSE 1 END, a.id LIMIT 1`, storeID)
}

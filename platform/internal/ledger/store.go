package ledger

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

func insert(tx *db.Tx, m Movement) error {
	id, err := db.One(tx, db.Value[int64], `INSERT INTO ledger_movement (kind, app_id, store_id, charge_id, reference, created_ms)
		VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`, m.Kind, m.AppID, m.StoreID, m.ChargeID, m.Reference, tx.NowMS())
	if err != nil {
		return err
	}
	for _, p := range m.Postings {
		if _, err := tx.Exec(`INSERT INTO ledger_posting (movement_id, account, amount_minor) VALUES ($1, $2, $3)`,
			id, string(p.Account), int64(p.Amount)); err != nil {
			return err
		}
	}
	return nil
}

// Balance returns the sum of an account's postings.
func Balance(tx *db.Tx, a Account) (api.Money, error) {
	sum, err := db.One(tx, db.Value[int64],
		`SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM ledger_posting WHERE account = $1`, string(a))
	return api.Money(sum), err
}

package billing

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

func insertEntry(tx *db.Tx, chargeID int64, kind, message string) error {
	_, err := tx.Exec(`INSERT INTO charge_entry (charge_id, kind, message, created_ms) VALUES ($1, $2, $3, $4)`,
		chargeID, kind, message, tx.NowMS())
	return err
}

// hasEntry reports whether a charge has an entry of a kind since an instant.
func hasEntry(tx *db.Tx, chargeID int64, kind string, sinceMS int64) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM charge_entry WHERE charge_id = $1 AND kind = $2 AND created_ms >= $3`, chargeID, kind, sinceMS)
	return n > 0, err
}

// timelinesOf returns what happened to charges, by charge, oldest first.
func timelinesOf(tx *db.Tx, charges []api.Charge) (map[int64][]api.ChargeEntry, error) {
	type entry struct {
		chargeID int64
		api.ChargeEntry
	}
	return byCharge(tx, charges, func(condition string, args []any) ([]entry, error) {
		return db.All(tx, func(r db.Row) (e entry, err error) {
			var created int64
			err = r.Scan(&e.chargeID, &e.Kind, &e.Message, &created)
			e.CreatedAt = api.At(created)
			return e, err
		}, `SELECT charge_id, kind, message, created_ms FROM charge_entry WHERE `+condition+` ORDER BY id`, args...)
	}, func(e entry) (int64, api.ChargeEntry) { return e.chargeID, e.ChargeEntry })
}

// byCharge reads the rows that belong to charges in one query and sorts them by
// charge.
func byCharge[R, V any](tx *db.Tx, charges []api.Charge, read func(condition string, args []any) ([]R, error), split func(R) (int64, V)) (map[int64][]V, error) {
	found := map[int64][]V{}
	if len(charges) == 0 {
		return found, nil
	}
	ids := make([]any, len(charges))
	for n, c := range charges {
		ids[n] = c.ChargeID
	}
	var where db.Where
	where.And("charge_id IN (?"+strings.Repeat(", ?", len(ids)-1)+")", ids...)
	rows, err := read(where.SQL())
	for _, row := range rows {
		id, v := split(row)
		found[id] = append(found[id], v)
	}
	return found, err
}

package timer

import (
	"encoding/json"
	"time"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/queue"
)

type row struct {
	id  int64
	job queue.Stored
}

func due(tx *db.Tx) ([]row, error) {
	return db.All(tx, func(r db.Row) (row row, err error) {
		var args string
		err = r.Scan(&row.id, &row.job.Name, &args)
		row.job.Args = json.RawMessage(args)
		return row, err
	}, `SELECT id, kind, args FROM timer WHERE due_ms <= $1 ORDER BY due_ms, id`, tx.NowMS())
}

// remove reports whether it was this transaction that took the row away.
func remove(tx *db.Tx, id int64) (bool, error) {
	n, err := tx.Exec(`DELETE FROM timer WHERE id = $1`, id)
	return n == 1, err
}

// next returns the earliest due instant, or nil when nothing waits.
func next(tx *db.Tx) (*time.Time, error) {
	ms, err := db.One(tx, db.Value[*int64], `SELECT MIN(due_ms) FROM timer`)
	if err != nil || ms == nil {
		return nil, err
	}
	at := time.UnixMilli(*ms).UTC()
	return &at, nil
}

package timer

import (
	"encoding/json"
	"time"

	"github.com/selorax/sandbox/platform/internal/db"
)

// take removes and returns the rows due up to an instant, in order of (due,
// id). A row that another process takes is left to it.
func take(tx *db.Tx, upToMS int64) (jobs []Released, err error) {
	rows, err := db.All(tx, func(r db.Row) (row struct {
		id  int64
		job Released
	}, err error) {
		var args string
		err = r.Scan(&row.id, &row.job.Kind, &args, &row.job.StoreID)
		row.job.Args = json.RawMessage(args)
		return row, err
	}, `SELECT id, kind, args, store_id FROM timer WHERE due_ms <= $1 ORDER BY due_ms, id`, upToMS)
	for _, row := range rows {
		n, err := tx.Exec(`DELETE FROM timer WHERE id = $1`, row.id)
		if err != nil {
			return nil, err
		}
		if n == 1 {
			jobs = append(jobs, row.job)
		}
	}
	return jobs, err
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

func markMoving(tx *db.Tx, process int64, resumes bool, limit time.Duration) error {
	resumesBit := 0
	if resumes {
		resumesBit = 1
	}
	_, err := tx.Exec(`UPDATE clock SET moved_by = $1, resumes = $2, attempt_limit_ms = $3 WHERE id = 1`,
		process, resumesBit, limit.Milliseconds())
	return err
}

// endMoving reports whether the clock ran before it was moved.
func endMoving(tx *db.Tx) (bool, error) {
	resumes, err := db.One(tx, db.Value[int], `SELECT resumes FROM clock WHERE id = 1`)
	if err != nil {
		return false, err
	}
	_, err = tx.Exec(`UPDATE clock SET moved_by = NULL, resumes = 0, attempt_limit_ms = NULL WHERE id = 1`)
	return resumes == 1, err
}

func isMoving(tx *db.Tx) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM clock WHERE moved_by IS NOT NULL`)
	return n > 0, err
}

// isAbandoned reports whether the process that moves the clock is gone.
func isAbandoned(tx *db.Tx) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM clock
		WHERE moved_by IS NOT NULL AND moved_by NOT IN (SELECT id FROM process)`)
	return n > 0, err
}

func attemptLimit(tx *db.Tx) (*int64, error) {
	return db.One(tx, db.Value[*int64], `SELECT MAX(attempt_limit_ms) FROM clock`)
}

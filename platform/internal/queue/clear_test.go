package queue_test

import (
	"context"
	"testing"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
)

// However many jobs wait, none is left: River deletes page by page.
func TestClearLeavesNoJob(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	queue.Handle(q, func(context.Context, greet) error { return nil })
	const page = 10_000
	dbtest.Exec(t, d, `INSERT INTO river_job (args, kind, max_attempts, queue, state, scheduled_at)
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= $1)
		SELECT '{}', 'test.greet', 3, 'default', 'available', CURRENT_TIMESTAMP FROM n`, page)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		n, err := count(tx)
		if err != nil || n != page+1 {
			t.Errorf("%d jobs wait, %v", n, err)
		}
		if err := q.Clear(tx); err != nil {
			return err
		}
		if n, err = count(tx); n != 0 {
			t.Errorf("%d jobs are left", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(tx *db.Tx) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM river_job`)
}

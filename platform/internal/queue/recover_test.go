package queue_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
)

// What a process had begun is queued once more, whether in a batch or alone;
// what it had not begun, and what others do, is left alone.
func TestRecoverQueuesWhatWasBegun(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	queue.Handle(q, func(context.Context, greet) error { return nil })
	for _, name := range []string{"begun", "waiting", "another's"} {
		insert(t, d, q, greet{name})
	}
	begin := func(jobID, process int) {
		by := fmt.Sprintf(`jsonb('["process-1","process-%d"]')`, process)
		if dbtest.OnPostgres() {
			by = fmt.Sprintf(`ARRAY['process-1','process-%d']`, process)
		}
		dbtest.Exec(t, d, `UPDATE river_job SET state = 'running', attempt = 1, attempted_at = CURRENT_TIMESTAMP, attempted_by = `+by+` WHERE id = $1`, jobID)
	}
	begin(1, 77)
	begin(3, 78)
	n, err := q.Recover(t.Context(), []int64{77, 1})
	if err != nil || n != 1 {
		t.Fatalf("%d jobs, %v", n, err)
	}
	var got []string
	ran := make(chan string, 10)
	again := queuetest.New(t, d)
	queue.Handle(again, func(_ context.Context, g greet) error { ran <- g.Name; return nil })
	queuetest.Run(t, again)
	for range 2 {
		got = append(got, <-ran)
	}
	slices.Sort(got) // several workers
	if diff := cmp.Diff([]string{"begun", "waiting"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

package queue

import (
	"context"
	"fmt"
	"slices"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/selorax/sandbox/platform/internal/db"
)

// clientID is under which name a process works on jobs.
func clientID(process int64) string { return fmt.Sprintf("process-%d", process) }

const runningPage = 1000

// Recover queues again the jobs that processes which are gone had begun, and
// returns how many. Jobs that nobody had begun are in the queue still. River
// would find the lost ones too, but only after rescueAfter; what it brings back
// then was done already.
func (q *Queue) Recover(ctx context.Context, gone []int64) (int, error) {
	names := make([]string, len(gone))
	for n, process := range gone {
		names[n] = clientID(process)
	}
	return q.again(ctx, func(by string) bool { return slices.Contains(names, by) })
}

// RecoverAll queues again whatever counts as begun, as in a database that was
// copied while its queue worked.
func (q *Queue) RecoverAll(ctx context.Context) (int, error) {
	return q.again(ctx, func(string) bool { return true })
}

// Clear deletes the jobs that nobody has begun, and those that are done.
func (q *Queue) Clear(tx *db.Tx) error {
	for {
		if n, err := q.client.clear(tx); err != nil || n == 0 {
			return err
		}
	}
}

// again queues the jobs that were begun by whom begun tells.
func (q *Queue) again(ctx context.Context, begun func(by string) bool) (int, error) {
	lost, err := q.lost(ctx, begun)
	if err != nil || len(lost) == 0 {
		return 0, err
	}
	err = q.db.Write(ctx, func(tx *db.Tx) error {
		for _, job := range lost {
			if err := q.client.insert(tx, Stored{Name: job.Kind, Args: job.EncodedArgs}, &river.InsertOpts{Queue: job.Queue}); err != nil {
				return fmt.Errorf("queue %s again: %w", job.Kind, err)
			}
		}
		return nil
	})
	return len(lost), err
}

// lost returns the jobs that processes had begun, in the order in which they
// were queued.
func (q *Queue) lost(ctx context.Context, begun func(by string) bool) (jobs []*rivertype.JobRow, err error) {
	list := river.NewJobListParams().States(rivertype.JobStateRunning).OrderBy(river.JobListOrderByID, river.SortOrderAsc).First(runningPage)
	for {
		page, err := q.client.JobList(ctx, list)
		if err != nil {
			return nil, err
		}
		for _, job := range page.Jobs {
			if by := job.AttemptedBy; len(by) > 0 && begun(by[len(by)-1]) {
				jobs = append(jobs, job)
			}
		}
		if len(page.Jobs) < runningPage {
			return jobs, nil
		}
		list = list.After(page.LastCursor)
	}
}

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
	lost, err := q.lost(ctx, gone)
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
func (q *Queue) lost(ctx context.Context, gone []int64) (jobs []*rivertype.JobRow, err error) {
	names := make([]string, len(gone))
	for n, process := range gone {
		names[n] = clientID(process)
	}
	list := river.NewJobListParams().States(rivertype.JobStateRunning).OrderBy(river.JobListOrderByID, river.SortOrderAsc).First(runningPage)
	for {
		page, err := q.client.JobList(ctx, list)
		if err != nil {
			return nil, err
		}
		for _, job := range page.Jobs {
			if by := job.AttemptedBy; len(by) > 0 && slices.Contains(names, by[len(by)-1]) {
				jobs = append(jobs, job)
			}
		}
		if len(page.Jobs) < runningPage {
			return jobs, nil
		}
		list = list.After(page.LastCursor)
	}
}

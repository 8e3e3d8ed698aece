package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/riverqueue/river"

	"github.com/selorax/sandbox/platform/internal/db"
)

// laneInOrder has one worker, so that its jobs run one after the other.
const laneInOrder = "in_order"

// batchSize bounds the jobs that share one run; it fits into jobTimeout.
const batchSize = 100

// batch is stored jobs that run one after the other.
type batch struct {
	Jobs []member `json:"jobs"`
}

// member is a stored job with its name in the JSON.
type member struct {
	Name string          `json:"name"`
	Args json.RawMessage `json:"args"`
}

// Kind names the job.
func (batch) Kind() string { return "queue.batch" }

// InsertInOrder queues stored jobs in the caller's transaction. They run one
// after the other in the order given, but for outbound ones, which run in
// their own lane beside each other.
func (q *Queue) InsertInOrder(tx *db.Tx, jobs []Stored) error {
	var inOrder []member
	for _, job := range jobs {
		lane, known := q.lanes[job.Name]
		switch {
		case !known:
			return fmt.Errorf("queue %s: nobody handles it", job.Name)
		case lane == laneOutbound:
			if err := q.Insert(tx, job); err != nil {
				return err
			}
		default:
			inOrder = append(inOrder, member(job))
		}
	}
	for part := range slices.Chunk(inOrder, batchSize) {
		if err := q.client.insert(tx, batch{part}, &river.InsertOpts{Queue: laneInOrder}); err != nil {
			return fmt.Errorf("queue a batch: %w", err)
		}
	}
	return nil
}

// runBatch does the jobs of a batch. One that fails is queued for itself, so
// that it is tried again and the others go on.
func (q *Queue) runBatch(ctx context.Context, b batch) error {
	for _, job := range b.Jobs {
		if err := q.works[job.Name](ctx, job.Args); err != nil {
			q.log.WarnContext(ctx, "queue.job_failed", "kind", job.Name, "args", string(job.Args), "error", err)
			if err := q.db.Write(ctx, func(tx *db.Tx) error { return q.Insert(tx, Stored(job)) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// keep remembers how a kind of job is done from its stored form.
func keep[J Job](q *Queue, work func(context.Context, J) error) {
	var job J
	q.works[job.Kind()] = func(ctx context.Context, args json.RawMessage) error {
		var job J
		if err := json.Unmarshal(args, &job); err != nil {
			return err
		}
		return work(ctx, job)
	}
}

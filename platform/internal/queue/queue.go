package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/selorax/sandbox/platform/internal/db"
)

// Job is a unit of work: a struct that becomes JSON, named by its kind
// ("webhook.attempt").
type Job interface{ Kind() string }

// Outbound is implemented by jobs that wait for other people's servers. They
// run in a lane of their own, so that a slow server never holds up the rest.
type Outbound interface {
	Job
	Outbound()
}

const (
	laneDefault, laneOutbound       = river.QueueDefault, "outbound"
	workersDefault, workersOutbound = 10, 100

	jobTimeout  = 45 * time.Second // an attempt that a fault delays takes up to 20 + 15 s
	rescueAfter = time.Minute
	retryAfter  = time.Second      // longer by as much with each failure, up to
	retryAtMost = 30 * time.Second // so that what a full disk stopped goes on one day
	stopWithin  = 2 * time.Second
	maxAttempts = 30_000
)

// Queue inserts and runs jobs. Register every handler before Run.
type Queue struct {
	client  client
	workers *river.Workers
	lanes   map[string]string // by kind of job
	works   map[string]func(context.Context, json.RawMessage) error
	db      *db.DB
	log     *slog.Logger
}

// New makes the queue of a migrated database.
func New(d *db.DB, log *slog.Logger) (*Queue, error) {
	workers := river.NewWorkers()
	client, err := newClient(d, &river.Config{
		ID:      clientID(d.Process()),
		Workers: workers,
		Queues: map[string]river.QueueConfig{
			laneDefault:  {MaxWorkers: workersDefault},
			laneOutbound: {MaxWorkers: workersOutbound},
			laneInOrder:  {MaxWorkers: 1},
		},
		FetchCooldown:        time.Millisecond,
		FetchPollInterval:    time.Second,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: rescueAfter,
		MaxAttempts:          maxAttempts,
		RetryPolicy:          steadyRetry{},
		Logger:               slog.New(warnings{log.Handler()}),
	})
	if err != nil {
		return nil, err
	}
	q := &Queue{
		client: client, workers: workers, lanes: map[string]string{},
		works: map[string]func(context.Context, json.RawMessage) error{}, db: d, log: log,
	}
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[batch]) error {
		return q.runBatch(ctx, job.Args)
	}))
	return q, nil
}

// Handle registers the function that does jobs of type J.
func Handle[J Job](q *Queue, work func(context.Context, J) error) {
	var job J
	lane := laneDefault
	if _, slow := any(job).(Outbound); slow {
		lane = laneOutbound
	}
	q.lanes[job.Kind()] = lane
	keep(q, work)
	river.AddWorker(q.workers, river.WorkFunc(func(ctx context.Context, job *river.Job[J]) error {
		return work(ctx, job.Args)
	}))
}

// Insert queues a job in the caller's transaction.
func (q *Queue) Insert(tx *db.Tx, job Job) error {
	opts := &river.InsertOpts{Queue: q.lanes[job.Kind()]}
	if err := q.client.insert(tx, job, opts); err != nil {
		return fmt.Errorf("queue %s: %w", job.Kind(), err)
	}
	return nil
}

// Stored is a job whose kind and JSON were kept in a row.
type Stored struct {
	Name string
	Args json.RawMessage
}

// Kind returns the stored kind.
func (s Stored) Kind() string { return s.Name }

// MarshalJSON returns the stored arguments: River keeps a job as its JSON.
func (s Stored) MarshalJSON() ([]byte, error) { return s.Args, nil }

// Run works until ctx ends, then gives jobs in progress a moment to finish and
// cancels those that have not.
func (q *Queue) Run(ctx context.Context) error {
	if err := q.client.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	<-ctx.Done()
	soft, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := q.client.Stop(soft); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	hard, cancelHard := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancelHard()
	return q.client.StopAndCancel(hard)
}

// steadyRetry runs a failed job again after a second, later after some more:
// failures here are crashes and contention, not refusals by other people's
// servers.
type steadyRetry struct{}

// NextRetry returns when the job runs again.
func (steadyRetry) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(min(retryAfter*time.Duration(len(job.Errors)+1), retryAtMost))
}

// warnings passes on what River says from warnings upwards.
type warnings struct{ slog.Handler }

// Enabled reports whether a record of the level is passed on.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

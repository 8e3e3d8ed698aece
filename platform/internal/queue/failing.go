package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Failing is a job that has failed again and again and will be tried again.
type Failing struct {
	Kind  string
	Args  string // JSON
	Times int
	Err   string // the last one
}

// Error says which job it is.
func (f Failing) Error() string {
	return fmt.Sprintf("the job %s %s has failed %d times: %s", f.Kind, f.Args, f.Times, f.Err)
}

// Failing returns a job, in whatever process, that has failed at least so many
// times, or nil.
func (q *Queue) Failing(ctx context.Context, times int) (*Failing, error) {
	failed, err := q.client.JobList(ctx, river.NewJobListParams().First(1).
		States(rivertype.JobStateAvailable, rivertype.JobStateRetryable, rivertype.JobStateRunning).
		Where("attempt >= @times", river.NamedArgs{"times": times}))
	if err != nil {
		return nil, err
	}
	for _, job := range failed.Jobs {
		if n := len(job.Errors); n >= times {
			return &Failing{Kind: job.Kind, Args: compact(job.EncodedArgs), Times: n, Err: job.Errors[n-1].Error}, nil
		}
	}
	return nil, nil
}

// compact takes out the spaces that PostgreSQL writes into JSON.
func compact(text []byte) string {
	var out bytes.Buffer
	if json.Compact(&out, text) != nil {
		return string(text)
	}
	return out.String()
}

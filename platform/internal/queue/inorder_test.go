package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
)

// More jobs than fit into a batch run in their order. One that fails does not
// hold up the others, and is tried again.
func TestJobsInOrder(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	const jobs = 250
	ran := make(chan string, 2*jobs)
	failed := false
	queue.Handle(q, func(_ context.Context, g greet) error {
		ran <- g.Name
		if g.Name == "7" && !failed {
			failed = true
			return errors.New("crash")
		}
		return nil
	})
	queuetest.Run(t, q)
	var stored []queue.Stored
	var want []string
	for n := range jobs {
		name := fmt.Sprint(n)
		stored = append(stored, queue.Stored{Name: "test.greet", Args: json.RawMessage(`{"Name":"` + name + `"}`)})
		want = append(want, name)
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return q.InsertInOrder(tx, stored) }); err != nil {
		t.Fatal(err)
	}
	var got []string
	for again := false; len(got) < jobs || !again; {
		name := <-ran
		if again = again || name == "7" && len(got) > 7; name == "7" && len(got) > 7 {
			continue
		}
		got = append(got, name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestInOrderRefusesUnknownKinds(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		return q.InsertInOrder(tx, []queue.Stored{{Name: "test.greet", Args: json.RawMessage(`{}`)}})
	})
	if err == nil {
		t.Error("a job nobody handles was queued")
	}
}

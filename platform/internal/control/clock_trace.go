package control

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// Kinds of what fires.
const (
	firedJob     = "job"
	firedEvent   = "event"
	firedAttempt = "attempt"
)

// trace writes down what happens while an operation moves the clock, step by
// step: the jobs that fell due, the events they caused and the attempts that
// were made. Within a step it orders them by what they are, not by which
// worker was quicker, so that equal runs give equal lists.
type trace struct {
	db        *db.DB
	operation int64
	lastEvent int64           // the newest event that is written down, or was there before
	seen      map[string]bool // attempts that are, by id
}

// begin notes what was there before.
func (t *trace) begin(ctx context.Context) error {
	return t.db.Read(ctx, func(tx *db.Tx) (err error) {
		if t.lastEvent, err = newestEvent(tx); err != nil {
			return err
		}
		before, err := attemptsSince(tx, tx.NowMS())
		t.remember(nil, before)
		return err
	})
}

// step writes down one step.
func (t *trace) step(ctx context.Context, s timer.Step) error {
	var stopping bool
	var events []eventFired
	var attempts []attemptFired
	err := t.db.Write(ctx, func(tx *db.Tx) (err error) {
		if stopping, err = isStopping(tx, t.operation); err != nil {
			return err
		}
		if events, err = eventsAfter(tx, t.lastEvent); err != nil {
			return err
		}
		if attempts, err = attemptsSince(tx, s.At.UnixMilli()); err != nil {
			return err
		}
		fresh := slices.DeleteFunc(slices.Clone(attempts), func(a attemptFired) bool { return t.seen[a.id] })
		fired := slices.Concat(jobs(s), eventsFired(events), attemptsFired(fresh))
		return insertFired(tx, t.operation, s.At.UnixMilli(), fired)
	})
	if err != nil {
		return err
	}
	t.remember(events, attempts)
	if stopping {
		return errStopped
	}
	return nil
}

// remember notes what need not be looked for again. Attempts of earlier
// instants are not looked at again anyway.
func (t *trace) remember(events []eventFired, attempts []attemptFired) {
	if len(events) > 0 {
		t.lastEvent = events[len(events)-1].seq
	}
	t.seen = make(map[string]bool, len(attempts))
	for _, a := range attempts {
		t.seen[a.id] = true
	}
}

// jobs are what fell due, but for attempts: they are listed with their answer.
func jobs(s timer.Step) (fired []api.ClockFired) {
	for _, job := range s.Jobs {
		if job.Kind != "webhook.attempt" {
			fired = append(fired, api.ClockFired{
				At: api.Time{Time: s.At}, Kind: firedJob, Topic: job.Kind, Resource: resource(job.Args), StoreID: job.StoreID,
			})
		}
	}
	return fired
}

func eventsFired(events []eventFired) (fired []api.ClockFired) {
	for _, e := range events {
		fired = append(fired, api.ClockFired{
			At: e.at, Kind: firedEvent, Topic: e.topic, Resource: resource(e.data), StoreID: &e.storeID,
		})
	}
	return fired
}

func attemptsFired(attempts []attemptFired) (fired []api.ClockFired) {
	slices.SortStableFunc(attempts, func(a, b attemptFired) int {
		return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.to, b.to), cmp.Compare(a.number, b.number))
	})
	for _, a := range attempts {
		answer := "no answer"
		if a.status != nil {
			answer = fmt.Sprint(*a.status)
		}
		fired = append(fired, api.ClockFired{
			At: a.at, Kind: firedAttempt, Topic: a.topic, Resource: resource(a.data) + " to " + a.to, StoreID: &a.storeID,
			Attempt: a.number, Outcome: answer + " " + a.outcome,
		})
	}
	return fired
}

// resource names what JSON is about by its first field that is the id of
// something other than a store: {"order_id":1234,…} is "order 1234".
func resource(text json.RawMessage) (about string) {
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return ""
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return about
		}
		var value any
		if d.Decode(&value) != nil {
			return about
		}
		name, isID := strings.CutSuffix(fmt.Sprint(key), "_id")
		number, isNumber := value.(float64)
		if !isID || !isNumber {
			continue
		}
		about = fmt.Sprintf("%s %.0f", strings.ReplaceAll(name, "_", " "), number)
		if name != "store" {
			return about
		}
	}
	return about
}

package main

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// fakeClock is the control API's clock. It stands at 2026-01-31 06:00. "1h" is
// done at once; "30d" answers 202 and its progress breaks off once; "90d" ends
// when it is stopped; "5d" fails.
func fakeClock(mux *http.ServeMux, clock *fakeTime) {
	mux.HandleFunc("GET /_sandbox/clock", clock.show)
	mux.HandleFunc("POST /_sandbox/clock/freeze", clock.freeze)
	mux.HandleFunc("POST /_sandbox/clock/resume", clock.resume)
	mux.HandleFunc("POST /_sandbox/clock/advance", clock.advance)
	mux.HandleFunc("GET /_sandbox/clock/operations/{operation_id}", clock.operation)
	mux.HandleFunc("GET /_sandbox/clock/operations/{operation_id}/progress", clock.progress)
	mux.HandleFunc("POST /_sandbox/clock/operations/{operation_id}/stop", clock.stop)
}

type fakeTime struct {
	turn   *sync.Mutex
	frozen api.Flag
	op     *api.ClockOperation // the last one
	broken bool                // its progress was, once
}

func (c *fakeTime) show(w http.ResponseWriter, _ *http.Request) {
	now := api.At(1769839200000)
	due := api.Time{Time: now.Add(time.Hour)}
	out := api.SandboxClock{Now: now, MachineTime: now, Frozen: c.frozen, NextDueAt: &due}
	if c.op != nil && c.op.Status == api.ClockRunning {
		out.Operation = c.op
	}
	answer(w, http.StatusOK, "Clock fetched.", out)
}

func (c *fakeTime) freeze(w http.ResponseWriter, r *http.Request) {
	c.frozen = true
	c.show(w, r)
}

func (c *fakeTime) resume(w http.ResponseWriter, r *http.Request) {
	c.frozen = false
	c.show(w, r)
}

func (c *fakeTime) advance(w http.ResponseWriter, r *http.Request) {
	in, start, store := read[api.ClockAdvance](r), api.At(1769839200000), int64(22)
	to := api.Time{Time: start.Add(30 * 24 * time.Hour)}
	if in.To != nil {
		to = *in.To
	}
	c.op = &api.ClockOperation{OperationID: 7, Status: api.ClockDone, From: start, To: to, Now: to, FiredCount: 2, Fired: []api.ClockFired{
		{At: start, Kind: "job", Topic: "renewal", Resource: "subscription 5", StoreID: &store},
		{At: to, Kind: "attempt", Topic: "charge.created", StoreID: &store, Attempt: 1, Outcome: "200 delivered"},
	}}
	status := http.StatusOK
	switch in.By {
	case "30d", "90d":
		c.op.Status, status, c.broken = api.ClockRunning, http.StatusAccepted, false
		if in.By == "90d" {
			c.op.To = api.Time{Time: start.Add(90 * 24 * time.Hour)}
		}
	case "5d":
		reason := "the job renewal did not end"
		c.op.Status, c.op.Error, c.op.Now = api.ClockFailed, &reason, start
	case "soon":
		answer(w, http.StatusBadRequest, `The request is not valid: by is no duration: write it as "90d", "36h" or "1d12h30m".`, nil)
		return
	}
	answer(w, status, "On its way.", c.op)
}

func (c *fakeTime) operation(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, "Operation fetched.", c.op)
}

func (c *fakeTime) progress(w http.ResponseWriter, r *http.Request) {
	c.turn.Lock()
	end, broken := *c.op, c.broken
	c.broken = true
	c.turn.Unlock()
	out, all := json.NewEncoder(w), end.Fired
	_ = out.Encode(all[0])
	_ = http.NewResponseController(w).Flush()
	switch {
	case end.To.Sub(end.From.Time) > 40*24*time.Hour:
		<-r.Context().Done()
	case !broken:
		panic(http.ErrAbortHandler)
	default:
		_ = out.Encode(all[1])
		end.Status, end.Fired = api.ClockDone, nil
		c.turn.Lock()
		c.op.Status = api.ClockDone
		c.turn.Unlock()
		_ = out.Encode(end)
	}
}

func (c *fakeTime) stop(w http.ResponseWriter, _ *http.Request) {
	c.op.Status, c.op.Now, c.op.FiredCount = api.ClockStopped, c.op.From, 1
	answer(w, http.StatusOK, "Stopped.", c.op)
}

package control_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// A developer in the dashboard moves the same clock and sets the same rules as
// a program with the control key.
func TestDevelopersHaveTheClockAndTheFaults(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	user := platformtest.User(p.Login(platformtest.Developer))
	op := platformtest.Data[api.ClockOperation](p.Do(http.MethodPost, "/api/sandbox/clock/advance", user, api.ClockAdvance{By: "1h"}))
	if op.Status != api.ClockDone || !op.Now.Equal(noon.Add(time.Hour)) {
		t.Errorf("got %+v", op)
	}
	again := platformtest.Data[api.ClockOperation](p.Do(http.MethodGet, "/api/sandbox/clock/operations/1", user, nil))
	if again.OperationID != op.OperationID || again.FiredCount != op.FiredCount {
		t.Errorf("read again: %+v", again)
	}
	if c := platformtest.Data[api.SandboxClock](p.Do(http.MethodPost, "/api/sandbox/clock/resume", user, nil)); bool(c.Frozen) || bool(clockOf(p).Frozen) {
		t.Errorf("got %+v", c)
	}
	if c := platformtest.Data[api.SandboxClock](p.Do(http.MethodPost, "/api/sandbox/clock/freeze", user, nil)); !bool(c.Frozen) {
		t.Errorf("got %+v", c)
	}
	made := platformtest.Data[api.Fault](p.Do(http.MethodPost, "/api/sandbox/faults", user, api.NewFault{On: api.FaultOnAPI, Effect: api.FaultSlow, Route: "GET /api/apps/v1/orders"}))
	if all := platformtest.Control[[]api.Fault](p, http.MethodGet, "/_sandbox/faults", nil); len(all) != 1 || all[0].FaultID != made.FaultID {
		t.Errorf("the rules are %+v", all)
	}
	var wrong api.Error
	p.Do(http.MethodPost, "/api/sandbox/faults", user, api.NewFault{On: api.FaultOnAPI, Effect: "slwo"}).Into(http.StatusBadRequest, &wrong)
	if len(wrong.Errors) != 1 || !strings.Contains(wrong.Errors[0].Message, "did you mean slow") {
		t.Errorf("got %+v", wrong)
	}
	p.Do(http.MethodDelete, "/api/sandbox/faults/1", user, nil).Into(http.StatusOK, &struct{}{})
	if cleared := platformtest.Data[api.FaultsCleared](p.Do(http.MethodDelete, "/api/sandbox/faults", user, nil)); cleared.Cleared != 0 {
		t.Errorf("cleared %+v", cleared)
	}
}

// Nobody else has them: not a merchant, not an app, not the control key.
func TestOnlyDevelopersHaveThem(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	merchant := platformtest.User(p.Login(platformtest.FloristMerchant))
	for _, route := range p.Routes() {
		if !strings.HasPrefix(route.Path, "/api/sandbox/") {
			continue
		}
		path := strings.NewReplacer("{operation_id}", "1", "{fault_id}", "1").Replace(route.Path)
		p.Do(route.Method, path, merchant, nil).Into(http.StatusForbidden, &api.Error{})
		p.Do(route.Method, path, p.Controls(), nil).Into(http.StatusUnauthorized, &api.Error{})
	}
	if c := clockOf(p); !c.Now.Equal(noon) {
		t.Errorf("the clock moved to %v", c.Now)
	}
}

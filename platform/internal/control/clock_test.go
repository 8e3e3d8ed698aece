package control_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// frozen is a platform whose clock stands at noon and whose demo app answers
// with what answer says.
func frozen(t *testing.T, answer http.HandlerFunc) *platformtest.Platform {
	t.Helper()
	app := httptest.NewServer(answer)
	t.Cleanup(app.Close)
	return platformtest.Start(t, platformtest.Config{DemoAppURL: app.URL, StartAt: &noon})
}

func answers(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

func advance(p *platformtest.Platform, in api.ClockAdvance) api.ClockOperation {
	return platformtest.Control[api.ClockOperation](p, http.MethodPost, "/_sandbox/clock/advance", in)
}

func clockOf(p *platformtest.Platform) api.SandboxClock {
	return platformtest.Control[api.SandboxClock](p, http.MethodGet, "/_sandbox/clock", nil)
}

// confirm moves a pending order on, so that the installed app is told.
func confirm(t *testing.T, p *platformtest.Platform) int64 {
	t.Helper()
	user := platformtest.User(p.Login(platformtest.FloristMerchant))
	var orders api.List[api.Order]
	p.Do(http.MethodGet, "/api/stores/22/orders?limit=1&status=pending", user, nil).Into(http.StatusOK, &orders)
	id := orders.Data[0].OrderID
	p.Do(http.MethodPut, fmt.Sprintf("/api/stores/22/orders/%d/status", id), user, api.StatusChange{Status: api.OrderConfirmed}).
		Into(http.StatusOK, &struct{}{})
	return id
}

func TestFreezeAndResume(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	stopped := platformtest.Control[api.SandboxClock](p, http.MethodPost, "/_sandbox/clock/freeze", nil)
	if !bool(stopped.Frozen) || !clockOf(p).Now.Equal(stopped.Now.Time) {
		t.Errorf("it is not frozen: %+v", stopped)
	}
	running := platformtest.Control[api.SandboxClock](p, http.MethodPost, "/_sandbox/clock/resume", nil)
	if bool(running.Frozen) || running.Now.Before(stopped.Now.Time) || running.Now.Sub(stopped.Now.Time) > time.Minute {
		t.Errorf("it does not run on: %+v after %+v", running, stopped)
	}
}

// An advance over a retry and an expiry tells everything in order, at the
// business time it happened.
func TestAdvanceTellsWhatFired(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusServiceUnavailable))
	p.Install("restock", 22)
	orderID := confirm(t, p)
	op := advance(p, api.ClockAdvance{By: "7m"})
	if op.Status != api.ClockDone || !op.Now.Equal(noon.Add(7*time.Minute)) || op.FiredCount != len(op.Fired) {
		t.Errorf("got %+v", op)
	}
	var got []string
	for _, f := range op.Fired {
		if f.Topic == api.TopicOrderStatusChanged {
			got = append(got, fmt.Sprint(f.At.Sub(noon), " ", f.Kind, " ", f.Resource, " ", f.Attempt, " ", f.Outcome))
		}
	}
	to := fmt.Sprintf("order %d to subscription 3", orderID)
	want := []string{"1m0s attempt " + to + " 2 503 retrying", "6m0s attempt " + to + " 3 503 retrying"}
	if got = got[max(0, len(got)-2):]; !cmp.Equal(want, got) {
		t.Errorf("got %q, want %q", got, want)
	}
	again := platformtest.Control[api.ClockOperation](p, http.MethodGet, fmt.Sprintf("/_sandbox/clock/operations/%d", op.OperationID), nil)
	if diff := cmp.Diff(op, again); diff != "" {
		t.Errorf("(-first +again):\n%s", diff)
	}
	if c := clockOf(p); !bool(c.Frozen) || !c.Now.Equal(noon.Add(7*time.Minute)) || c.Operation != nil {
		t.Errorf("the clock: %+v", c)
	}
}

func TestARunningClockRunsOn(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	before := clockOf(p).Now
	op := advance(p, api.ClockAdvance{By: "90d"})
	c := clockOf(p)
	if bool(c.Frozen) || c.Now.Sub(before.Time) < 90*24*time.Hour || c.Now.Before(op.To.Time) {
		t.Errorf("the clock shows %+v, %v before the move to %v", c, before, op.To)
	}
}

func TestAdvanceToAnInstant(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	to := noon.Add(36 * time.Hour)
	if op := advance(p, api.ClockAdvance{To: &api.Time{Time: to}}); !op.Now.Equal(to) || !op.From.Equal(noon) {
		t.Errorf("got %+v", op)
	}
}

func TestAdvanceRefusals(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	for body, says := range map[string]string{
		`{}`: "say how far",
		`{"by":"1d","to":"2026-03-05T00:00:00Z"}`: "not both",
		`{"to":"2026-02-01T00:00:00Z"}`:           "the clock shows 2026-03-01T12:00:00Z",
		`{"by":"-1h"}`:                            "is no duration",
		`{"by":"1 week"}`:                         "is no duration",
		`{"by":"1d-1h"}`:                          "is no duration",
		`{"by":"99999d"}`:                         "no duration",
		`{"by":"9999d"}`:                          "20 years",
		`{"to":"2050-01-01T00:00:00Z"}`:           "20 years",
		`{"to":"9999-01-01T00:00:00Z"}`:           "20 years",
		`{"by":"1h","wait_s":61}`:                 "wait_s must be from 0 to 60",
		`{"by":"1h","per_attempt_timeout_ms":99}`: "per_attempt_timeout_ms must be",
		`{"by":"1h","expire_refresh_token":true}`: "did you mean expire_refresh_tokens?",
	} {
		e := refused(t, p, http.StatusBadRequest, http.MethodPost, "/_sandbox/clock/advance", json.RawMessage(body))
		if !strings.Contains(e.Message, says) {
			t.Errorf("%s: %s", body, e.Message)
		}
	}
	refused(t, p, http.StatusNotFound, http.MethodGet, "/_sandbox/clock/operations/99", nil)
	if c := clockOf(p); !c.Now.Equal(noon) {
		t.Errorf("the clock moved to %v", c.Now)
	}
}

// While a receiver holds the clock up, the caller gets the operation, nobody
// else may move the clock, and it can be followed and stopped.
func TestAnOperationIsFollowedAndStopped(t *testing.T) {
	t.Parallel()
	var hang atomic.Bool
	let := make(chan struct{})
	p := frozen(t, func(w http.ResponseWriter, r *http.Request) {
		if !hang.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		select {
		case <-let:
		case <-r.Context().Done():
		}
	})
	p.Install("restock", 22)
	confirm(t, p)
	advance(p, api.ClockAdvance{By: "1s"}) // the first attempts are made
	hang.Store(true)
	var started api.Envelope[api.ClockOperation]
	wait, limit := 0, 15_000
	p.Do(http.MethodPost, "/_sandbox/clock/advance", p.Controls(), api.ClockAdvance{By: "90d", WaitS: &wait, PerAttemptTimeoutMS: &limit}).
		Into(http.StatusAccepted, &started)
	path := fmt.Sprintf("/_sandbox/clock/operations/%d", started.Data.OperationID)
	for _, c := range []struct{ path, body string }{
		{"/_sandbox/clock/advance", `{"by":"1h"}`}, {"/_sandbox/clock/freeze", `null`}, {"/_sandbox/clock/resume", `null`},
	} {
		if e := refused(t, p, http.StatusConflict, http.MethodPost, c.path, json.RawMessage(c.body)); !strings.Contains(e.Message, path+"/stop") {
			t.Errorf("%s: %s", c.path, e.Message)
		}
	}
	if c := clockOf(p); c.Operation == nil || c.Operation.OperationID != started.Data.OperationID {
		t.Errorf("the clock does not tell of it: %+v", c)
	}
	stopped := platformtest.Control[api.ClockOperation](p, http.MethodPost, path+"/stop", nil)
	if stopped.Status != api.ClockStopped || stopped.Now.After(noon.Add(time.Hour)) {
		t.Errorf("got %+v", stopped)
	}
	close(let)
	lines := bufio.NewScanner(bytes.NewReader(p.Do(http.MethodGet, path+"/progress", p.Controls(), nil).Body))
	var last api.ClockOperation
	for lines.Scan() {
		last = api.ClockOperation{}
		if err := json.Unmarshal(lines.Bytes(), &last); err != nil {
			t.Fatal(err)
		}
	}
	if last.Status != api.ClockStopped || last.OperationID != stopped.OperationID {
		t.Errorf("the stream ends with %+v", last)
	}
	if c := clockOf(p); !bool(c.Frozen) || c.Operation != nil {
		t.Errorf("after the stop: %+v", c)
	}
}

// With a fixed seed and a frozen start, the same script twice gives the same
// list.
func TestEqualScriptsGiveEqualLists(t *testing.T) {
	t.Parallel()
	script := func() []api.ClockFired {
		var asked sync.Map // attempts by event and address
		p := frozen(t, func(w http.ResponseWriter, r *http.Request) {
			n, _ := asked.LoadOrStore(r.Header.Get(api.HeaderWebhookEventID)+r.URL.Path, new(atomic.Int32))
			if n.(*atomic.Int32).Add(1) <= 2 {
				w.WriteHeader(http.StatusInternalServerError)
			}
		})
		for _, storeID := range []int64{22, 23, 24} {
			p.Install("restock", storeID)
		}
		for range 5 {
			confirm(t, p)
		}
		fired := advance(p, api.ClockAdvance{By: "3d"}).Fired
		user := platformtest.User(p.Login(platformtest.Developer))
		for _, i := range platformtest.Data[[]api.InstalledApp](p.Do(http.MethodGet, "/api/apps/installations?store_id=22", user, nil)) {
			p.Uninstall(p.Login(platformtest.Developer), i.InstallationID)
		}
		return append(fired, advance(p, api.ClockAdvance{By: "30d"}).Fired...)
	}
	first, second := script(), script()
	if len(first) < 25 {
		t.Errorf("only %d things fired", len(first))
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("(-first +second):\n%s", diff)
	}
}

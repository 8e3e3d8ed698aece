package platformtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// businessClock is the clock of the fake: it stands unless it is moved.
type businessClock struct {
	moved   time.Duration
	running bool
	moves   []api.ClockOperation // the n-th has the id n
	fate    string               // of the next moves; "" is done
}

// MoveClock decides how the next moves of the clock end: api.ClockRunning
// leaves them under way.
func (p *Platform) MoveClock(status string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clock.fate = status
}

// ArriveClock ends the move that is under way.
func (p *Platform) ArriveClock() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if op := p.clock.under(); op != nil {
		op.Status, op.Now = api.ClockDone, op.To
	}
}

func (c *businessClock) now() api.Time { return api.Time{Time: today.Add(c.moved)} }

// under is the move under way, or nil.
func (c *businessClock) under() *api.ClockOperation {
	i := slices.IndexFunc(c.moves, func(op api.ClockOperation) bool { return op.Status == api.ClockRunning })
	if i < 0 {
		return nil
	}
	return &c.moves[i]
}

// developers lets only developers through.
func developers(route func(call) (any, error)) func(call) (any, error) {
	return func(c call) (any, error) {
		if !slices.Contains(c.account.Roles, api.RoleDeveloper) {
			return nil, refuse(http.StatusForbidden, api.CodeForbidden, "The clock and the faults are for users with the role developer.")
		}
		return route(c)
	}
}

func (p *Platform) getClock(call) (any, error) {
	next := api.Time{Time: today.Add(p.clock.moved + 26*time.Hour)}
	return api.SandboxClock{Now: p.clock.now(), MachineTime: api.Time{Time: today}, Frozen: api.Flag(!p.clock.running), NextDueAt: &next, Operation: p.clock.under()}, nil
}

func (p *Platform) freezeClock(c call) (any, error) { return p.letRun(c, false) }

func (p *Platform) resumeClock(c call) (any, error) { return p.letRun(c, true) }

func (p *Platform) letRun(c call, running bool) (any, error) {
	if p.clock.under() != nil {
		return nil, refuse(http.StatusConflict, api.CodeConflict, "The clock is on its way.")
	}
	p.clock.running = running
	return p.getClock(c)
}

var distances = map[string]time.Duration{"1h": time.Hour, "1d": 24 * time.Hour, "30d": 30 * 24 * time.Hour}

func (p *Platform) advanceClock(c call) (any, error) {
	var in api.ClockAdvance
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	by := distances[in.By]
	switch {
	case p.clock.under() != nil:
		return nil, refuse(http.StatusConflict, api.CodeConflict, "The clock is on its way. POST /_sandbox/clock/operations/1/stop.")
	case by == 0:
		return nil, &refusal{Status: http.StatusBadRequest, Code: api.CodeValidation, Message: "The request is not valid: by is no duration."}
	}
	op := api.ClockOperation{OperationID: int64(len(p.clock.moves) + 1), Status: api.ClockDone, From: p.clock.now(), Fired: fired(p.clock.now(), by)}
	p.clock.moved += by
	op.To, op.Now, op.FiredCount = p.clock.now(), p.clock.now(), len(op.Fired)
	if p.clock.fate != "" {
		op.Status, op.Now = p.clock.fate, op.From
	}
	if op.Status == api.ClockFailed {
		why := "The job billing.renew failed three times."
		op.Error = &why
	}
	p.clock.moves = append(p.clock.moves, op)
	return op, nil
}

// fired is what falls due within a time: nothing in an hour.
func fired(from api.Time, by time.Duration) []api.ClockFired {
	list, storeID := []api.ClockFired{}, int64(22)
	add := func(kind, topic, resource string, attempt int, outcome string) {
		at := api.Time{Time: from.Add(time.Duration(len(list)+1) * time.Hour)}
		list = append(list, api.ClockFired{At: at, Kind: kind, Topic: topic, Resource: resource, StoreID: &storeID, Attempt: attempt, Outcome: outcome})
	}
	if by <= time.Hour {
		return list
	}
	add("job", "billing.renew", "charge 3", 0, "")
	add("event", api.TopicChargeActivated, "charge 3", 0, "")
	for n := range 3 {
		add("attempt", api.TopicOrderStatusChanged, "order 1200 to subscription 2", n+2, []string{"503 retrying", "503 retrying", "200 delivered"}[n])
	}
	if by > 24*time.Hour {
		for _, topic := range []string{api.TopicSubscriptionRenewalPending, api.TopicChargeExpired, api.TopicMessageDelivered, api.TopicShopRedact, api.TopicChargePaymentFailed} {
			add("event", topic, "charge 3", 0, "")
		}
	}
	return list
}

func (p *Platform) getMove(c call) (any, error) {
	n := int(c.id("id"))
	if n < 1 || n > len(p.clock.moves) {
		return nil, notFound("There is no clock operation %d.", n)
	}
	return p.clock.moves[n-1], nil
}

func (p *Platform) stopMove(c call) (any, error) {
	if _, err := p.getMove(c); err != nil {
		return nil, err
	}
	op := &p.clock.moves[c.id("id")-1]
	if op.Status == api.ClockRunning {
		op.Status = api.ClockStopped
	}
	return *op, nil
}

// clockRoutes are those of the clock.
func (p *Platform) clockRoutes(mux *http.ServeMux) {
	for pattern, route := range map[string]func(call) (any, error){
		"GET /api/sandbox/clock":                       p.getClock,
		"POST /api/sandbox/clock/freeze":               p.freezeClock,
		"POST /api/sandbox/clock/resume":               p.resumeClock,
		"POST /api/sandbox/clock/advance":              p.advanceClock,
		"GET /api/sandbox/clock/operations/{id}":       p.getMove,
		"POST /api/sandbox/clock/operations/{id}/stop": p.stopMove,
	} {
		mux.HandleFunc(pattern, p.forUser(developers(route)))
	}
}

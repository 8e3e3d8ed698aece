package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// See adds an entry to the inspector and tells those who follow it. Its number
// is its place, from 1.
func (p *Platform) See(d api.InspectorDetail) {
	p.mu.Lock()
	d.Seq = int64(len(p.seen) + 1)
	if d.At.IsZero() {
		d.At = api.Time{Time: today}
	}
	p.seen = append(p.seen, d)
	p.mu.Unlock()
	p.marks.tell(22, "inspector")
}

// Bridged returns the messages of the bridge that pages have reported.
func (p *Platform) Bridged() []api.BridgeMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.bridged)
}

func (p *Platform) listSeen(c call) (any, error) {
	q, found := c.URL.Query(), []api.InspectorEntry{}
	for _, e := range slices.Backward(p.seen) {
		same := func(name, value string) bool { return q.Get(name) == "" || q.Get(name) == value }
		problem := q.Get("verdict") == api.InspectorProblem && e.Verdict != api.VerdictAccepted
		if (e.StoreID == nil || same("store_id", fmt.Sprint(*e.StoreID))) && same("kind", e.Kind) && (problem || same("verdict", e.Verdict)) && strings.Contains(e.Title, q.Get("search")) &&
			(q.Get("app_id") == "" || e.AppID != nil && same("app_id", fmt.Sprint(*e.AppID))) {
			found = append(found, e.InspectorEntry)
		}
	}
	return page(c, found)
}

func (p *Platform) getSeen(c call) (any, error) {
	i := slices.IndexFunc(p.seen, func(e api.InspectorDetail) bool { return e.Seq == c.id("seq") })
	if i < 0 {
		return nil, notFound("No entry %s.", c.PathValue("seq"))
	}
	return p.seen[i], nil
}

// getSummary counts every entry in the last minute.
func (p *Platform) getSummary(call) (any, error) {
	out := api.InspectorSummary{Minutes: make([]api.InspectorMinute, 30), Calls: []api.InspectorCalls{}}
	for n := range out.Minutes {
		out.Minutes[n].At = api.Time{Time: today.Add(time.Duration(n-29) * time.Minute)}
		out.Minutes[n].Accepted = len(p.seen) * (n % 5)
	}
	for _, e := range p.seen {
		if e.Verdict == api.VerdictAccepted {
			out.Minutes[29].Accepted++
		} else {
			out.Minutes[29].Problems++
		}
	}
	if len(p.seen) > 0 {
		out.Calls = append(out.Calls, api.InspectorCalls{Kind: api.InspectedAPI, Count: 120, Problems: 1, P50: 3, P99: 34}, api.InspectorCalls{Kind: api.InspectedWebhook, Count: 14, P50: 21, P99: 340})
	}
	return out, nil
}

func (p *Platform) clearSeen(call) (any, error) {
	n := len(p.seen)
	p.seen = nil
	return api.InspectorCleared{Cleared: n}, nil
}

func (p *Platform) noteBridge(c call) (any, error) {
	var in api.InspectorBridge
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	p.bridged = append(p.bridged, in.Messages...)
	return struct{}{}, nil
}

// TakeStep lets a step of the tour have happened.
func (p *Platform) TakeStep(step string) {
	p.mu.Lock()
	p.taken = append(p.taken, step)
	p.mu.Unlock()
	p.marks.tell(22, "tour")
}

func (p *Platform) getTour(call) (any, error) {
	steps := []api.TourStep{}
	for _, name := range api.TourSteps {
		step := api.TourStep{Step: name, Done: api.Flag(slices.Contains(p.taken, name))}
		if step.Done {
			step.At = &api.Time{Time: today}
		}
		steps = append(steps, step)
	}
	return append(steps, api.TourStep{Step: "of a later version"}), nil
}

// inspectorRoutes are those of the inspector.
func (p *Platform) inspectorRoutes(mux *http.ServeMux) {
	const all = "/api/sandbox/inspector"
	mux.HandleFunc("GET "+all+"/live", p.serveFeed(&p.marks))
	for pattern, route := range map[string]func(call) (any, error){
		"GET " + all: p.listSeen, "DELETE " + all: p.clearSeen, "GET " + all + "/{seq}": p.getSeen, "GET " + all + "/summary": p.getSummary, "POST " + all + "/bridge": p.noteBridge, "GET /api/sandbox/tour": p.getTour,
	} {
		mux.HandleFunc(pattern, p.forUser(developers(route)))
	}
}

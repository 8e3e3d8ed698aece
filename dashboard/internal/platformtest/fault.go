package platformtest

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"
)

// HitFault lets a rule meet calls and act on some of them.
func (p *Platform) HitFault(id int64, matches, hits int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n := range p.faults {
		if f := &p.faults[n]; f.FaultID == id {
			f.Matches, f.Hits, f.Spent = matches, hits, api.Flag(f.First > 0 && matches >= f.First)
		}
	}
}

func (p *Platform) listFaults(call) (any, error) { return append([]api.Fault{}, p.faults...), nil }

// setFault knows no route that has a typing error in it, and no topic of an API
// call.
func (p *Platform) setFault(c call) (any, error) {
	var in api.NewFault
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	var wrong []api.FieldError
	if in.Route == "GET /api/apps/v1/order" {
		wrong = append(wrong, api.FieldError{Field: "route", Message: "is no route that apps call; did you mean GET /api/apps/v1/orders?"})
	}
	if in.On == api.FaultOnAPI && in.Topic != "" {
		wrong = append(wrong, api.FieldError{Field: "topic", Message: "belongs to webhook faults only; an api fault names a route"})
	}
	if in.DelayMS > 20_000 {
		wrong = append(wrong, api.FieldError{Field: "delay_ms", Message: "must be from 1 to 20000"})
	}
	if wrong != nil {
		return nil, &refusal{Status: http.StatusBadRequest, Code: api.CodeValidation, Message: "The request is not valid.", Errors: wrong}
	}
	p.lastFault++
	made := api.Fault{FaultID: p.lastFault, NewFault: in, CreatedAt: p.clock.now()}
	p.faults = append(p.faults, made)
	return made, nil
}

func (p *Platform) clearFault(c call) (any, error) {
	i := slices.IndexFunc(p.faults, func(f api.Fault) bool { return f.FaultID == c.id("id") })
	if i < 0 {
		return nil, notFound("No fault %s.", c.PathValue("id"))
	}
	p.faults = slices.Delete(p.faults, i, i+1)
	return api.FaultsCleared{Cleared: 1}, nil
}

func (p *Platform) clearFaults(call) (any, error) {
	n := len(p.faults)
	p.faults = nil
	return api.FaultsCleared{Cleared: int64(n)}, nil
}

// faultRoutes are those of the faults.
func (p *Platform) faultRoutes(mux *http.ServeMux) {
	for pattern, route := range map[string]func(call) (any, error){
		"GET /api/sandbox/faults": p.listFaults, "POST /api/sandbox/faults": p.setFault,
		"DELETE /api/sandbox/faults": p.clearFaults, "DELETE /api/sandbox/faults/{id}": p.clearFault,
	} {
		mux.HandleFunc(pattern, p.forUser(developers(route)))
	}
}

package control_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// Steps of the tour are taken by what happens, and by nothing else.
func TestTourSeesWhatHappens(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	user := platformtest.User(p.Login(platformtest.Developer))
	taken := func(store string) (done []string) {
		for _, step := range platformtest.Data[[]api.TourStep](p.Do(http.MethodGet, "/api/sandbox/tour?store_id="+store, user, nil)) {
			if step.Done != (step.At != nil) {
				t.Errorf("%+v", step)
			}
			if step.Done {
				done = append(done, step.Step)
			}
		}
		return done
	}
	if done := taken("22"); done != nil {
		t.Errorf("a new sandbox has %v", done)
	}
	p.Install("restock", 22)
	platformtest.Control[api.SandboxTriggered](p, http.MethodPost, "/_sandbox/trigger", api.SandboxTrigger{Topic: api.TopicOrderCreated, StoreID: 22})
	p.Do(http.MethodPost, "/api/sandbox/clock/advance", user, api.ClockAdvance{By: "1m"}).Into(http.StatusOK, &struct{}{})
	if diff := cmp.Diff([]string{api.TourInstall, api.TourOrder, api.TourClock}, without(taken("22"), api.TourDelivery)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{api.TourClock}, taken("24")); diff != "" {
		t.Errorf("another store (-want +got):\n%s", diff)
	}
	p.Do(http.MethodGet, "/api/sandbox/tour?store_id=999", user, nil).Into(http.StatusNotFound, &api.Error{})
	p.Do(http.MethodGet, "/api/sandbox/tour", user, nil).Into(http.StatusBadRequest, &api.Error{})
}

// without leaves out a step that comes when an answer does.
func without(steps []string, name string) (rest []string) {
	for _, s := range steps {
		if s != name {
			rest = append(rest, s)
		}
	}
	return rest
}

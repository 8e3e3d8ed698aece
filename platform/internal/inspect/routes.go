package inspect

import (
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service shows a log to developers who are signed in to the dashboard.
type Service struct {
	DB   *db.DB
	Log  *Log
	Live *event.Live
}

// Routes registers the inspector.
func (s *Service) Routes(r *web.Router) {
	const all = "/api/sandbox/inspector"
	for _, route := range []struct {
		method, path string
		serve        web.Handler
	}{
		{http.MethodGet, all, s.serveList},
		{http.MethodDelete, all, s.serveClear},
		{http.MethodPost, all + "/bridge", s.serveBridge},
		{http.MethodGet, all + "/live", s.serveLive},
		{http.MethodGet, all + "/summary", s.serveSummary},
		{http.MethodGet, all + "/{seq}", s.serveOne},
	} {
		r.ForUser(route.method, route.path, web.ForDeveloper("The inspector is", route.serve))
	}
}

func (s *Service) view(r *http.Request) (v view, err error) {
	v.caller = web.CallerOf(r)
	return v, s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		v.apps, err = labels(tx)
		return err
	})
}

func (s *Service) serveList(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	page, f := q.Page(), filterOf(r, q)
	if err := q.Err(); err != nil {
		return err
	}
	v, err := s.view(r)
	if err != nil {
		return err
	}
	found := v.list(s.Log, f)
	return web.List(w, "Entries fetched.", web.Slice(found, page), page, len(found))
}

func (s *Service) serveSummary(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	return web.OK(w, "Summary fetched.", v.summary(s.Log, v.caller.StoreID, clock.Machine()))
}

func (s *Service) serveOne(w http.ResponseWriter, r *http.Request) error {
	seq, err := web.PathID(r, "seq")
	if err != nil {
		return err
	}
	v, err := s.view(r)
	if err != nil {
		return err
	}
	found, ok := v.bySeq(s.Log, seq)
	if !ok {
		return problem.New(http.StatusNotFound, api.CodeNotFound, "No entry %d. The inspector keeps the newest %d, until the platform is started again.", seq, maxEntries)
	}
	return web.OK(w, "Entry fetched.", found)
}

func (s *Service) serveClear(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	cleared := s.Log.remove(func(e *entry) bool {
		_, seen := v.show(e)
		return seen
	})
	return web.OK(w, "The inspector is empty.", api.InspectorCleared{Cleared: cleared})
}

func (s *Service) serveBridge(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	in, err := web.Decode[api.InspectorBridge](w, r)
	if err != nil {
		return err
	}
	if err := checkBridge(in); err != nil {
		return err
	}
	if err := s.DB.Read(r.Context(), func(tx *db.Tx) error { return checkInstalled(tx, storeID, in.AppID) }); err != nil {
		return err
	}
	for _, m := range in.Messages {
		s.Log.Add(bridged(storeID, in.AppID, m))
	}
	return web.OK(w, fmt.Sprintf("%d messages noted.", len(in.Messages)), struct{}{})
}

// serveLive tells over a WebSocket of the newest entry. Entries themselves are
// asked for, so that what a developer may see is decided in one place.
func (s *Service) serveLive(w http.ResponseWriter, r *http.Request) error {
	return s.Live.ServeMarks(w, r, &s.Log.Feed, s.Log.Newest)
}

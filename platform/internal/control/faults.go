package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) faultRoutes(r *web.Router) {
	r.ForControl(http.MethodGet, "/_sandbox/faults", s.serveFaults)
	r.ForControl(http.MethodPost, "/_sandbox/faults", s.serveNewFault(r))
	r.ForControl(http.MethodDelete, "/_sandbox/faults", s.serveClearFaults)
	r.ForControl(http.MethodDelete, "/_sandbox/faults/{fault_id}", s.serveRemoveFault)
}

func (s *Service) serveFaults(w http.ResponseWriter, r *http.Request) error {
	var faults []api.Fault
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		faults, err = fault.All(tx)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Faults fetched.", faults)
}

// serveNewFault makes a rule; it may name any route of the router.
func (s *Service) serveNewFault(router *web.Router) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, err := web.Decode[api.NewFault](w, r)
		if err != nil {
			return err
		}
		var made api.Fault
		err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
			made, err = s.Faults.Add(tx, in, router.Routes())
			return err
		})
		if err != nil {
			return err
		}
		return web.Created(w, "Fault set. It acts from now on.", made)
	}
}

func (s *Service) serveClearFaults(w http.ResponseWriter, r *http.Request) error {
	var cleared api.FaultsCleared
	err := s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		cleared.Cleared, err = s.Faults.Remove(tx, 0)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Faults cleared.", cleared)
}

func (s *Service) serveRemoveFault(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "fault_id")
	if err != nil {
		return err
	}
	err = s.DB.Write(r.Context(), func(tx *db.Tx) error {
		n, err := s.Faults.Remove(tx, id)
		if err == nil && n == 0 {
			err = problem.NotFound("fault", id)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Fault cleared.", api.FaultsCleared{Cleared: 1})
}

package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/internal/web"
)

// developerRoutes offer the clock and the faults to developers who are signed
// in to the dashboard: the very handlers that programs reach with the control
// key, which itself never leaves this machine's programs. The tour is for
// people alone.
func (s *Service) developerRoutes(r *web.Router) {
	const clock, one, faults = "/api/sandbox/clock", "/api/sandbox/clock/operations/{operation_id}", "/api/sandbox/faults"
	for _, route := range []struct {
		method, path string
		serve        web.Handler
	}{
		{http.MethodGet, clock, s.serveClock},
		{http.MethodPost, clock + "/freeze", s.serveFreeze},
		{http.MethodPost, clock + "/resume", s.serveResume},
		{http.MethodPost, clock + "/advance", s.serveAdvance},
		{http.MethodGet, one, s.serveOperation},
		{http.MethodPost, one + "/stop", s.serveStop},
		{http.MethodGet, faults, s.serveFaults},
		{http.MethodPost, faults, s.serveNewFault(r)},
		{http.MethodDelete, faults, s.serveClearFaults},
		{http.MethodDelete, faults + "/{fault_id}", s.serveRemoveFault},
		{http.MethodGet, "/api/sandbox/tour", s.serveTour},
	} {
		r.ForUser(route.method, route.path, web.ForDeveloper("The instruments are", route.serve))
	}
}

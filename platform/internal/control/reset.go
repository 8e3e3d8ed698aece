package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) resetRoutes(r *web.Router) {
	r.ForControl(http.MethodPost, "/_sandbox/reset", s.serveReset)
}

// serveReset brings one store, or everything, back to the seed.
func (s *Service) serveReset(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SandboxReset](w, r)
	if err != nil {
		return err
	}
	if err := s.unmoved(r); err != nil {
		return err
	}
	if in.StoreID != 0 {
		err = s.Sandbox.ResetStore(r.Context(), in.StoreID)
	} else {
		err = s.Sandbox.Reset(r.Context(), s.Queue.Clear)
	}
	if err != nil {
		return err
	}
	s.replaced()
	return s.status(w, r)
}

// replaced drops what is remembered of data that is no more.
func (s *Service) replaced() {
	s.Webhooks.Forget()
	s.Faults.Forget()
	s.Live.Feed.Reset()
	s.Timer.Wake()
}

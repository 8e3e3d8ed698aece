package control

import (
	"context"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
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
	err = s.Clock.still(r.Context(), func() error {
		if in.StoreID != 0 {
			return s.resetStore(r.Context(), in.StoreID)
		}
		return s.resetAll(r.Context())
	})
	if err != nil {
		return err
	}
	return s.status(w, r)
}

// resetStore brings one store back. Deliveries of others that stand in line stay
// there; those that are gone are noticed when their turn comes.
func (s *Service) resetStore(ctx context.Context, storeID int64) error {
	if err := s.Sandbox.ResetStore(ctx, storeID, standStill); err != nil {
		return err
	}
	s.forget()
	return nil
}

func (s *Service) resetAll(ctx context.Context) error {
	err := s.Sandbox.Reset(ctx, func(tx *db.Tx) error {
		if err := standStill(tx); err != nil {
			return err
		}
		return s.Queue.Clear(tx)
	})
	if err != nil {
		return err
	}
	return s.replaced(context.WithoutCancel(ctx))
}

// replaced drops what is remembered of a database that is another now, and
// begins anew with the deliveries that are due in it. Claims of the processes
// named were made in the life before.
func (s *Service) replaced(ctx context.Context, before ...int64) error {
	s.forget()
	s.Webhooks.Forget()
	return s.Webhooks.Recover(ctx, before)
}

// forget drops what is remembered of rows that are no more.
func (s *Service) forget() {
	s.Faults.Forget()
	s.Live.Feed.Reset()
	s.Timer.Wake()
}

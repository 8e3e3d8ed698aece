package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/web"
	"github.com/selorax/sandbox/platform/internal/webhook"
)

// Service serves the control API. All fields are required.
type Service struct {
	DB       *db.DB
	Apps     app.Apps
	Timer    *timer.Timer
	Clock    *Operations
	Webhooks *webhook.Service
	Faults   *fault.Rules
	Key      string // what callers send in X-Sandbox-Key
	Version  string
}

// Routes registers the control API.
func (s *Service) Routes(r *web.Router) {
	r.ForControl(http.MethodGet, "/_sandbox/status", s.status)
	s.appRoutes(r)
	s.clockRoutes(r)
	s.deliveryRoutes(r)
	s.eventRoutes(r)
	s.faultRoutes(r)
}

package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/billing"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/message"
	"github.com/selorax/sandbox/platform/internal/order"
	"github.com/selorax/sandbox/platform/internal/privacy"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/sandbox"
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
	Live     *event.Live
	Queue    *queue.Queue
	Sandbox  *sandbox.Service
	// SnapshotDir is where copies of the database are kept.
	SnapshotDir string
	Key         string // what callers send in X-Sandbox-Key
	Version     string

	// Whose use cases make the changes of triggers and seeds.
	Products  *catalog.Service
	Customers *customer.Service
	Orders    *order.Service
	Messages  *message.Service
	Billing   *billing.Service
	Installs  *install.Service
	Privacy   *privacy.Service
}

// Routes registers the control API.
func (s *Service) Routes(r *web.Router) {
	r.ForControl(http.MethodGet, "/_sandbox/status", s.status)
	s.appRoutes(r)
	s.clockRoutes(r)
	s.deliveryRoutes(r)
	s.eventRoutes(r)
	s.faultRoutes(r)
	s.installRoutes(r)
	s.triggerRoutes(r)
	s.seedRoutes(r)
	s.resetRoutes(r)
	s.snapshotRoutes(r)
	r.ForControl(http.MethodGet, "/_sandbox/live", s.Live.ServeAll)
	s.developerRoutes(r)
}

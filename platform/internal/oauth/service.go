package oauth

import (
	"log/slog"
	"net/http"

	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service serves the OAuth endpoints.
type Service struct {
	DB           *db.DB
	Apps         app.Apps
	Installs     *install.Service
	DashboardURL string
	// ErrorPage shows a refusal to a person, for requests that must not be
	// redirected.
	ErrorPage func(w http.ResponseWriter, r *http.Request, status int, title, sentence, hint string) error
	Log       *slog.Logger
	// Faults lets calls of the token endpoint go wrong on purpose.
	Faults *fault.Rules
	// Limit bounds the calls of a client to the token endpoint.
	Limit *web.Limiter
}

// Routes registers the endpoints.
func (s *Service) Routes(r *web.Router) {
	r.Public(http.MethodGet, "/api/apps/oauth/authorize", s.authorize)
	r.Public(http.MethodPost, "/api/apps/oauth/token", s.protocol(s.token))
	r.Public(http.MethodPost, "/api/apps/oauth/revoke", s.protocol(s.revoke))
	r.ForUser(http.MethodGet, "/api/apps/oauth/requests/{request_id}", s.showRequest)
	r.ForUser(http.MethodPost, "/api/apps/oauth/requests/{request_id}/decision", s.decide)
}

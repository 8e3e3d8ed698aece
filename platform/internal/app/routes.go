package app

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers what needs no installation.
func (a Apps) Routes(r *web.Router) {
	r.ForUser(http.MethodGet, "/api/apps/scopes", listScopes)
}

func listScopes(w http.ResponseWriter, _ *http.Request) error {
	return web.OK(w, "Scopes fetched.", api.Scopes())
}

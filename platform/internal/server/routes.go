package server

import (
	"net/http"

	"github.com/selorax/sandbox/platform/internal/docs"
	"github.com/selorax/sandbox/platform/internal/web"
)

// routes lists everything the platform answers to.
func (p *Platform) routes(r *web.Router) {
	r.Public(http.MethodGet, "/healthz", alive)
	r.Public(http.MethodGet, "/readyz", p.ready)
	p.pages.Routes(r)
	p.accounts.Routes(r)
	p.stores.Routes(r)
	p.products.Routes(r)
	p.customers.Routes(r)
	p.discounts.Routes(r)
	p.shipping.Routes(r)
	p.orders.Routes(r)
	p.metafields.Routes(r)
	p.messages.Routes(r)
	p.apps.Routes(r)
	p.oauth.Routes(r)
	p.billing.Routes(r)
	p.wallets.Routes(r)
	p.usage.Routes(r)
	p.earnings.Routes(r)
	p.installs.Routes(r)
	p.custom.Routes(r)
	p.privacy.Routes(r)
	p.sessions.Routes(r)
	p.webhooks.Routes(r)
	p.live.Routes(r)
	p.extensions.Routes(r)
	p.portal.Routes(r) // after all others below /api/apps
	p.control.Routes(r)
	p.inspector.Routes(r)
	docs.Routes(r)
}

func alive(w http.ResponseWriter, _ *http.Request) error {
	return web.OK(w, "Alive.", struct{}{})
}

func (p *Platform) ready(w http.ResponseWriter, r *http.Request) error {
	if err := p.db.Ping(r.Context()); err != nil {
		return err
	}
	return web.OK(w, "Ready.", struct{}{})
}

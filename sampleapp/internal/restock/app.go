package restock

import (
	"database/sql"
	"log/slog"
	"net/http"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// App is the app with everything it needs. Every field is required.
type App struct {
	PublicURL    string // where browsers reach the app
	DashboardURL string // the only place that may frame it
	Platform     *selorax.Client
	Sessions     selorax.SessionVerifier
	Webhooks     selorax.WebhookVerifier
	DB           *sql.DB
	Vault        *Vault
	Log          *slog.Logger
	Now          func() time.Time

	refreshing locks
	setting    locks
	wake       chan struct{} // has the outbox look
	assets     assets
	pages      pages
}

// Slug is the app's name in dashboard addresses.
const Slug = "restock"

// Scopes are the permissions the app asks for.
var Scopes = []string{"read:orders", "read:products", "read:inventory", "read:store", "write:metafields", "billing", "manage:messaging"}

// maxBody bounds request bodies.
const maxBody = 1 << 20

// Handler serves the app.
func (a *App) Handler() (http.Handler, error) {
	a.wake = make(chan struct{}, 1)
	var err error
	if a.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if a.pages, err = loadPages(a.assets); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", a.front)
	mux.HandleFunc("GET /install", a.install)
	mux.HandleFunc("GET /oauth/callback", a.callback)
	mux.HandleFunc("GET /app", a.frame)
	mux.HandleFunc("GET /app/", a.frame) // the dashboard appends the deeper path that a merchant opened
	mux.HandleFunc("GET /api/overview", a.forMerchant(a.overview))
	mux.HandleFunc("GET /api/events", a.forMerchant(a.events))
	mux.HandleFunc("GET /api/stock", a.forMerchant(a.stock))
	mux.HandleFunc("DELETE /api/marks/{sku_id}", a.forMerchant(a.unmark))
	mux.HandleFunc("GET /api/shop", a.forMerchant(a.shop))
	mux.HandleFunc("POST /api/shop/{product}", a.forMerchant(a.buy))
	mux.HandleFunc("GET /api/report", a.forMerchant(a.report))
	mux.HandleFunc("GET /api/alerts", a.forMerchant(a.alerts))
	mux.HandleFunc("POST /api/waiting", a.forMerchant(a.addWaiting))
	mux.HandleFunc("DELETE /api/waiting/{message_id}", a.forMerchant(a.removeWaiting))
	mux.HandleFunc("PUT /api/settings", a.forMerchant(a.setSettings))
	mux.HandleFunc("PUT /api/settings/products/{product_id}", a.forMerchant(a.setThreshold))
	mux.HandleFunc("DELETE /api/disclosures/{event_id}", a.forMerchant(a.endDisclosure))
	mux.HandleFunc("POST /extensions/low-stock", a.forExtension(a.lowStockWidget))
	mux.HandleFunc("POST /extensions/order-stock", a.forExtension(a.orderStock))
	mux.HandleFunc("POST /extensions/mark-reorder", a.forExtension(a.markReorder))
	mux.HandleFunc("POST /extensions/mark-selected", a.forExtension(a.markSelected))
	mux.HandleFunc("POST /extensions/product-stock", a.forExtension(a.productStock))
	mux.HandleFunc("POST /extensions/wait", a.forExtension(a.waitFor))
	mux.HandleFunc("POST /extensions/threshold", a.forExtension(a.productThreshold))
	mux.Handle("POST /webhooks/receive", selorax.WebhookReceiver{Verifier: a.Webhooks, Handle: a.handle, Log: a.Log})
	mux.HandleFunc("GET /assets/{version}/{name}", a.assets.serve)
	mux.HandleFunc("GET /healthz", alive)
	mux.HandleFunc("GET /readyz", a.ready)
	return a.guard(mux), nil
}

// guard bounds bodies and sets the headers that every answer has.
func (a *App) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		// Only the dashboard may put the app into a frame.
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "+
			"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "+a.DashboardURL)
		next.ServeHTTP(w, r)
	})
}

func alive(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, said{"Alive."}) }

func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	if err := a.DB.PingContext(r.Context()); err != nil {
		answer(w, http.StatusServiceUnavailable, said{"The database does not answer."})
		return
	}
	answer(w, http.StatusOK, said{"Ready."})
}

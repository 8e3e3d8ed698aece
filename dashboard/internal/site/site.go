package site

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/forward"
	"github.com/selorax/sandbox/dashboard/internal/frame"
	"github.com/selorax/sandbox/dashboard/internal/guide"
	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
	"github.com/selorax/sandbox/dashboard/internal/static"
)

// Config says where the dashboard and the platform are. URLs are origins.
type Config struct {
	PublicURL         string // where browsers reach the dashboard
	PlatformURL       string // where this server reaches the platform
	PlatformPublicURL string // where browsers reach the platform
	Log               *slog.Logger
}

type site struct {
	Config
	platform *platform.Client
	pages    *page.Pages
	assets   *static.Assets
	guides   *guide.Library
	cookies  session.Cookies

	faultRoutes []string // that a fault may name
}

// New returns the dashboard.
func New(c Config) (http.Handler, error) {
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	pages, err := page.Load(assets, c.PlatformPublicURL)
	if err != nil {
		return nil, err
	}
	guides, err := loadGuides()
	if err != nil {
		return nil, err
	}
	routes, err := appRoutes(api.OpenAPI)
	if err != nil {
		return nil, err
	}
	forwarder, err := forward.New(c.PlatformURL, c.PublicURL, c.Log)
	if err != nil {
		return nil, err
	}
	s := &site{
		Config:   c,
		platform: platform.NewClient(c.PlatformURL, platform.NewTransport()),
		pages:    pages,
		assets:   assets,
		guides:   guides,
		cookies:  session.Cookies{Secure: strings.HasPrefix(c.PublicURL, "https://")},

		faultRoutes: routes,
	}
	return s.surround(s.routes(forwarder)), nil
}

func (s *site) routes(f *forward.Forwarder) http.Handler {
	r := mux.NewRouter().UseEncodedPath().StrictSlash(true)
	r.HandleFunc("/healthz", ok).Methods(http.MethodGet)
	r.HandleFunc("/readyz", s.ready).Methods(http.MethodGet)
	r.PathPrefix(static.Prefix).Handler(s.assets).Methods(http.MethodGet, http.MethodHead)
	r.PathPrefix("/api/").HandlerFunc(f.API)
	r.HandleFunc("/live", f.Live).Methods(http.MethodGet)
	r.HandleFunc("/live/inspector", f.Live).Methods(http.MethodGet)
	r.Handle("/frame/probe", s.probe())

	r.Handle("/", s.open(s.start)).Methods(http.MethodGet)
	r.Handle("/login", s.open(s.loginPage)).Methods(http.MethodGet)
	r.Handle("/login", s.open(s.login)).Methods(http.MethodPost)
	r.Handle("/logout", s.open(s.logoutPage)).Methods(http.MethodGet)
	r.Handle("/logout", s.open(s.logout)).Methods(http.MethodPost)
	r.Handle("/oauth/consent", s.open(s.consentPage)).Methods(http.MethodGet)
	r.Handle("/oauth/consent", s.open(s.decide)).Methods(http.MethodPost)
	s.docsRoutes(r)
	s.storeRoutes(r)
	r.NotFoundHandler = s.open(notFound)
	r.MethodNotAllowedHandler = s.open(methodNotAllowed)
	return r
}

func (s *site) storeRoutes(r *mux.Router) {
	get := func(path string, h func(*visit) error) {
		r.Handle("/{store:[0-9]+}"+path, s.visit(h)).Methods(http.MethodGet)
	}
	post := func(path string, h func(*visit) error) {
		r.Handle("/{store:[0-9]+}"+path, s.visit(h)).Methods(http.MethodPost)
	}
	get("", (*visit).home)
	get("/orders", (*visit).orders)
	post("/orders/status", (*visit).setStatuses)
	get("/orders/{order:[0-9]+}", (*visit).order)
	post("/orders/{order:[0-9]+}/status", (*visit).setStatus)
	get("/apps/x/{slug}/{extension}", (*visit).linked)
	get("/customers", (*visit).customers)
	get("/customers/{customer:[0-9]+}", (*visit).customer)
	get("/products", (*visit).products)
	get("/products/{product:[0-9]+}", (*visit).product)
	get("/search", (*visit).search)
	discountRoutes(get, post)
	get("/apps/marketplace", (*visit).marketplace)
	get("/apps/marketplace/{slug}", (*visit).marketplaceApp)
	post("/apps/marketplace/{slug}/install", (*visit).install)
	get("/apps/e/{slug}", (*visit).frame)
	get("/apps/e/{slug}/{deep:.*}", (*visit).frame)
	get("/settings/apps", (*visit).installed)
	get("/settings/apps/custom", (*visit).customApps)
	get("/settings/apps/custom/new", (*visit).newCustomApp)
	post("/settings/apps/custom/new", (*visit).createCustomApp)
	get("/settings/apps/custom/{app:[0-9]+}", (*visit).customApp)
	post("/settings/apps/custom/{app:[0-9]+}", (*visit).updateCustomApp)
	post("/settings/apps/custom/{app:[0-9]+}/regenerate-token", (*visit).regenerateToken)
	post("/settings/apps/custom/{app:[0-9]+}/rotate-secret", (*visit).rotateSecret)
	post("/settings/apps/custom/{app:[0-9]+}/delete", (*visit).deleteCustomApp)
	get("/settings/apps/{slug}", (*visit).appSettings)
	post("/settings/apps/{slug}/extensions/{extension}", (*visit).saveExtension)
	post("/settings/apps/{slug}/uninstall", (*visit).uninstall)
	get("/settings/apps/billing/{charge:[0-9]+}", (*visit).charge)
	post("/settings/apps/billing/{charge:[0-9]+}/approve", (*visit).approveCharge)
	post("/settings/apps/billing/{charge:[0-9]+}/decline", (*visit).declineCharge)
	post("/settings/apps/billing/{charge:[0-9]+}/cancel", (*visit).cancelCharge)
	get("/settings/apps/billing/{charge:[0-9]+}/pay", (*visit).gateway)
	post("/settings/apps/billing/{charge:[0-9]+}/pay", (*visit).payCharge)
	post("/settings/apps/billing/{charge:[0-9]+}/resume", (*visit).resumeCharge)
	get("/settings/billing", (*visit).billing)
	post("/settings/billing/method", (*visit).saveMethod)
	get("/settings/billing/wallets/{wallet:[0-9]+}", (*visit).wallet)
	get("/settings/store", (*visit).storeSettings)
	post("/settings/store", (*visit).saveStore)
	shippingRoutes(get, post)
	get("/settings/privacy", (*visit).privacy)
	post("/settings/privacy", (*visit).askPrivacy)
	webhookRoutes(get, post)
	developerPages(get, post)
	get("/{rest:.*}", func(*visit) error { return missing })
}

// developerPages are the instruments, which nobody else has.
func developerPages(get, post func(path string, h func(*visit) error)) {
	get("/developer/components", forDeveloper((*visit).gallery))
	get("/developer/extensions", forDeveloper((*visit).versions))
	post("/developer/extensions/{app:[0-9]+}/rollback", forDeveloper((*visit).rollback))
	clockRoutes(get, post)
	faultPages(get, post)
	inspectorRoutes(get, post)
	portalRoutes(get, post)
	get("/developer/tour", forDeveloper((*visit).tour))
	get("/developer/messages", forDeveloper((*visit).inbox))
	get("/developer/earnings", forDeveloper((*visit).revenue))
	get("/developer/earnings/{app:[0-9]+}", forDeveloper((*visit).earnings))
	get("/developer/earnings/{app:[0-9]+}/statement.csv", forDeveloper((*visit).statement))
}

func webhookRoutes(get, post func(path string, h func(*visit) error)) {
	const all, one = "/settings/webhooks", "/settings/webhooks/{subscription:[0-9]+}"
	get(all, (*visit).webhooks)
	get(all+"/new", (*visit).newWebhook)
	post(all+"/new", (*visit).createWebhook)
	get(one, (*visit).webhook)
	get(one+"/edit", (*visit).editWebhook)
	post(one+"/edit", (*visit).updateWebhook)
	post(one+"/pause", (*visit).pauseWebhook)
	post(one+"/resume", (*visit).resumeWebhook)
	post(one+"/test", (*visit).testWebhook)
	post(one+"/rotate-secret", (*visit).rotateWebhook)
	post(one+"/delete", (*visit).deleteWebhook)
	get(all+"/deliveries/{delivery:[0-9]+}", (*visit).delivery)
	post(all+"/deliveries/{delivery:[0-9]+}", forDeveloper((*visit).explainSignature))
	post(all+"/deliveries/{delivery:[0-9]+}/resend", (*visit).resend)
}

func (s *site) probe() http.Handler {
	return frame.Handler{
		Prober:  frame.Prober{DashboardOrigin: s.PublicURL},
		Resolve: s.resolveFrame,
		Log:     s.Log,
	}
}

func ok(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }

// ready answers 200 when the platform is usable: no page is without it.
func (s *site) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.platform.Ready(r.Context()); err != nil {
		http.Error(w, "the platform is not ready", http.StatusServiceUnavailable)
		return
	}
	ok(w, r)
}

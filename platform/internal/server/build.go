package server

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"net/http"

	"github.com/selorax/sandbox/platform/dial"
	"github.com/selorax/sandbox/platform/internal/access"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/billing"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/control"
	"github.com/selorax/sandbox/platform/internal/custom"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/discount"
	"github.com/selorax/sandbox/platform/internal/earnings"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/extension"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/inspect"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/merchant"
	"github.com/selorax/sandbox/platform/internal/message"
	"github.com/selorax/sandbox/platform/internal/metafield"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/oauth"
	"github.com/selorax/sandbox/platform/internal/order"
	"github.com/selorax/sandbox/platform/internal/privacy"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/sandbox"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/session"
	"github.com/selorax/sandbox/platform/internal/shipping"
	"github.com/selorax/sandbox/platform/internal/store"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/ui"
	"github.com/selorax/sandbox/platform/internal/usage"
	"github.com/selorax/sandbox/platform/internal/wallet"
	"github.com/selorax/sandbox/platform/internal/web"
	"github.com/selorax/sandbox/platform/internal/webhook"
)

// Platform is a built platform, ready to Run.
type Platform struct {
	config Config
	db     *db.DB
	queue  *queue.Queue
	timer  *timer.Timer
	done   chan struct{} // closed when the platform stops

	stores     *store.Service
	accounts   *merchant.Service
	apps       app.Apps
	portal     *app.Portal
	products   *catalog.Service
	customers  *customer.Service
	discounts  *discount.Service
	shipping   *shipping.Service
	orders     *order.Service
	metafields *metafield.Service
	messages   *message.Service
	webhooks   *webhook.Service
	billing    *billing.Service
	wallets    *wallet.Service
	usage      *usage.Service
	earnings   *earnings.Service
	installs   *install.Service
	custom     *custom.Service
	privacy    *privacy.Service
	sessions   *session.Service
	access     *access.Access
	oauth      *oauth.Service
	live       *event.Live
	extensions *extension.Service
	faults     *fault.Rules
	seen       *inspect.Log
	inspector  *inspect.Service
	sandbox    *sandbox.Service
	control    *control.Service
	clock      *control.Operations
	pages      *ui.Pages
}

// New opens the database, brings its schema up to date, seeds it if it is
// empty and builds every service. The caller closes the platform.
func New(ctx context.Context, c Config) (*Platform, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	key, err := secret.LoadKey(c.KeyFile)
	if err != nil {
		return nil, err
	}
	p := &Platform{config: c, done: make(chan struct{})}
	if p.db, err = db.Open(ctx, c.DatabaseURL, &clock.Clock{}); err != nil {
		return nil, err
	}
	if err := p.prepare(ctx, key); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// Close closes the database.
func (p *Platform) Close() error { return p.db.Close() }

func (p *Platform) prepare(ctx context.Context, key []byte) error {
	if err := p.db.Migrate(ctx); err != nil {
		return err
	}
	if err := queue.Migrate(ctx, p.db); err != nil {
		return err
	}
	if err := p.db.Join(ctx); err != nil {
		return err
	}
	keys, err := credentials.Ensure(p.config.CredentialsFile)
	if err != nil {
		return err
	}
	if err := p.build(key, keys); err != nil {
		return err
	}
	if err := p.db.Read(ctx, func(tx *db.Tx) error { return app.CheckKey(tx, p.apps.Box) }); err != nil {
		return err
	}
	if p.config.SeedDemo {
		return p.sandbox.EnsureDemo(ctx)
	}
	return nil
}

// build makes the services, each from those above it.
func (p *Platform) build(key []byte, keys credentials.File) (err error) {
	c := p.config
	box, err := secret.NewBox(key)
	if err != nil {
		return err
	}
	sessionKey, err := hkdf.Key(sha256.New, key, nil, "dashboard sessions", secret.KeySize)
	if err != nil {
		return err
	}
	if p.queue, err = queue.New(p.db, c.Log); err != nil {
		return err
	}
	p.pages = &ui.Pages{DashboardURL: c.DashboardURL}
	p.timer = &timer.Timer{DB: p.db, Queue: p.queue}
	writes := idempotency.Writes{DB: p.db}
	p.faults = &fault.Rules{DB: p.db}
	p.seen = &inspect.Log{}
	feed := &event.Feed{}
	events := &event.Log{Feed: feed}
	p.live = &event.Live{DB: p.db, Feed: feed, Origin: c.DashboardURL, Done: p.done}
	p.inspector = &inspect.Service{DB: p.db, Log: p.seen, Live: p.live}
	p.accounts = &merchant.Service{DB: p.db, Key: sessionKey}
	p.apps = app.Apps{Box: box, PublicURL: c.PublicURL}
	p.buildStore(writes, events)
	p.buildApps(box, writes, events)
	p.sandbox = &sandbox.Service{
		DB: p.db, Box: box, Credentials: keys, CredentialsFile: c.CredentialsFile, DemoAppURL: c.DemoAppURL, PasswordCost: c.PasswordCost, StartAt: c.StartAt,
	}
	p.clock = &control.Operations{DB: p.db, Timer: p.timer, Log: c.Log}
	p.control = &control.Service{
		DB: p.db, Apps: p.apps, Timer: p.timer, Clock: p.clock, Faults: p.faults, Webhooks: p.webhooks, Live: p.live,
		Queue: p.queue, Sandbox: p.sandbox, SnapshotDir: c.SnapshotDir, Key: keys.ControlKey, Version: c.Version,
		Products: p.products, Customers: p.customers, Orders: p.orders, Messages: p.messages, Billing: p.billing, Installs: p.installs, Privacy: p.privacy,
	}
	p.webhooks.Register()
	p.billing.Register(p.queue)
	p.installs.Register(p.queue)
	p.messages.Register(p.queue)
	p.portal.Register(p.queue)
	return nil
}

// buildStore makes what a store has: goods, customers, orders.
func (p *Platform) buildStore(writes idempotency.Writes, events *event.Log) {
	p.stores = &store.Service{DB: p.db, Writes: writes}
	p.products = &catalog.Service{DB: p.db, Writes: writes, Events: events, PublicURL: p.config.PublicURL}
	p.customers = &customer.Service{DB: p.db, Writes: writes, Events: events}
	p.discounts = &discount.Service{DB: p.db, Writes: writes}
	p.shipping = &shipping.Service{DB: p.db, Writes: writes}
	p.orders = &order.Service{DB: p.db, Writes: writes, Events: events, Customers: p.customers, PublicURL: p.config.PublicURL}
	p.metafields = &metafield.Service{DB: p.db, Writes: writes}
}

// buildApps makes what apps need, from the registration to the extensions.
func (p *Platform) buildApps(box *secret.Box, writes idempotency.Writes, events *event.Log) {
	c := p.config
	p.portal = &app.Portal{DB: p.db, Apps: p.apps, Writes: writes, Timer: p.timer}
	p.messages = &message.Service{DB: p.db, Apps: p.apps, Writes: writes, Events: events, Timer: p.timer}
	receivers := dial.Dialer{AllowHosts: c.AllowWebhookHosts}
	p.webhooks = &webhook.Service{
		DB: p.db, Queue: p.queue, Timer: p.timer, Box: box, Log: c.Log, Writes: writes, Faults: p.faults, Inspector: p.seen, Feed: events.Feed,
		Client: receivers.Client(webhook.AttemptTimeout), Dialer: receivers,
		Samples: map[string]webhook.Sample{
			"order": p.orders.Sample, "product": p.products.Sample, "inventory": p.products.Sample, "customer": customer.Sample,
		},
		ClientSecret: p.clientSecret,
	}
	p.billing = &billing.Service{
		DB: p.db, Writes: writes, Apps: p.apps, Events: events, Timer: p.timer, DashboardURL: c.DashboardURL,
		GatewayFee: money.RateOf(c.GatewayFeeRate),
	}
	p.wallets = &wallet.Service{DB: p.db, Writes: writes, Apps: p.apps}
	p.earnings = &earnings.Service{DB: p.db, Apps: p.apps}
	p.usage = &usage.Service{DB: p.db, Writes: writes, Apps: p.apps, Billing: p.billing}
	p.installs = &install.Service{DB: p.db, Apps: p.apps, Events: events, Webhooks: p.webhooks, Timer: p.timer}
	p.privacy = &privacy.Service{DB: p.db, Writes: writes, Events: events, Webhooks: p.webhooks}
	p.custom = &custom.Service{DB: p.db, Apps: p.apps, Installs: p.installs, Writes: writes, Portal: p.portal}
	p.timer.Busy = []func(*db.Tx) (int, error){p.webhooks.Busy, install.Busy, message.Busy, billing.Busy, app.Busy}
	p.sessions = &session.Service{DB: p.db, Apps: p.apps, Issuer: c.PublicURL, DashboardOrigin: c.DashboardURL}
	p.access = &access.Access{DB: p.db, Apps: p.apps, Sessions: p.sessions}
	p.oauth = &oauth.Service{
		DB: p.db, Apps: p.apps, Installs: p.installs, DashboardURL: c.DashboardURL, ErrorPage: p.pages.Error, Log: c.Log,
		Limit: &web.Limiter{PerMinute: c.TokenRateLimit}, Faults: p.faults,
	}
	p.extensions = &extension.Service{
		DB: p.db, Apps: p.apps, Sessions: p.sessions, Log: c.Log,
		Client: receivers.Client(extension.CallTimeout), PublicURL: c.PublicURL, DashboardURL: c.DashboardURL,
	}
}

// Handler serves every route of the platform. What extensions ask of the API
// takes the way of every other call.
func (p *Platform) Handler() http.Handler {
	h := p.router().Handler()
	p.extensions.API = h
	return h
}

// Routes lists every route of the platform.
func (p *Platform) Routes() []web.Route { return p.router().Routes() }

func (p *Platform) router() *web.Router {
	r := web.NewRouter(p.config.Log)
	r.App, r.Client = p.access.Authenticate, p.access.AuthenticateClient
	r.User, r.Control = p.accounts.Authenticate, p.control.Authenticate
	r.Fault, r.Watcher = p.fault, p.seen
	r.AppLimit = &web.Limiter{PerMinute: p.config.APIRateLimit}
	r.Strict = p.config.Strict
	p.routes(r)
	return r
}

// fault lets the rules act on a call of an app.
func (p *Platform) fault(w http.ResponseWriter, r *http.Request, route web.Route, c web.Caller) error {
	return p.faults.Apply(w, r, fault.Call{AppID: c.AppID, StoreID: c.StoreID, Method: route.Method, Path: route.Path})
}

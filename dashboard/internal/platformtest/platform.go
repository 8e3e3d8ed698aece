package platformtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

// The demo's people; their password is Password.
const (
	Merchant  = "merchant@floristbd.example"    // stores 22 and 23
	Nakshi    = "merchant@nakshicrafts.example" // store 24
	Developer = "developer@selorax.example"     // all three
	Password  = "selorax-demo"
)

// Request is a request that the platform got.
type Request struct {
	Method string
	URI    string
	Header http.Header
	Body   string
}

// Platform is a running fake.
type Platform struct {
	URL       string // for servers
	PublicURL string // for browsers

	mu            sync.Mutex
	requests      []Request
	sessions      map[string]string // token → email
	apps          []api.App
	installations []api.Installation
	orders        []api.OrderDetail
	products      []api.ProductDetail
	discounts     []api.Discount // newest first
	records       map[int64]api.Store
	zones         []api.ShippingZone
	lastShipping  int64 // the number of the newest zone or method
	subscriptions []api.Subscription
	lastWebhook   int64 // the number of the newest subscription
	deliveries    []api.Delivery
	bodies        map[int64]string     // of deliveries
	privacy       []api.PrivacyRequest // newest first
	charges       []api.StoreCharge
	uses          []api.UsageCharge
	wallets       []api.Wallet
	transactions  []api.WalletTransaction
	methods       map[int64]api.PaymentMethod // by store
	earning       bool
	portal        map[int64]*portalRecord // by app
	tokens        map[int64]*api.Time     // of custom apps: when they end
	secrets       int                     // made so far
	consents      map[string]*consent
	extensions    []deployed
	settings      map[string]map[string]any // of extensions, by id
	messages      []api.InboxMessage        // newest first
	backend       func(api.ExtensionActionRequest) (any, error)
	versions      map[int64][]api.ExtensionVersion // by app
	extensionAPI  func(api.ExtensionAPIRequest) api.ExtensionAPIAnswer
	failure       func(*http.Request) int
	clock         businessClock
	faults        []api.Fault
	lastFault     int64
	live          feed
	marks         feed // of the inspector
	seen          []api.InspectorDetail
	bridged       []api.BridgeMessage
	taken         []string // steps of the tour
	dashboardURL  string
}

// Start starts a platform that ends with the test.
func Start(t testing.TB) *Platform {
	t.Helper()
	p := &Platform{versions: map[int64][]api.ExtensionVersion{}, sessions: map[string]string{}, consents: map[string]*consent{}, tokens: map[int64]*api.Time{}, bodies: map[int64]string{}, methods: map[int64]api.PaymentMethod{}}
	server := httptest.NewServer(p.handler())
	t.Cleanup(func() {
		p.live.close()
		p.marks.close()
		server.Close()
		p.mu.Lock()
		defer p.mu.Unlock()
		p.requests = nil // the testing package keeps p until the last test has ended
	})
	p.URL = server.URL
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	p.PublicURL = "http://api.selorax.localhost:" + u.Port()
	p.apps = demoApps(p.PublicURL)
	p.portal = map[int64]*portalRecord{1: {owner: accounts[Developer].UserID, listed: true}, 2: {owner: accounts[Developer].UserID, listed: true}}
	p.products = demoProducts()
	p.discounts, p.records = demoDiscounts(), map[int64]api.Store{}
	p.zones, p.lastShipping = demoZones(), 10
	p.orders = demoOrders(p.products, p.PublicURL)
	return p
}

// Serve tells the platform where the dashboard is.
func (p *Platform) Serve(dashboardURL string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dashboardURL = dashboardURL
}

// Fail makes the platform answer with the status that f returns for a
// request; 0 is the usual answer and 1 breaks the connection off. A nil f ends
// it.
func (p *Platform) Fail(f func(*http.Request) int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failure = f
}

// Requests returns what the platform was asked under a path so far.
func (p *Platform) Requests(path string) (list []Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.requests {
		if strings.HasPrefix(r.URI, path) {
			list = append(list, r)
		}
	}
	return list
}

// SignIn returns the token of a new session.
func (p *Platform) SignIn(email string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.signIn(email)
}

// EndSessions ends every session.
func (p *Platform) EndSessions() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.sessions)
}

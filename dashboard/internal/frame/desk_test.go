package frame

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/sdk"
)

// desk is a dashboard with one page, and an app whose frame is on it.
type desk struct {
	url, app, foreign string // origins; foreign is another site that serves the app's page, too

	mu       sync.Mutex
	appPage  http.HandlerFunc // of the app, in place of its normal page
	embed    http.HandlerFunc // in place of embed-params
	token    http.HandlerFunc // in place of session-token
	within   int              // data-ready-within
	path     string           // data-path
	origin   string           // data-app-origin, in place of the app's
	asked    []url.Values     // queries of embed-params
	fresh    int              // session tokens issued
	received []report
	stopApp  func()
}

// report is a message that arrived in a page of the app server.
type report struct {
	Page, Origin string // of the page that received it, and of the sender
	Data         struct{ Type, Token, Echo string }
}

const firstToken = "token-of-embed-params"

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{}
	app := httptest.NewServer(http.HandlerFunc(d.serveApp))
	d.stopApp = app.Close
	t.Cleanup(app.Close)
	d.app = strings.Replace(app.URL, "127.0.0.1", "app.localhost", 1)
	d.foreign = strings.Replace(app.URL, "127.0.0.1", "foreign.localhost", 1)

	mux := http.NewServeMux()
	mux.HandleFunc("GET /22/apps/e/demo", d.page)
	mux.HandleFunc("GET /22/settings/apps/billing/5", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><link rel="icon" href="data:"><title>Billing</title>`)
	})
	for _, scripts := range []string{"bridge", "ext", "js"} {
		mux.Handle("GET /"+scripts+"/", http.FileServer(http.Dir("../static")))
	}
	mux.HandleFunc("GET /api/stores/22/products", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"data": [{"product_id": 7, "name": "Red <b>roses</b>", "total_quantity": 4}, {"product_id": 8, "name": "Tulips"}]}`)
	})
	mux.HandleFunc("GET /api/apps/session/embed-params", d.embedParams)
	mux.HandleFunc("POST /api/apps/session/session-token", d.sessionToken)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	d.url = strings.Replace(server.URL, "127.0.0.1", "admin.selorax.localhost", 1)
	mux.Handle("GET /frame/probe", Handler{
		Prober: Prober{DashboardOrigin: d.url}, Resolve: d.resolve, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	return d
}

// appName is markup, to show that it stays text.
const appName = `Demo <img src=x>`

func (d *desk) page(w http.ResponseWriter, _ *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	within, origin := "", d.app
	if d.within > 0 {
		within = fmt.Sprintf(`data-ready-within="%d"`, d.within)
	}
	if d.origin != "" {
		origin = d.origin
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-src "+d.app+" "+d.foreign)
	fmt.Fprintf(w, `<!doctype html><link rel="icon" href="data:"><title>App</title>
		<link rel="stylesheet" href="/bridge/frame.css"><script type="module" src="/bridge/app-frame.js"></script>
		<app-frame data-app-id="1" data-store-id="22" data-app-origin="%s" data-app-name="%s" data-path="%s" %s></app-frame>`,
		origin, html.EscapeString(appName), d.path, within)
}

func (d *desk) resolve(_ *http.Request, storeID, appID int64) (string, error) {
	if storeID != 22 || appID != 1 {
		return "", ErrNotInstalled
	}
	return d.app + "/app?probe=1", nil
}

func (d *desk) embedParams(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, r.URL.Query())
	if d.embed != nil {
		d.embed(w, r)
		return
	}
	d.giveFrame(w, d.app+"/app")
}

// giveFrame answers embed-params with an address.
func (d *desk) giveFrame(w http.ResponseWriter, address string) {
	answer(w, http.StatusOK, api.Envelope[api.EmbedParams]{Data: api.EmbedParams{
		IframeURL:    address + "?host=" + base64.RawURLEncoding.EncodeToString([]byte(d.url)),
		SessionToken: firstToken, ExpiresIn: 600, AppName: appName,
	}})
}

func (d *desk) sessionToken(w http.ResponseWriter, r *http.Request) {
	var in api.SessionTokenRequest
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in != (api.SessionTokenRequest{AppID: 1, StoreID: 22}) {
		refuse(w, http.StatusBadRequest, api.CodeValidation, "bad request")
		return
	}
	d.mu.Lock()
	d.fresh++
	token, instead := fmt.Sprintf("fresh-%d", d.fresh), d.token
	d.mu.Unlock()
	if instead != nil {
		instead(w, r)
		return
	}
	answer(w, http.StatusOK, api.Envelope[api.SessionToken]{Data: api.SessionToken{SessionToken: token, ExpiresIn: 600}})
}

// appScript says ready unless told to be silent, reports what it receives, and
// obeys commands of the test: messages with a field do.
const appScript = `<!doctype html><link rel="icon" href="data:"><title>Demo</title><script>
const dashboard = atob(new URLSearchParams(location.search).get('host') ?? '');
const report = (event) => fetch('/report', { method: 'POST', body: JSON.stringify({ page: location.origin, origin: event.origin, data: event.data }) });
const commands = {
	post: ({ data }) => parent.postMessage(data, '*'),
	reload: () => location.reload(),
	go: ({ url }) => location.assign(url),
	echo: (_, event) => report(event),
};
addEventListener('message', (event) => event.data.do ? commands[event.data.do](event.data, event) : report(event));
if (!SILENT) parent.postMessage({ type: 'app-bridge:ready' }, dashboard || '*');
report({ origin: 'loaded', data: {} });
</script>`

func (d *desk) serveApp(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case r.URL.Path == "/report":
		var in report
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &in); err == nil {
			d.received = append(d.received, in)
		}
	case r.URL.Path == "/sdk/app-bridge.js":
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(sdk.AppBridge())
	case r.URL.Path == "/data" && r.Header.Get("Authorization") == "Bearer "+firstToken:
		w.WriteHeader(http.StatusUnauthorized) // as if it had expired
	case r.URL.Path == "/data":
		fmt.Fprint(w, r.Header.Get("Authorization"), r.Header.Get("X-More"))
	case d.appPage != nil:
		d.appPage(w, r)
	default:
		speaking(w, r)
	}
}

func speaking(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, strings.Replace(appScript, "SILENT", "false", 1))
}

func silent(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, strings.Replace(appScript, "SILENT", "true", 1))
}

// set changes the desk while it serves.
func (d *desk) set(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
}

// tokens returns the tokens that a page got, in order.
func (d *desk) tokens(page string) (tokens []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.received {
		if r.Page == page && r.Data.Type == "selorax:session-token" && r.Origin == d.url {
			tokens = append(tokens, r.Data.Token)
		}
	}
	return tokens
}

// wantTokens waits until the app has got these.
func (d *desk) wantTokens(p tab, want ...string) {
	p.Helper()
	p.until(func() error {
		if got := d.tokens(d.app); !slices.Equal(got, want) {
			return fmt.Errorf("the app has %v, want %v", got, want)
		}
		return nil
	})
}

// wantReport waits for a message to a page.
func (d *desk) wantReport(p tab, match func(report) bool) {
	p.Helper()
	p.until(func() error {
		d.mu.Lock()
		defer d.mu.Unlock()
		if !slices.ContainsFunc(d.received, match) {
			return errors.New("the message did not arrive")
		}
		return nil
	})
}

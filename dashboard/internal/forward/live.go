package forward

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/session"
)

// feeds are those of the platform, by their address here.
var feeds = map[string]string{"/live": "/api/live", "/live/inspector": "/api/sandbox/inspector/live"}

// Live passes the WebSocket of a live feed on: a store's events, or what the
// inspector sees. A browser sends the
// cookie with a socket that any page opens, so the page's origin decides.
func (f *Forwarder) Live(w http.ResponseWriter, r *http.Request) {
	switch {
	case !websocket.IsWebSocketUpgrade(r):
		w.Header().Set("Upgrade", "websocket")
		refuse(w, http.StatusUpgradeRequired, api.CodeUpgradeRequired, "Open this address as a WebSocket.")
	case r.Header.Get("Origin") != f.origin:
		refuse(w, http.StatusForbidden, api.CodeForbidden, "Only pages of the dashboard may listen.")
	case session.Token(r) == "":
		refuse(w, http.StatusUnauthorized, api.CodeSessionRequired, "Sign in to the dashboard.")
	default:
		f.live.ServeHTTP(w, r)
	}
}

func (f *Forwarder) rewriteLive(p *httputil.ProxyRequest) {
	f.authenticate(p)
	p.Out.URL.Path, p.Out.URL.RawPath = strings.TrimSuffix(f.platform.Path, "/")+feeds[p.In.URL.Path], ""
	in, query := p.In.URL.Query(), url.Values{}
	for _, name := range []string{"store_id", "after"} {
		if in.Has(name) {
			query.Set(name, in.Get(name))
		}
	}
	p.Out.URL.RawQuery = query.Encode()
}

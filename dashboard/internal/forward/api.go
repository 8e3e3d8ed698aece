package forward

import (
	"encoding/json"
	"log"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// stripped are the headers by which a caller could say who they are.
var stripped = []string{
	api.HeaderAuthToken, "Cookie", "Authorization", "Proxy-Authorization", "X-Session-Token",
	api.HeaderClientID, api.HeaderClientSecret, api.HeaderStoreID, api.HeaderControlKey,
	"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip",
}

// withheld are the routes that are not the dashboard's.
var withheld = []string{
	"/api/auth/login", "/api/auth/logout", "/api/live",
	"/api/apps/v1", "/api/apps/oauth/authorize", "/api/apps/oauth/token", "/api/apps/oauth/revoke", "/api/apps/session/verify",
	"/api/sandbox", // the instruments: forms of the dashboard's pages alone
}

// Forwarder is the way to the platform.
type Forwarder struct {
	platform *url.URL
	origin   string
	api      *httputil.ReverseProxy
	live     *httputil.ReverseProxy
	log      *slog.Logger
}

// New returns a forwarder from the dashboard at origin to the platform at
// platformURL.
func New(platformURL, origin string, logger *slog.Logger) (*Forwarder, error) {
	target, err := url.Parse(platformURL)
	if err != nil {
		return nil, err
	}
	f := &Forwarder{platform: target, origin: origin, log: logger}
	transport := platform.NewTransport()
	errorLog := slog.NewLogLogger(logger.Handler(), slog.LevelWarn)
	f.api = f.proxy(f.rewriteAPI, transport, errorLog)
	f.live = f.proxy(f.rewriteLive, transport, errorLog)
	return f, nil
}

func (f *Forwarder) proxy(rewrite func(*httputil.ProxyRequest), transport http.RoundTripper, errorLog *log.Logger) *httputil.ReverseProxy {
	return &httputil.ReverseProxy{
		Rewrite: rewrite, Transport: transport, ErrorLog: errorLog, ErrorHandler: f.unreachable,
		ModifyResponse: func(res *http.Response) error {
			for _, name := range []string{"Set-Cookie", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"} {
				res.Header.Del(name)
			}
			return nil
		},
	}
}

// API passes a call on. Only pages of the dashboard may make it.
func (f *Forwarder) API(w http.ResponseWriter, r *http.Request) {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		refuse(w, http.StatusForbidden, api.CodeForbidden, "Only pages of the dashboard may call this address.")
		return
	}
	if !passes(r.URL) {
		refuse(w, http.StatusNotFound, api.CodeNotFound, "The dashboard does not pass this address on. Call the platform itself.")
		return
	}
	if session.Token(r) == "" {
		refuse(w, http.StatusUnauthorized, api.CodeSessionRequired, "Sign in to the dashboard.")
		return
	}
	f.api.ServeHTTP(w, r)
}

// passes reports whether a path is plain, so that the platform reads it as
// this check does, and not withheld.
func passes(u *url.URL) bool {
	escaped := strings.ToLower(u.EscapedPath())
	if path.Clean(u.Path) != u.Path || strings.Contains(escaped, "%2f") || strings.Contains(escaped, "%5c") || strings.Contains(u.Path, `\`) {
		return false
	}
	return !slices.ContainsFunc(withheld, func(route string) bool {
		return strings.EqualFold(u.Path, route) || strings.HasPrefix(strings.ToLower(u.Path), route+"/")
	})
}

func (f *Forwarder) rewriteAPI(p *httputil.ProxyRequest) {
	f.authenticate(p)
	for _, name := range []string{"Origin", "Referer"} {
		p.Out.Header.Del(name)
	}
	p.Out.URL.RawQuery = p.In.URL.RawQuery
}

func (f *Forwarder) authenticate(p *httputil.ProxyRequest) {
	p.SetURL(f.platform)
	for _, name := range stripped {
		p.Out.Header.Del(name)
	}
	p.Out.Header.Set(api.HeaderAuthToken, session.Token(p.In))
}

func (f *Forwarder) unreachable(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		f.log.WarnContext(r.Context(), "forward.failed", "path", r.URL.Path, "error", err)
	}
	refuse(w, http.StatusBadGateway, api.CodeTryAgain, "The platform cannot be reached. Try again in a moment.")
}

// refuse answers as the platform does.
func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(api.Error{Message: message, Code: code, Status: status})
}

package frame

import (
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const dashboardOrigin = "http://admin.selorax.localhost:5080"

// TestProbe asks apps in every state a developer may leave one.
func TestProbe(t *testing.T) {
	t.Parallel()
	elsewhere := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://accounts.example/login?secret=1", http.StatusFound)
	}
	withHeader := func(name, value string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.Header().Add(name, value) }
	}
	for name, test := range map[string]struct {
		app    http.HandlerFunc
		want   string
		status int
		detail string
	}{
		"answers": {withHeader("Content-Type", "text/html"), Answering, 200, "may be framed"},
		"answers after a redirect of its own": {func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/dashboard" {
				http.Redirect(w, r, "/dashboard?"+r.URL.RawQuery, http.StatusSeeOther)
			} else if r.Referer() != "" {
				http.Error(w, "the signed address was told", http.StatusTeapot)
			}
		}, Answering, 200, ""},
		"redirects in circles":     {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, Unreachable, 302, "circles"},
		"redirects elsewhere":      {elsewhere, Redirected, 302, "http://accounts.example,"},
		"has an error":             {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, ErrorStatus, 502, "502 Bad Gateway"},
		"has no such page":         {http.NotFound, ErrorStatus, 404, "404 Not Found"},
		"denies framing":           {withHeader("X-Frame-Options", "DENY"), RefusedFraming, 200, "X-Frame-Options: DENY"},
		"admits others only":       {withHeader("Content-Security-Policy", "frame-ancestors https://admin.selorax.io"), RefusedFraming, 200, "https://admin.selorax.io"},
		"admits the dashboard":     {withHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors "+dashboardOrigin), Answering, 200, ""},
		"hangs":                    {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, Slow, 0, "did not answer within"},
		"breaks off":               {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, Unreachable, 0, "closed the connection"},
		"has a very long policy":   {withHeader("Content-Security-Policy", "frame-ancestors"+strings.Repeat(" https://a.example", 99)), RefusedFraming, 200, "…"},
		"sends an endless heading": {withHeader("X-Long", strings.Repeat("x", 2*maxHeaderBytes)), Unreachable, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := httptest.NewServer(test.app)
			t.Cleanup(app.Close)
			p := Prober{DashboardOrigin: dashboardOrigin}
			if test.want == Slow {
				p.Timeout = 50 * time.Millisecond
			}
			got := p.Probe(t.Context(), strings.Replace(app.URL, "127.0.0.1", "app.localhost", 1)+"/app?hmac=topsecret")
			if got.State != test.want || got.Status != test.status || !strings.Contains(got.Detail, test.detail) {
				t.Errorf("got %+v, want %s %d %q", got, test.want, test.status, test.detail)
			}
			if strings.Contains(got.Detail, "secret") {
				t.Errorf("the detail tells a query: %s", got.Detail)
			}
		})
	}
}

// TestProbeUnreachable asks addresses where no app answers HTTP.
func TestProbeUnreachable(t *testing.T) {
	t.Parallel()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(t.Output(), "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()

	for name, test := range map[string]struct{ address, want string }{
		"nothing listens":     {"http://" + closed.Addr().String(), Refused},
		"unknown certificate": {secure.URL, InsecureTLS},
		"not TLS":             {strings.Replace(plain.URL, "http:", "https:", 1), InsecureTLS},
		"neighbour":           {"http://192.168.0.1/", Forbidden},
		"mapped neighbour":    {"http://[::ffff:10.0.0.1]/", Forbidden},
		"metadata service":    {"http://169.254.169.254/", Forbidden},
		"carrier-grade NAT":   {"http://100.64.0.1/", Forbidden},
		"no scheme":           {"app.localhost:3000", Unreachable},
		"file":                {"file:///etc/passwd", Unreachable},
		"empty":               {"", Unreachable},
		"not a URL":           {"http://[", Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Prober{DashboardOrigin: dashboardOrigin, Timeout: time.Minute}.Probe(t.Context(), test.address)
			if got.State != test.want || got.Status != 0 || got.Detail == "" {
				t.Errorf("got %+v, want %s", got, test.want)
			}
		})
	}
}

// TestFailureOfNames checks what resolvers answer without asking one.
func TestFailureOfNames(t *testing.T) {
	t.Parallel()
	for want, cause := range map[string]error{
		UnknownHost: &net.DNSError{Err: "no such host", Name: "app.invalid", IsNotFound: true},
		Slow:        &net.DNSError{Err: "i/o timeout", Name: "app.invalid", IsTimeout: true},
	} {
		err := &url.Error{Op: "Get", URL: "http://app.invalid", Err: &net.OpError{Op: "dial", Err: cause}}
		if got := failure(&url.URL{Scheme: "http", Host: "app.invalid"}, time.Second, err); got.State != want {
			t.Errorf("%v: got %+v, want %s", cause, got, want)
		}
	}
}

// TestProbeReachesIPv6 probes a development server that listens on ::1 alone.
func TestProbeReachesIPv6(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 loopback: ", err)
	}
	app := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}}
	app.Start()
	t.Cleanup(app.Close)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if got := (Prober{DashboardOrigin: dashboardOrigin}).Probe(t.Context(), "http://localhost:"+port); got.State != Answering {
		t.Errorf("got %+v", got)
	}
}

package site_test

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/htmltest"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
	"github.com/selorax/sandbox/dashboard/internal/session"
	"github.com/selorax/sandbox/dashboard/internal/site"
)

// dashboard is a dashboard in front of a platform, and a person at it.
type dashboard struct {
	*platformtest.Platform
	URL string

	t      *testing.T
	log    logged
	server *httptest.Server
	client *http.Client
}

// logged is what the dashboard wrote to its log.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) has(text string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Contains(l.text.String(), text)
}

func start(t *testing.T) *dashboard {
	t.Helper()
	d := &dashboard{Platform: platformtest.Start(t), t: t, server: httptest.NewUnstartedServer(nil)}
	_, port, err := net.SplitHostPort(d.server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	d.URL = "http://admin.selorax.localhost:" + port
	d.server.Config.Handler, err = site.New(site.Config{
		PublicURL: d.URL, PlatformURL: d.Platform.URL, PlatformPublicURL: d.PublicURL, Log: slog.New(slog.NewTextHandler(io.MultiWriter(t.Output(), &d.log), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	d.server.Start()
	t.Cleanup(func() {
		d.server.Close()
		// The testing package keeps what a cleanup knows until the last test has
		// ended: the pages of a dashboard are too large for that.
		d.server.Config.Handler = nil
	})
	d.Serve(d.URL)
	d.client = newClient(t)
	return d
}

// newClient returns a browser as far as cookies go. It does not follow
// redirects.
func newClient(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{
		Jar: jar, Transport: platform.NewTransport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// as signs a person in.
func (d *dashboard) as(email string) *dashboard {
	d.t.Helper()
	at, err := url.Parse(d.URL)
	if err != nil {
		d.t.Fatal(err)
	}
	d.client.Jar.SetCookies(at, []*http.Cookie{{Name: session.CookieName, Value: d.SignIn(email)}})
	return d
}

// answer is what the dashboard answered.
type answer struct {
	htmltest.Page
	*http.Response
	text string
}

// where is the place that a redirect leads to, within the dashboard if it is.
func (a answer) where() string {
	return strings.TrimPrefix(a.Header.Get("Location"), "http://"+a.Request.URL.Host)
}

func (d *dashboard) do(r *http.Request) answer {
	d.t.Helper()
	res, err := d.client.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer{htmltest.Parse(d.t, string(text)), res, string(text)}
}

func (d *dashboard) request(method, path, body string) *http.Request {
	d.t.Helper()
	r, err := http.NewRequestWithContext(d.t.Context(), method, d.URL+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

func (d *dashboard) get(path string) answer {
	d.t.Helper()
	return d.do(d.request(http.MethodGet, path, ""))
}

// post sends a form as the dashboard's own pages do.
func (d *dashboard) post(path string, form url.Values) answer {
	d.t.Helper()
	r := d.request(http.MethodPost, path, form.Encode())
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return d.do(r)
}

// see gets a page that must be there.
func (d *dashboard) see(path string) answer {
	d.t.Helper()
	a := d.get(path)
	if a.StatusCode != http.StatusOK {
		d.t.Fatalf("%s: %s %s %s", path, a.Status, a.where(), a.Text())
	}
	return a
}

// flash is what the next page says about what was done.
func (d *dashboard) flash(path string) string {
	d.t.Helper()
	return d.see(path).One(htmltest.Hook("flash")).Text()
}

// hook is the selector of a test hook.
func hook(id string, data ...string) string { return htmltest.Hook(id, data...) }

// app is an app as the platform lists it among the installed ones of store 22.
func (d *dashboard) app(t *testing.T, slug string) api.InstalledApp {
	t.Helper()
	installed, err := platform.NewClient(d.Platform.URL, platform.NewTransport()).As(d.SignIn(platformtest.Merchant)).Installations(t.Context(), 22)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range installed {
		if a.App.Slug == slug {
			return a
		}
	}
	t.Fatalf("%s is not installed", slug)
	return api.InstalledApp{}
}

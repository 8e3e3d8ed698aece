package sandboxtest

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// App is an app as the sandbox has registered it.
type App struct {
	Slug              string `json:"slug"`
	ClientID          string `json:"client_id"`
	ClientSecret      string `json:"client_secret"`
	SessionSigningKey string `json:"session_signing_key"`
	WebhookSecret     string `json:"webhook_secret"`
}

// Register registers an app that is served at an address, from the file that
// the app is registered from elsewhere (selorax.app.json): the origin of its
// addresses is replaced.
func (s *Sandbox) Register(file, address string) (a App) {
	s.t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	var registration struct {
		AppURL string `json:"app_url"`
	}
	if err := json.Unmarshal(text, &registration); err != nil {
		s.t.Fatal(err)
	}
	u, err := url.Parse(registration.AppURL)
	if err != nil {
		s.t.Fatal(err)
	}
	here := strings.ReplaceAll(string(text), u.Scheme+"://"+u.Host, address)
	here = strings.Replace(here, `"name": "`, `"name": "Test of `, 1) // the sandbox may have the app itself already
	path := filepath.Join(s.t.TempDir(), "selorax.app.json")
	if err := os.WriteFile(path, []byte(here), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.Run(&a, "app", "create", "--from", path)
	return a
}

// Install installs an app on a store as its merchant would: it begins at the
// app's own address, signs in, agrees, and comes back to the app.
func (s *Sandbox) Install(begin string, storeID int64) {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	authorize := s.follow(browser, begin)
	consent, err := url.Parse(s.follow(browser, authorize))
	if err != nil || consent.Query().Get("request") == "" {
		s.t.Fatalf("%s does not lead to a consent: %v", authorize, err)
	}
	var decided struct {
		RedirectTo string `json:"redirect_to"`
	}
	s.call(s.merchant(storeID), http.MethodPost, "/apps/oauth/requests/"+consent.Query().Get("request")+"/decision",
		map[string]string{"decision": "install"}, &decided)
	s.follow(browser, decided.RedirectTo)
}

// Uninstall uninstalls an app from a store.
func (s *Sandbox) Uninstall(a App) {
	s.t.Helper()
	s.Run(nil, "uninstall", a.Slug)
}

// follow returns where an address leads.
func (s *Sandbox) follow(browser *http.Client, address string) string {
	s.t.Helper()
	resp, err := browser.Get(address)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 3 {
		s.t.Fatalf("%s answers %s and leads nowhere", address, resp.Status)
	}
	return resp.Header.Get("Location")
}

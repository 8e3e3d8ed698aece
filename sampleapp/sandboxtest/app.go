package sandboxtest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"slices"
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
	i := slices.IndexFunc(s.Logins, func(l Login) bool { return slices.Contains(l.StoreIDs, storeID) })
	if i < 0 {
		s.t.Fatalf("nobody may sign in to store %d", storeID)
	}
	var session struct {
		Token string `json:"token"`
	}
	s.post("/auth/login", "", map[string]string{"email": s.Logins[i].Email, "password": s.Logins[i].Password}, &session)
	var decided struct {
		RedirectTo string `json:"redirect_to"`
	}
	s.post("/apps/oauth/requests/"+consent.Query().Get("request")+"/decision", session.Token, map[string]string{"decision": "install"}, &decided)
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

// post calls the platform as somebody who is signed in.
func (s *Sandbox) post(path, session string, body, out any) {
	s.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, s.APIURL+path, bytes.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if session != "" {
		req.Header.Set("x-auth-token", session)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer := struct {
		Message string
		Data    any
	}{Data: out}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || resp.StatusCode/100 != 2 {
		s.t.Fatalf("POST %s: %s: %s %v", path, resp.Status, answer.Message, err)
	}
}

package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
)

func TestSubscriptionsThatAreOff(t *testing.T) {
	t.Parallel()
	off := func(id int64, reason string) api.Subscription {
		return api.Subscription{SubscriptionID: id, EventTopic: api.TopicOrderCreated, DeactivationReason: &reason}
	}
	on := api.Subscription{SubscriptionID: 1, EventTopic: api.TopicOrderCreated, IsActive: true}
	for name, tt := range map[string]struct {
		list        []api.Subscription
		state, text string
	}{
		"none":   {nil, stateOK, "0 subscriptions, all active"},
		"active": {[]api.Subscription{on}, stateOK, "1 subscription, all active"},
		"paused": {[]api.Subscription{on, off(2, api.DeactivatedPaused)}, stateWarning, "paused: 2 of order.created"},
		"failed": {[]api.Subscription{off(2, api.DeactivatedPaused), off(3, api.DeactivatedDead), off(4, api.DeactivatedGone)}, stateProblem,
			"switched off, since the receiver failed: 3 of order.created (dead deliveries), 4 of order.created (gone)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := patient{doctor: &doctor{}}
			p.standing(tt.list)
			got := p.findings[0]
			if got.State != tt.state || got.Text != tt.text {
				t.Errorf("found %s: %s, want %s: %s", got.State, got.Text, tt.state, tt.text)
			}
		})
	}
}

func TestRegistration(t *testing.T) {
	t.Parallel()
	receive := "http://app.localhost/webhooks"
	good := api.App{
		AppID: 3, Name: "Notes", AppURL: "http://app.localhost/app", RedirectURLs: []string{"http://app.localhost/callback"}, IsActive: true, IsListed: true,
		ReviewStatus: api.ReviewApproved, RequestedScopes: api.ScopeSet{api.WriteOrders}, WebhookTopics: []string{api.TopicOrderCreated, api.TopicShopRedact},
		WebhookReceiveURL: &receive,
	}
	for name, tt := range map[string]struct {
		change func(*api.App)
		want   []string // the states of registration, redirect URLs and topics
	}{
		"good":               {func(*api.App) {}, []string{stateOK, stateOK, stateOK}},
		"draft":              {func(a *api.App) { a.ReviewStatus = api.ReviewDraft }, []string{stateWarning, stateOK, stateOK}},
		"suspended":          {func(a *api.App) { a.IsActive = false }, []string{stateProblem, stateOK, stateOK}},
		"no redirect":        {func(a *api.App) { a.RedirectURLs = nil }, []string{stateOK, stateProblem, stateOK}},
		"redirect elsewhere": {func(a *api.App) { a.RedirectURLs = []string{"https://app.localhost/callback"} }, []string{stateOK, stateWarning, stateOK}},
		"no page":            {func(a *api.App) { a.AppURL = "" }, []string{stateOK, stateOK, stateOK}},
		"no topics":          {func(a *api.App) { a.WebhookTopics, a.WebhookReceiveURL = nil, nil }, []string{stateOK, stateOK, stateOK}},
		"no receiver":        {func(a *api.App) { a.WebhookReceiveURL = nil }, []string{stateOK, stateOK, stateProblem}},
		"scope missing":      {func(a *api.App) { a.RequestedScopes = api.ScopeSet{api.ReadStore} }, []string{stateOK, stateOK, stateProblem}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := good
			tt.change(&app)
			p := patient{doctor: &doctor{}, app: app}
			p.registration()
			p.topics()
			var got []string
			for _, f := range p.findings {
				got = append(got, f.State)
				if (f.Do == "") != (f.State == stateOK) {
					t.Errorf("%s is %s, and what to do is %q", f.Check, f.State, f.Do)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("states differ (-want +got):\n%s", diff)
			}
		})
	}
}

// A redirect within the origin is followed, one to elsewhere is not.
func TestPageIsOpenedAsAFrame(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	defer elsewhere.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/app", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/near", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/app", http.StatusFound) })
	mux.HandleFunc("/far", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) })
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	server := httptest.NewServer(mux)
	defer server.Close()
	for path, want := range map[string]string{
		"/app": stateOK, "/near": stateOK, "/far": stateProblem, "/round": stateProblem, "/broken": stateProblem, "/missing": stateProblem,
	} {
		p := patient{
			doctor: &doctor{ready: api.SandboxReady{DashboardURL: "http://admin.selorax.localhost:5080"}},
			app:    api.App{AppURL: server.URL + path}, own: &api.SandboxApp{SessionSigningKey: "key"},
		}
		if err := p.page(); err != nil {
			t.Fatal(err)
		}
		if got := p.findings[0]; got.State != want {
			t.Errorf("%s is %s: %s", path, got.State, got.Text)
		}
	}
}

// A frame's address, signed as OpenSSL would, and one for an app whose key nobody
// has.
func TestFrameURL(t *testing.T) {
	t.Parallel()
	own := &api.SandboxApp{SessionSigningKey: strings.Repeat("k", 64)}
	at := time.Unix(1769839200, 0)
	signed, err := frameURL("http://app.localhost/app?lang=bn", 22, "http://admin.selorax.localhost:5080", own, at)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(signed)
	if err != nil {
		t.Fatal(err)
	}
	const want = "e926e6485e241824b54443bc51f6843de54fb69c878a15b5dd62962abfeb31f0"
	if got := u.Query().Get("hmac"); got != want {
		t.Errorf("hmac is %s, want %s", got, want)
	}
	plain, err := frameURL("http://app.localhost/app?lang=bn", 22, "http://admin.selorax.localhost:5080", nil, at)
	if err != nil || plain != "http://app.localhost/app?lang=bn" {
		t.Errorf("unsigned: %q, %v", plain, err)
	}
}

// A rule that would act on the doctor's own call is left alone.
func TestFaultsThatDisturb(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rule api.NewFault
		want bool
	}{
		"any call":         {api.NewFault{On: api.FaultOnAPI}, true},
		"this app's":       {api.NewFault{On: api.FaultOnAPI, App: "notes", StoreID: 22}, true},
		"another app's":    {api.NewFault{On: api.FaultOnAPI, App: "restock"}, false},
		"another store's":  {api.NewFault{On: api.FaultOnAPI, StoreID: 23}, false},
		"this route":       {api.NewFault{On: api.FaultOnAPI, Route: "GET /api/apps/v1/webhooks"}, true},
		"the path alone":   {api.NewFault{On: api.FaultOnAPI, Route: "/api/apps/v1/webhooks"}, true},
		"another method":   {api.NewFault{On: api.FaultOnAPI, Route: "POST /api/apps/v1/webhooks"}, false},
		"another route":    {api.NewFault{On: api.FaultOnAPI, Route: "/api/apps/v1/orders"}, false},
		"webhook attempts": {api.NewFault{On: api.FaultOnWebhook}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &doctor{storeID: 22, rules: []api.Fault{{FaultID: 4, NewFault: tt.rule}}}
			if f, found := (patient{doctor: d, app: api.App{Slug: "notes"}}).disturbing(); found != tt.want || found && f.FaultID != 4 {
				t.Errorf("disturbing is %v (rule %d), want %v", found, f.FaultID, tt.want)
			}
		})
	}
}

// None of the private addresses is connected to: they are refused before.
func TestPrivateReceivers(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	for address, want := range map[string]bool{
		"http://10.1.2.3:3000/webhooks": true, "http://192.168.1.5/webhooks": true, "https://[fd00::1]/webhooks": true,
		server.URL: false, "http://127.0.0.1:1/webhooks": false,
	} {
		host, got := private(address)
		if got != want || strings.ContainsAny(host, "[]/") || host == "" {
			t.Errorf("%s: host %q, private is %v, want %v", address, host, got, want)
		}
	}
}

// A webhook with a wrong signature has to be refused as such, not somehow.
func TestForgery(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{
		http.StatusBadRequest: stateOK, http.StatusUnauthorized: stateOK, http.StatusForbidden: stateOK,
		http.StatusOK: stateProblem, http.StatusNotFound: stateProblem, http.StatusGone: stateProblem, http.StatusInternalServerError: stateProblem,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		defer server.Close()
		p := patient{doctor: &doctor{storeID: 22}, own: &api.SandboxApp{}}
		if err := p.forgery(server.URL); err != nil {
			t.Fatal(err)
		}
		if got := p.findings[0]; got.State != want {
			t.Errorf("%d is %s: %s", status, got.State, got.Text)
		}
	}
}

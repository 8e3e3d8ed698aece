package install_test

import (
	"net/http"
	"strconv"
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
	"github.com/selorax/sandbox/platform/internal/webhook"
	"github.com/selorax/sandbox/platform/platformtest"
)

const direct = "/api/apps/installations/direct-install"

// register registers an app of the demo developer through the portal.
func register(t *testing.T, p *platformtest.Platform, in map[string]any) api.RegisteredApp {
	t.Helper()
	made := platformtest.Data[api.RegisteredApp](p.Do(http.MethodPost, "/api/apps", platformtest.User(p.Login(platformtest.Developer)), in))
	p.Apps[made.Slug] = credentials.App{ClientID: made.ClientID, ClientSecret: made.ClientSecret}
	return made
}

func TestADeveloperInstallsTheirOwnAppDirectly(t *testing.T) {
	t.Parallel()
	receiver := newReceiver(t)
	p := platformtest.Start(t, platformtest.Config{})
	developer, merchant := platformtest.User(p.Login(platformtest.Developer)), platformtest.User(p.Login(platformtest.FloristMerchant))
	made := register(t, p, map[string]any{
		"name": "Notes", "redirect_urls": []string{"http://localhost/cb"}, "requested_scopes": []string{"read:store"},
		"webhook_receive_url": receiver.URL, "webhook_topics": []string{"app.installed"},
	})
	in := api.DirectInstall{AppID: made.AppID, StoreID: florist}
	if a := p.Do(http.MethodPost, direct, merchant, in); a.Status != http.StatusNotFound {
		t.Errorf("another's draft: %d %s", a.Status, a.Body)
	}
	a := p.Do(http.MethodPost, direct, developer, in)
	installed := platformtest.Data[api.InstalledApp](a)
	if a.Status != http.StatusCreated || installed.Status != api.InstallationActive || installed.GrantedScopes.String() != "read:store" || installed.AppOrigin != "" {
		t.Errorf("%d %+v", a.Status, installed)
	}
	if topic := receiver.next(t); topic != api.TopicAppInstalled {
		t.Errorf("got %s", topic)
	}
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("notes", florist), nil); a.Status != http.StatusOK {
		t.Errorf("its credentials: %d %s", a.Status, a.Body)
	}
	// Again with other scopes: no second installation, the new scopes hold.
	p.Do(http.MethodPut, "/api/apps/3", developer, map[string]any{"requested_scopes": []string{"read:orders"}}).Into(http.StatusOK, &api.Envelope[api.PortalApp]{})
	a = p.Do(http.MethodPost, direct, developer, in)
	again := platformtest.Data[api.InstalledApp](a)
	if a.Status != http.StatusOK || again.InstallationID != installed.InstallationID || again.GrantedScopes.String() != "read:orders" {
		t.Errorf("%d %+v", a.Status, again)
	}
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("notes", florist), nil); a.Code() != api.CodeInsufficientScope {
		t.Errorf("a scope that is gone: %d %s", a.Status, a.Body)
	}
}

func TestDirectInstallRefusals(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	developer, merchant := platformtest.User(p.Login(platformtest.Developer)), platformtest.User(p.Login(platformtest.FloristMerchant))
	for name, c := range map[string]struct {
		header platformtest.Header
		in     api.DirectInstall
		status int
		code   string
	}{
		"another developer's app": {merchant, api.DirectInstall{AppID: 1, StoreID: florist}, 403, api.CodeForbidden},
		"no app":                  {developer, api.DirectInstall{AppID: 99, StoreID: florist}, 404, api.CodeNotFound},
		"another's store":         {merchant, api.DirectInstall{AppID: 1, StoreID: 24}, 404, api.CodeNotFound},
		"no store":                {developer, api.DirectInstall{AppID: 1}, 400, api.CodeValidation},
		"nothing":                 {developer, api.DirectInstall{}, 400, api.CodeValidation},
		"nobody":                  {nil, api.DirectInstall{AppID: 1, StoreID: florist}, 401, api.CodeMissingToken},
	} {
		if a := p.Do(http.MethodPost, direct, c.header, c.in); a.Status != c.status || a.Code() != c.code {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	p.Do(http.MethodPost, "/api/apps/2/review", developer, api.ReviewDecision{Action: "suspend"}).Into(http.StatusOK, &api.Envelope[api.PortalApp]{})
	if a := p.Do(http.MethodPost, direct, developer, api.DirectInstall{AppID: 2, StoreID: florist}); a.Code() != api.CodeConflict {
		t.Errorf("a suspended app: %d %s", a.Status, a.Body)
	}
}

func TestMerchantsInstallThePlatformsOwnAppsDirectly(t *testing.T) {
	t.Parallel()
	d := storetest.New(t)
	dbtest.Exec(t, d, `INSERT INTO account (id, name, email, password_hash, roles, created_ms) VALUES (1, 'M', 'm@example.com', 'x', 'merchant', 1)`)
	apptest.Register(t, d, "ours", "", api.ReadOrders)
	apptest.Register(t, d, "soon", "", api.ReadOrders)
	dbtest.Exec(t, d, `UPDATE app SET review_status = 'in_review' WHERE slug = 'soon'`)
	q := queuetest.New(t, d)
	hooks := &webhook.Service{DB: d, Faults: &fault.Rules{DB: d}, Queue: q}
	hooks.Register()
	s := &install.Service{DB: d, Apps: app.Apps{Box: apptest.Box(t)}, Events: &event.Log{Feed: &event.Feed{}}, Webhooks: hooks}
	server := storetest.Serve(t, s.Routes)
	a := server.Do(storetest.Merchant, http.MethodPost, direct, api.DirectInstall{AppID: 1, StoreID: storetest.Florist})
	if a.Code != http.StatusCreated {
		t.Fatalf("%d %s", a.Code, a.Body)
	}
	server.Do(storetest.Merchant, http.MethodPost, direct, api.DirectInstall{AppID: 2, StoreID: storetest.Florist}).Refusal(http.StatusConflict)
	if topic := dbtest.Value[string](t, d, `SELECT MIN(topic) || COUNT(*) FROM event`); topic != api.TopicAppInstalled+"1" {
		t.Errorf("events: %s", topic)
	}
}

// An app is deleted while it is installed: one of the two is refused.
func TestAnAppIsNeverBothDeletedAndInstalled(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	developer := platformtest.User(p.Login(platformtest.Developer))
	for n := range 6 {
		made := register(t, p, map[string]any{
			"name": "Notes " + strconv.Itoa(n), "redirect_urls": []string{"http://localhost/cb"}, "requested_scopes": []string{"read:store"},
		})
		var deleted, installed int
		var wg sync.WaitGroup
		wg.Go(func() {
			deleted = p.Do(http.MethodDelete, "/api/apps/"+strconv.FormatInt(made.AppID, 10), developer, nil).Status
		})
		wg.Go(func() {
			installed = p.Do(http.MethodPost, direct, developer, api.DirectInstall{AppID: made.AppID, StoreID: florist}).Status
		})
		wg.Wait()
		switch {
		case deleted == http.StatusOK && installed == http.StatusNotFound, deleted == http.StatusConflict && installed == http.StatusCreated:
		default:
			t.Errorf("deleted %d, installed %d", deleted, installed)
		}
	}
	if a := p.Do(http.MethodGet, "/api/apps/installations?store_id=22", developer, nil); a.Status != http.StatusOK {
		t.Errorf("the list: %d %s", a.Status, a.Body)
	}
}

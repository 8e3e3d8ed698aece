package extension_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

const (
	florist int64 = 22
	base          = "/api/apps/extensions/app"
)

type fields = map[string]any

func widget(id string) fields {
	return fields{"extension_id": id, "target": "dashboard.widget", "title": "Low stock", "ui": fields{"type": "Text", "props": fields{"content": "Hello"}},
		"settings_schema": []fields{{"key": "limit", "label": "Limit", "type": "number", "default": 5}}}
}

func set(extensions ...fields) fields {
	return fields{"extensions": append([]fields{}, extensions...), "message": "v"}
}

// client are an app's credentials without a store.
func client(p *platformtest.Platform, slug string) platformtest.Header {
	h := p.Client(slug, florist)
	delete(h, api.HeaderStoreID)
	return h
}

func TestDeployVersionsAndRollback(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("restock", florist)
	for n, prefix := range []string{"/api/apps/extensions/app", "/apps/extensions/app"} {
		got := platformtest.Data[api.Deployed](p.Do(http.MethodPost, prefix+"/deploy", client(p, "restock"), set(widget(fmt.Sprint("w", n)))))
		if diff := cmp.Diff(api.Deployed{Version: n + 1, Deployed: 1, InstallationsUpdated: 1}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", prefix, diff)
		}
	}
	again := platformtest.Data[api.Deployed](p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(widget("w1"))))
	if again.Version != 2 || again.Deployed != 1 {
		t.Errorf("the same set again: %+v", again)
	}
	shown := func() (ids []string) {
		h := platformtest.User(p.Login(platformtest.FloristMerchant))
		for _, e := range platformtest.Data[[]api.PlacedExtension](p.Do(http.MethodGet, "/api/apps/extensions?store_id=22&target=dashboard.widget", h, nil)) {
			ids = append(ids, e.ExtensionID)
			if e.App.Slug != "restock" || string(e.Settings) != `{"limit":5}` || e.Mode != api.ExtensionJSON {
				t.Errorf("got %+v", e)
			}
		}
		return ids
	}
	if diff := cmp.Diff([]string{"w1"}, shown()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	back := platformtest.Data[api.Deployed](p.Do(http.MethodPost, base+"/rollback", client(p, "restock"), fields{"version": 1}))
	if back.Version != 1 || back.InstallationsUpdated != 1 {
		t.Errorf("got %+v", back)
	}
	if diff := cmp.Diff([]string{"w0"}, shown()); diff != "" {
		t.Errorf("after the rollback (-want +got):\n%s", diff)
	}
	versions := platformtest.Data[[]api.ExtensionVersion](p.Do(http.MethodGet, base+"/versions", client(p, "restock"), nil))
	if len(versions) != 2 || versions[0].Version != 1 || !bool(versions[0].Active) || bool(versions[1].Active) {
		t.Errorf("got %+v", versions)
	}
	var list struct {
		AppName string          `json:"appName"`
		Data    []api.Extension `json:"data"`
	}
	p.Do(http.MethodGet, "/apps/extensions/app", client(p, "restock"), nil).Into(http.StatusOK, &list)
	if list.AppName != "Restock" || len(list.Data) != 1 || list.Data[0].ExtensionID != "w0" {
		t.Errorf("got %+v", list)
	}
	if a := p.Do(http.MethodPost, base+"/rollback", client(p, "restock"), fields{"version": 9}); a.Code() != api.CodeValidation {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestWhoMayDeploy(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	tokens := p.Install("restock", florist)
	wrong := client(p, "restock")
	wrong[api.HeaderClientSecret] = "sx_secret_wrong"
	empty := client(p, "restock")
	empty[api.HeaderStoreID] = ""
	for name, c := range map[string]struct {
		h    platformtest.Header
		want string
	}{
		"nobody":         {nil, api.CodeMissingToken},
		"a token":        {platformtest.Bearer(tokens.AccessToken), api.CodeMissingToken},
		"a wrong secret": {wrong, api.CodeInvalidClient},
		"a merchant":     {platformtest.User(p.Login(platformtest.FloristMerchant)), api.CodeMissingToken},
		"an empty store": {empty, ""},
	} {
		if a := p.Do(http.MethodPost, base+"/deploy", c.h, set()); a.Code() != c.want {
			t.Errorf("%s: %d %s, want %q", name, a.Status, a.Body, c.want)
		}
	}
}

func TestARefusedSetChangesNothing(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(widget("good")))
	broken := widget("broken")
	broken["ui"] = fields{"type": "Buton"}
	for name, c := range map[string]struct {
		body any
		want []string
	}{
		"one of two":   {set(widget("good"), broken), []string{`broken.ui.type must be one of the platform's components, not "Buton"; did you mean "Button"?`}},
		"no set":       {fields{"message": "v"}, []string{"extensions is required; an empty list removes all."}},
		"a wrong kind": {fields{"extensions": []fields{{"extension_id": 7}}}, []string{"extensions[0].extension_id must be a string, not a number."}},
	} {
		var refused api.DeployRefused
		p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), c.body).Into(http.StatusBadRequest, &refused)
		if diff := cmp.Diff(c.want, refused.Errors); diff != "" || refused.Code != api.CodeValidation {
			t.Errorf("%s: %+v (-want +got):\n%s", name, refused, diff)
		}
	}
	versions := platformtest.Data[[]api.ExtensionVersion](p.Do(http.MethodGet, base+"/versions", client(p, "restock"), nil))
	if len(versions) != 1 {
		t.Errorf("%d versions, want one", len(versions))
	}
}

func TestDeploysAtOnceGetVersionsOfTheirOwn(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	var wg sync.WaitGroup
	for n := range 10 {
		wg.Go(func() {
			if a := p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(widget(fmt.Sprint("w", n)))); a.Status != http.StatusOK {
				t.Errorf("%d %s", a.Status, a.Body)
			}
		})
	}
	wg.Wait()
	active := 0
	versions := platformtest.Data[[]api.ExtensionVersion](p.Do(http.MethodGet, base+"/versions", client(p, "restock"), nil))
	for n, v := range versions {
		if v.Version != n+1 {
			t.Errorf("version %d comes as number %d", v.Version, n+1)
		}
		if v.Active {
			active++
		}
	}
	if len(versions) != 10 || active != 1 {
		t.Errorf("%d versions, %d active", len(versions), active)
	}
}

// backend is an app's server, which answers as its paths say.
type backend struct {
	*httptest.Server
	got chan *http.Request
}

func newBackend(t *testing.T) *backend {
	b := &backend{got: make(chan *http.Request, 10)}
	mux := http.NewServeMux()
	answer := func(path string, status int, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			text, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(string(text)))
			b.got <- r
			if status/100 == 3 {
				w.Header().Set("Location", "/ok")
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		})
	}
	answer("/ok", 200, `{"update_state":{"low":3},"x":1}`)
	answer("/list", 200, `[1]`)
	answer("/html", 200, `<p>Hello</p>`)
	answer("/large", 200, `{"x":"`+strings.Repeat("y", 256<<10)+`"}`)
	answer("/moved", 302, ``)
	answer("/refuses", 403, `{"message":"Not today."}`)
	answer("/breaks", 500, `oops`)
	b.Server = httptest.NewServer(mux)
	t.Cleanup(b.Close)
	return b
}

// shop is a platform with Restock installed and one extension.
func shop(t *testing.T, appURL string) (*platformtest.Platform, api.Installation, func(fields) platformtest.Answer) {
	p := platformtest.Start(t, platformtest.Config{DemoAppURL: appURL})
	tokens := p.Install("restock", florist)
	w := widget("w")
	w["action_url"] = "/ok"
	p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(w))
	h := platformtest.User(p.Login(platformtest.FloristMerchant))
	call := func(change fields) platformtest.Answer {
		body := fields{"store_id": florist, "installation_id": tokens.InstallationID, "extension_id": "w"}
		for k, v := range change {
			body[k] = v
		}
		return p.Do(http.MethodPost, "/api/apps/extensions/action", h, body)
	}
	return p, api.Installation{InstallationID: tokens.InstallationID, AppID: tokens.AppID}, call
}

func TestACallCarriesASessionTokenAndBringsTheAnswerBack(t *testing.T) {
	t.Parallel()
	app := newBackend(t)
	p, i, call := shop(t, app.URL)
	got := platformtest.Data[json.RawMessage](call(fields{"body": fields{"order_id": 7}}))
	if string(got) != `{"update_state":{"low":3},"x":1}` {
		t.Errorf("got %s", got)
	}
	r := <-app.got
	body, _ := io.ReadAll(r.Body)
	if r.Method != http.MethodPost || string(body) != `{"order_id":7}` || r.Header.Get(api.HeaderExtensionStore) != "22" {
		t.Errorf("%s %s %v", r.Method, body, r.Header)
	}
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	c := p.Apps["restock"]
	verified := platformtest.Data[api.SessionVerified](p.Do(http.MethodPost, "/api/apps/session/verify", nil,
		api.SessionVerifyRequest{SessionToken: token, ClientID: c.ClientID, ClientSecret: c.ClientSecret}))
	if verified.StoreID != florist || verified.InstallationID != i.InstallationID {
		t.Errorf("the token stands for %+v", verified)
	}
	call(fields{"method": "get", "url": "/ok?a=1"})
	if r := <-app.got; r.Method != http.MethodGet || r.URL.RawQuery != "a=1" || r.ContentLength > 0 {
		t.Errorf("%s %s with %d bytes", r.Method, r.URL, r.ContentLength)
	}
}

func TestCallsThatFail(t *testing.T) {
	t.Parallel()
	app := newBackend(t)
	p, i, call := shop(t, app.URL)
	for name, c := range map[string]struct {
		change  fields
		status  int
		code    string
		message string
	}{
		"another origin":      {fields{"url": "http://evil.example/"}, 400, api.CodeValidation, "url"},
		"another host":        {fields{"url": "//evil.example/"}, 400, api.CodeValidation, "url"},
		"a backslash":         {fields{"url": `/\evil.example`}, 400, api.CodeValidation, "url"},
		"a wrong method":      {fields{"method": "TRACE"}, 400, api.CodeValidation, "method"},
		"a list as body":      {fields{"body": []int{1}}, 400, api.CodeValidation, "body"},
		"no such extension":   {fields{"extension_id": "nope"}, 404, api.CodeNotFound, "nope"},
		"no installation":     {fields{"installation_id": 999}, 401, api.CodeNotInstalled, ""},
		"another store":       {fields{"store_id": 23}, 404, api.CodeNotFound, "installation"},
		"somebody else's":     {fields{"store_id": 24}, 404, api.CodeNotFound, "store 24"},
		"a list":              {fields{"url": "/list"}, 502, api.CodeAppBadAnswer, "/list must answer with a JSON object"},
		"a page":              {fields{"url": "/html"}, 502, api.CodeAppBadAnswer, "/html must answer with a JSON object"},
		"too much":            {fields{"url": "/large"}, 502, api.CodeAppBadAnswer, "/large answered with more than 262144 bytes."},
		"a redirect":          {fields{"url": "/moved"}, 502, api.CodeAppError, "/moved answered with a redirect (302), which is not followed."},
		"the app's own words": {fields{"url": "/refuses"}, 502, api.CodeAppError, "/refuses answered 403: Not today."},
		"no words":            {fields{"url": "/breaks"}, 502, api.CodeAppError, "/breaks answered 500."},
	} {
		a := call(c.change)
		if a.Status != c.status || a.Code() != c.code || !strings.Contains(string(a.Body), c.message) {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	app.Close()
	if a := call(nil); a.Status != http.StatusBadGateway || a.Code() != api.CodeAppUnreachable {
		t.Errorf("the app is away: %d %s", a.Status, a.Body)
	}
	p.Uninstall(p.Login(platformtest.FloristMerchant), i.InstallationID)
	if a := call(nil); a.Status != http.StatusUnauthorized || a.Code() != api.CodeNotInstalled {
		t.Errorf("uninstalled: %d %s", a.Status, a.Body)
	}
	placed := p.Do(http.MethodGet, "/api/apps/extensions?store_id=22", platformtest.User(p.Login(platformtest.FloristMerchant)), nil)
	if got := platformtest.Data[[]api.PlacedExtension](placed); len(got) != 0 {
		t.Errorf("an uninstalled app shows %+v", got)
	}
}

// A set may be as large as the limits of its parts allow.
func TestALargeSetIsDeployed(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("restock", florist)
	var large []fields
	for n := range api.MaxExtensions {
		e := widget(fmt.Sprint("w", n))
		e["ui"] = fields{"type": "Text", "props": fields{"content": strings.Repeat("x", 60_000)}}
		large = append(large, e)
	}
	got := platformtest.Data[api.Deployed](p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(large...)))
	if got.Deployed != api.MaxExtensions {
		t.Errorf("got %+v", got)
	}
	large[0]["title"] = strings.Repeat("x", 2*api.MaxExtensions*api.MaxTreeBytes)
	a := p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(large[0]))
	if a.Status != http.StatusRequestEntityTooLarge || a.Code() != api.CodePayloadTooLarge {
		t.Errorf("%d %s", a.Status, a.Code())
	}
}

package extension_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
	"github.com/selorax/sandbox/platform/sdk"
)

const script = "http://localhost:3456/stock;v=1,2.js"

func scripted(id string) fields {
	return fields{"extension_id": id, "target": "order.detail.block", "title": "Stock & more", "mode": "sandbox", "sandbox_url": script + "?a=1"}
}

// sandboxed is a platform on which the florist has an extension of each mode,
// with the placed one of mode sandbox.
func sandboxed(t *testing.T) (*platformtest.Platform, platformtest.Header, api.PlacedExtension) {
	t.Helper()
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("restock", florist)
	p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(scripted("stock"), widget("low")))
	merchant := platformtest.User(p.Login(platformtest.FloristMerchant))
	placed := platformtest.Data[[]api.PlacedExtension](p.Do(http.MethodGet, "/api/apps/extensions?store_id=22", merchant, nil))
	if len(placed) != 2 || placed[1].FrameURL != "" {
		t.Fatalf("placed %+v", placed)
	}
	return p, merchant, placed[0]
}

// The page of a script confines it, and is there while a store shows it.
func TestFrame(t *testing.T) {
	t.Parallel()
	p, merchant, placed := sandboxed(t)
	path := strings.TrimPrefix(placed.FrameURL, p.URL)
	if want := fmt.Sprintf("/sdk/frame/%d/stock/1", placed.InstallationID); path != want {
		t.Errorf("the page is at %s, want %s", path, want)
	}
	a := p.Do(http.MethodGet, path, nil, nil)
	if a.Status != http.StatusOK || !strings.Contains(string(a.Body), `<script src="`+script+`?a=1">`) || !strings.Contains(string(a.Body), "<title>Stock &amp; more</title>") {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	want := "sandbox allow-scripts; default-src 'none'; script-src " + p.URL + "/sdk/ui.js http://localhost:3456/stock%3Bv=1%2C2.js; style-src 'unsafe-inline'; img-src data:; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors " + p.DashboardURL
	if diff := cmp.Diff(want, a.Header.Get("Content-Security-Policy")); diff != "" {
		t.Errorf("policy (-want +got):\n%s", diff)
	}
	for other, status := range map[string]int{
		strings.TrimSuffix(path, "1") + "2":             404,
		strings.Replace(path, "stock", "low", 1):        404,
		strings.Replace(path, "stock", "nothing", 1):    404,
		"/sdk/frame/999999/stock/1":                     401, // as for every installation that is none
		"/sdk/frame/x/stock/1":                          404,
		strings.TrimSuffix(path, "1") + "1%27%3B%20x":   404,
		strings.Replace(path, "/stock/", "/%2e%2e/", 1): 404,
	} {
		if a := p.Do(http.MethodGet, other, nil, nil); a.Status != status {
			t.Errorf("%s: %d %s, want %d", other, a.Status, a.Body, status)
		}
	}
	p.Do(http.MethodPost, fmt.Sprintf("/api/apps/installations/%d/uninstall", placed.InstallationID), merchant, nil)
	if a := p.Do(http.MethodGet, path, nil, nil); a.Status != http.StatusUnauthorized {
		t.Errorf("after the uninstall: %d", a.Status)
	}
}

// A script calls the API as its app would, with the scopes of the installation.
func TestCallAPI(t *testing.T) {
	t.Parallel()
	p, merchant, placed := sandboxed(t)
	call := func(change fields) (platformtest.Answer, api.ExtensionAPIAnswer) {
		in := fields{"store_id": florist, "installation_id": placed.InstallationID, "extension_id": "stock", "path": "/api/apps/v1/orders?limit=2"}
		for k, v := range change {
			in[k] = v
		}
		a := p.Do(http.MethodPost, "/api/apps/extensions/api", merchant, in)
		if a.Status != http.StatusOK {
			return a, api.ExtensionAPIAnswer{}
		}
		return a, platformtest.Data[api.ExtensionAPIAnswer](a)
	}
	_, orders := call(nil)
	var list api.List[api.Order]
	if err := json.Unmarshal(orders.Body, &list); err != nil || orders.Status != http.StatusOK || len(list.Data) != 2 {
		t.Errorf("%d %s", orders.Status, orders.Body)
	}
	product := list.Data[0].OrderID
	_, put := call(fields{"method": "put", "path": fmt.Sprintf("/api/apps/v1/orders/%d/status", product), "body": fields{"status": "never"}})
	if put.Status != http.StatusBadRequest && put.Status != http.StatusForbidden || !strings.Contains(string(put.Body), `"code"`) {
		t.Errorf("a refusal of the API: %d %s", put.Status, put.Body)
	}
	if _, none := call(fields{"path": "/api/apps/v1/discounts"}); none.Status != http.StatusForbidden {
		t.Errorf("without the scope: %d %s", none.Status, none.Body)
	}
	for name, c := range map[string]struct {
		change fields
		status int
		says   string
	}{
		"the control API":         {fields{"path": "/_sandbox/status"}, 400, "must be a path of the API"},
		"a way out":               {fields{"path": "/api/apps/v1/../../auth/me"}, 400, "must be a path of the API"},
		"an encoded way out":      {fields{"path": "/api/apps/v1/%2e%2e/x"}, 400, "must be a path of the API"},
		"another host":            {fields{"path": "http://evil.example/api/apps/v1/orders"}, 400, "must be a path of the API"},
		"another host, short":     {fields{"path": "//evil.example/api/apps/v1/orders"}, 400, "must be a path of the API"},
		"a method that is none":   {fields{"method": "TRACE"}, 400, "must be one of GET"},
		"another store":           {fields{"store_id": 23}, 404, ""},
		"somebody else's store":   {fields{"store_id": 24}, 404, ""},
		"no such installation":    {fields{"installation_id": 999}, 401, ""},
		"no such extension":       {fields{"extension_id": "nothing"}, 404, ""},
		"an extension of JSON":    {fields{"extension_id": "low"}, 400, "must be of an extension of mode sandbox"},
		"a field that is unknown": {fields{"pth": 1}, 200, ""},
	} {
		if a, _ := call(c.change); a.Status != c.status || !strings.Contains(string(a.Body), c.says) {
			t.Errorf("%s: %d %s, want %d", name, a.Status, a.Body, c.status)
		}
	}
}

// A page may ask what is where, without what it is made of. A link into an app
// needs no tree.
func TestPlaces(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("restock", florist)
	link := fields{"extension_id": "link", "target": api.TargetNavigationLink, "title": "Report", "action_url": "/report"}
	p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(scripted("stock"), widget("low"), link))
	merchant := platformtest.User(p.Login(platformtest.FloristMerchant))
	got := platformtest.Data[[]api.ExtensionPlace](p.Do(http.MethodGet, "/api/apps/extensions/places?store_id=22", merchant, nil))
	for n, want := range []string{"stock order.detail.block true", "low dashboard.widget true", "link navigation.link false"} {
		if e := got[n]; fmt.Sprint(e.ExtensionID, " ", e.Target, " ", e.Draws) != want || e.App.Slug != "restock" {
			t.Errorf("got %+v, want %s", e, want)
		}
	}
	for query, status := range map[string]int{"?store_id=24": 404, "": 400} {
		if a := p.Do(http.MethodGet, "/api/apps/extensions/places"+query, merchant, nil); a.Status != status {
			t.Errorf("%q: %d %s", query, a.Status, a.Body)
		}
	}
	delete(link, "action_url")
	if a := p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(link)); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "link.ui is required") {
		t.Errorf("a link that leads nowhere: %d %s", a.Status, a.Body)
	}
}

// Anybody may read what trees may be made of.
func TestListComponents(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	list := platformtest.Data[[]api.Component](p.Do(http.MethodGet, "/api/apps/extensions/components", nil, nil))
	if len(list) != len(api.ExtensionComponents) || list[0].Schema["title"] != list[0].Name {
		t.Errorf("%d components, the first is %+v", len(list), list[0])
	}
}

// Every component has a function in the script for extensions.
func TestComponentFunctions(t *testing.T) {
	t.Parallel()
	for _, name := range api.ExtensionComponents {
		if !strings.Contains(string(sdk.UI()), "'"+name+"'") {
			t.Errorf("ui.js has no %s", name)
		}
	}
}

package extension_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// configurable is an extension with a setting of each type.
func configurable() fields {
	e := widget("low-stock")
	e["settings_schema"] = []fields{
		{"key": "rows", "label": "Rows", "type": "number", "default": 3},
		{"key": "title", "label": "Title", "type": "text", "required": true, "default": "Low"},
		{"key": "on", "label": "On", "type": "toggle", "default": true},
		{"key": "size", "label": "Size", "type": "select", "options": []fields{{"label": "S", "value": "s"}, {"label": "L", "value": "l"}}},
		{"key": "hue", "label": "Hue", "type": "color"},
	}
	return e
}

// settingsPath is where the florist's are.
const settingsPath = "/api/apps/extensions/low-stock/settings?store_id=22"

// configured is a platform on which the florist has that extension.
func configured(t *testing.T) (*platformtest.Platform, platformtest.Header) {
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("restock", florist)
	p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(configurable()))
	return p, platformtest.User(p.Login(platformtest.FloristMerchant))
}

func TestSettings(t *testing.T) {
	t.Parallel()
	p, merchant := configured(t)
	expect := func(want string) {
		t.Helper()
		got := platformtest.Data[api.ExtensionSettings](p.Do(http.MethodGet, settingsPath, merchant, nil))
		if diff := cmp.Diff(want, string(got.Settings)); diff != "" {
			t.Errorf("settings (-want +got):\n%s", diff)
		}
		placed := platformtest.Data[[]api.PlacedExtension](p.Do(http.MethodGet, "/api/apps/extensions?store_id=22", merchant, nil))
		if string(placed[0].Settings) != want {
			t.Errorf("shown with %s, want %s", placed[0].Settings, want)
		}
	}
	put := func(settings any) platformtest.Answer {
		t.Helper()
		return p.Do(http.MethodPut, settingsPath, merchant, fields{"settings": settings})
	}
	expect(`{"on":true,"rows":3,"title":"Low"}`)
	if a := put(fields{"rows": 5.5, "on": false, "size": "l", "hue": "#2A2877"}); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	expect(`{"hue":"#2A2877","on":false,"rows":5.5,"size":"l","title":"Low"}`)
	for field, settings := range map[string]fields{
		"rows": {"rows": "5", "title": "New"}, "rows ": {"rows": json.Number("1e999")}, "on": {"on": "yes"}, "size": {"size": "m"}, "hue": {"hue": "red"}, "title": {"title": " "},
		"other": {"other": 1}, "title ": {"title": strings.Repeat("x", 2001)},
	} {
		a := put(settings)
		if a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), `"settings.`+strings.TrimSpace(field)+`"`) {
			t.Errorf("%v: %d %s", settings, a.Status, a.Body)
		}
	}
	for _, wrong := range []any{nil, 5, []int{1}, "x"} {
		if a := put(wrong); a.Status != http.StatusBadRequest {
			t.Errorf("%v: %d %s", wrong, a.Status, a.Body)
		}
	}
	expect(`{"hue":"#2A2877","on":false,"rows":5.5,"size":"l","title":"Low"}`)
	put(fields{"rows": nil, "hue": nil})
	expect(`{"on":false,"rows":3,"size":"l","title":"Low"}`)

	// A later form takes what still fits.
	later := configurable()
	later["settings_schema"] = []fields{{"key": "size", "label": "Size", "type": "number", "default": 1}, {"key": "on", "label": "On", "type": "toggle"}}
	p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(later))
	expect(`{"on":false,"size":1}`)
}

// Settings belong to an installation of the caller's, and of one app.
func TestWhoseSettings(t *testing.T) {
	t.Parallel()
	p, merchant := configured(t)
	for query, status := range map[string]int{"22&app_id=999": 404, "24": 404, "23": 404, "": 400} {
		a := p.Do(http.MethodGet, strings.TrimSuffix(settingsPath, "22")+query, merchant, nil)
		if a.Status != status {
			t.Errorf("store %q: %d %s", query, a.Status, a.Body)
		}
	}
	p.Install("my-app", florist)
	p.Do(http.MethodPost, base+"/deploy", client(p, "my-app"), set(configurable()))
	if a := p.Do(http.MethodGet, settingsPath, merchant, nil); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "app_id") {
		t.Errorf("two of that name: %d %s", a.Status, a.Body)
	}
	if a := p.Do(http.MethodGet, settingsPath+"&app_id=2", merchant, nil); a.Status != http.StatusOK {
		t.Errorf("my-app's: %d %s", a.Status, a.Body)
	}
}

func TestADefaultFitsItsField(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	e := widget("x")
	e["settings_schema"] = []fields{{"key": "rows", "label": "Rows", "type": "number", "default": "three"}}
	a := p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(e))
	if a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "x.settings_schema[0].default must be a number.") {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

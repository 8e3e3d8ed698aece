package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const lowStock = `{"extension_id": "low-stock", "target": "dashboard.widget", "title": "Low <b>stock</b>", "settings": {"rows": 3, "on": true, "size": "l"}, "settings_schema": [
	{"key": "rows", "label": "Variants shown", "type": "number", "default": 3, "description": "From 1 to 10."},
	{"key": "on", "label": "Show it", "type": "toggle"}, {"key": "size", "label": "Size", "type": "select", "options": [{"label": "Small", "value": "s"}, {"label": "Large", "value": "l"}]},
	{"key": "note", "label": "Note", "type": "textarea"}, {"key": "hue", "label": "Hue", "type": "color"}, {"key": "name", "label": "Name", "type": "text", "required": true}],
	"ui": {"type": "Text", "props": {"content": "x"}}}`

func TestExtensionSettings(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	d.Deploy("restock", lowStock)
	d.Deploy("restock", markAction)
	const page = "/22/settings/apps/restock"
	a := d.see(page)
	if n := a.Count(hook("extension-row")); n != 2 {
		t.Errorf("%d extensions", n)
	}
	if n := a.Count(hook("extension-settings")); n != 1 {
		t.Errorf("%d have settings", n)
	}
	setting := func(key string) string { return hook("setting", "key", key) }
	if v := a.One(setting("rows")).Attr("value"); v != "3" {
		t.Errorf("rows shows %q", v)
	}
	if a.Count(setting("on")+"[checked]") != 1 || a.One("option[selected]").Attr("value") != "l" {
		t.Error("the values are not chosen")
	}
	sent := url.Values{"rows": {"many"}, "size": {"s"}, "note": {"Kept"}, "name": {"N"}}
	refused := d.post(page+"/extensions/low-stock", sent)
	if refused.StatusCode != http.StatusBadRequest || refused.One(hook("setting-error")).Text() != "This must be a number." {
		t.Errorf("%d", refused.StatusCode)
	}
	if refused.One(setting("rows")).Attr("value") != "many" || refused.One(setting("note")).Text() != "Kept" || refused.Count("details[open]") != 1 {
		t.Error("what was written is lost")
	}
	if by := refused.One(setting("rows")).Attr("aria-describedby"); by != "setting-low-stock-rows-hint setting-low-stock-rows-error" {
		t.Errorf("the field is described by %q", by)
	}
	for id, want := range map[string]string{"hint": "From 1 to 10.", "error": "This must be a number."} {
		if text := refused.One("#setting-low-stock-rows-" + id).Text(); text != want {
			t.Errorf("%s: %q", id, text)
		}
	}
	sent.Set("rows", "1234567")
	if saved := d.post(page+"/extensions/low-stock", sent); saved.StatusCode != http.StatusSeeOther {
		t.Errorf("%d", saved.StatusCode)
	}
	put := d.Requests("/api/apps/extensions/low-stock/settings")
	if want := `{"settings":{"hue":null,"name":"N","note":"Kept","on":false,"rows":1234567,"size":"s"}}`; put[len(put)-1].Body != want {
		t.Errorf("sent %s, want %s", put[len(put)-1].Body, want)
	}
	if a := d.see(page); a.One(setting("rows")).Attr("value") != "1234567" || !strings.Contains(a.One(hook("flash")).Text(), "are saved") {
		t.Error("the page does not show what was saved")
	}
	if a := d.post(page+"/extensions/nothing", sent); a.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown extension: %d", a.StatusCode)
	}
}

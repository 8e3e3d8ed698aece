package restock

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// call makes an extension's call as the platform carries it.
func (h *harness) call(name, token, body string) answerTo {
	h.Helper()
	req, err := http.NewRequestWithContext(h.Context(), http.MethodPost, h.url+"/extensions/"+name, strings.NewReader(body))
	if err != nil {
		h.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("X-SeloraX-Store-Id", "23") // says nothing: the token does
	return h.do(req)
}

// directives are what an extension of store 22 is answered.
func (h *harness) directives(name, body string) (d selorax.Directives) {
	h.Helper()
	a := h.call(name, h.session(22), body)
	decoder := json.NewDecoder(strings.NewReader(a.body))
	decoder.DisallowUnknownFields() // the bare object, in no envelope
	if err := decoder.Decode(&d); a.status != http.StatusOK || err != nil {
		h.Fatalf("%s: %d %s, %v", name, a.status, a.body, err)
	}
	return d
}

func TestLowStockWidget(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	want := map[string]any{
		"loaded": true, "low": true, "enough": false, "summary": "2 variants run low",
		"rows": []any{map[string]any{"item": "=Lily", "left": 0.0}, map[string]any{"item": "Rose, White", "left": 2.0}},
	}
	if diff := cmp.Diff(want, h.directives("low-stock", "{}").UpdateState); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMarkForReorder(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.install(23)
	state := func(open bool) map[string]any {
		return map[string]any{
			"loaded": true, "low": true, "enough": false, "open": open, "marked": !open, "summary": "1 variant runs low",
			"rows": []any{map[string]any{"item": "Rose, White", "left": 2.0}},
		}
	}
	const body = `{"order_id":2201}`
	if diff := cmp.Diff(state(true), h.directives("order-stock", body).UpdateState); diff != "" {
		t.Errorf("at first (-want +got):\n%s", diff)
	}
	for n, toast := range []string{"success", "info"} {
		d := h.directives("mark-reorder", body)
		if diff := cmp.Diff(state(false), d.UpdateState); diff != "" || d.ShowToast == nil || d.ShowToast.Type != toast {
			t.Errorf("mark %d: %+v (-want +got):\n%s", n, d.ShowToast, diff)
		}
	}
	if diff := cmp.Diff(state(false), h.directives("order-stock", body).UpdateState); diff != "" {
		t.Errorf("at last (-want +got):\n%s", diff)
	}
	want := []mark{{SKUID: 2212, Name: "Rose", Variant: "White", SKUCode: "S-2212", OrderNumber: "1042", MarkedAt: noon}}
	h.marked(22, want)
	h.marked(23, []mark{})
	for _, path := range []string{"/api/marks/2212", "/api/marks/abc"} {
		h.request(http.MethodDelete, path, 23)
	}
	h.marked(22, want)
	if a := h.request(http.MethodDelete, "/api/marks/2212", 22); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
	h.marked(22, []mark{})
}

// marked fails unless a store's page lists these marks.
func (h *harness) marked(storeID int64, want []mark) {
	h.Helper()
	a := h.request(http.MethodGet, "/api/stock", storeID)
	var got struct {
		Low   []lowVariant
		Marks []mark
	}
	if err := json.Unmarshal([]byte(a.body), &got); a.status != http.StatusOK || err != nil {
		h.Fatalf("%d %s, %v", a.status, a.body, err)
	}
	if diff := cmp.Diff(want, got.Marks); diff != "" || len(got.Low) != 2 {
		h.Errorf("store %d has %d low and the marks (-want +got):\n%s", storeID, len(got.Low), diff)
	}
}

func TestMarksEndWithTheInstallation(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.directives("mark-reorder", `{"order_id":2201}`)
	left := h.tick()
	h.tick()
	h.install(22)
	h.send("gone", "app.uninstalled", 22, left) // late: the store is back
	h.marked(22, []mark{})
	h.directives("mark-reorder", `{"order_id":2201}`)
	h.send("gone again", "app.uninstalled", 22, h.tick())
	h.tick()
	h.install(22)
	h.marked(22, []mark{})
}

func TestExtensionsRefuse(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	old := h.session(22)
	h.pass(11 * time.Minute)
	good := h.session(22)
	for name, test := range map[string]struct {
		token, body string
		status      int
		code        string
	}{
		"no token":                {"", `{"order_id":2201}`, http.StatusUnauthorized, "invalid_token"},
		"another token":           {good + "x", `{"order_id":2201}`, http.StatusUnauthorized, "invalid_token"},
		"an old token":            {old, `{"order_id":2201}`, http.StatusUnauthorized, "expired_token"},
		"another store's order":   {good, `{"order_id":2301}`, http.StatusNotFound, "not_found"},
		"no order":                {good, `{}`, http.StatusBadRequest, "invalid_input"},
		"an order that is none":   {good, `{"order_id":"2201"}`, http.StatusBadRequest, "invalid_input"},
		"a store without Restock": {h.session(24), `{"order_id":2401}`, http.StatusConflict, "not_installed"},
	} {
		for _, extension := range []string{"order-stock", "mark-reorder"} {
			if a := h.call(extension, test.token, test.body); a.status != test.status || !strings.Contains(a.body, `"`+test.code+`"`) {
				t.Errorf("%s, %s: %d %s", extension, name, a.status, a.body)
			}
		}
	}
	if a := h.call("low-stock", old, `{}`); a.status != http.StatusUnauthorized {
		t.Errorf("%d %s", a.status, a.body)
	}
	h.marked(22, []mark{})
}

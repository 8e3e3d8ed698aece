package restock

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// begin starts the app's own flow for store 22 and returns what the platform
// is asked.
func (h *harness) begin() url.Values {
	h.Helper()
	a := h.get("/install?store_id=22")
	to, err := url.Parse(a.header.Get("Location"))
	if err != nil || a.status != http.StatusFound {
		h.Fatalf("%d %s, %v", a.status, a.body, err)
	}
	if got := strings.TrimSuffix(to.String(), "?"+to.RawQuery); got != h.platform.URL+"/api/apps/oauth/authorize" {
		h.Errorf("the merchant is sent to %s", got)
	}
	cookie := a.header.Get("Set-Cookie")
	for _, attribute := range []string{"; HttpOnly", "; SameSite=Lax", "; Path=/oauth/callback", "; Max-Age=600"} {
		if !strings.Contains(cookie, attribute) {
			h.Errorf("the cookie lacks %s: %s", attribute, cookie)
		}
	}
	return to.Query()
}

func (h *harness) callback(q url.Values) answerTo {
	h.Helper()
	return h.get("/oauth/callback?" + q.Encode())
}

func TestOwnFlow(t *testing.T) {
	t.Parallel()
	h := start(t)
	asked := h.begin()
	for name, want := range map[string]string{
		"client_id": clientID, "redirect_uri": h.url + "/oauth/callback", "store_id": "22", "code_challenge_method": "S256",
		"scope": "read:orders,read:products,read:inventory,read:store,write:metafields,billing,manage:messaging",
	} {
		if got := asked.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	a := h.callback(url.Values{"code": {h.platform.grant(22)}, "state": {asked.Get("state")}})
	if a.status != http.StatusSeeOther || a.header.Get("Location") != dashboard+"/22/apps/e/restock" {
		t.Errorf("%d to %s", a.status, a.header.Get("Location"))
	}
	body := h.platform.exchanged
	sum := sha256.Sum256([]byte(body["code_verifier"]))
	if got := base64.RawURLEncoding.EncodeToString(sum[:]); got != asked.Get("code_challenge") {
		t.Error("the verifier does not fit the challenge")
	}
	if body["redirect_uri"] != h.url+"/oauth/callback" || body["client_secret"] != clientSecret {
		t.Errorf("the code was exchanged with %v", body)
	}
	if got := h.overview(22); got.status != http.StatusOK {
		t.Errorf("the app has no access after its install: %d %s", got.status, got.body)
	}
}

func TestStatesDiffer(t *testing.T) {
	t.Parallel()
	h := start(t)
	if one, two := h.begin(), h.begin(); one.Get("state") == two.Get("state") || one.Get("code_challenge") == two.Get("code_challenge") {
		t.Error("two flows share their secrets")
	}
}

func TestCallback(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		own    bool // the browser started a flow here
		query  func(h *harness, asked url.Values) url.Values
		status int
		says   string
	}{
		"from the marketplace": {false, func(h *harness, _ url.Values) url.Values {
			return url.Values{"code": {h.platform.grant(22)}, "state": {"the dashboard's"}}
		}, http.StatusSeeOther, ""},
		"from the marketplace, after a flow of ours was left": {true, func(h *harness, _ url.Values) url.Values {
			return url.Values{"code": {h.platform.grant(22)}, "state": {"the dashboard's"}}
		}, http.StatusSeeOther, ""},
		"another state than ours": {true, func(h *harness, _ url.Values) url.Values {
			return url.Values{"code": {h.platform.grant(22)}, "state": {ownState + "an attacker's"}}
		}, http.StatusBadRequest, "another attempt"},
		"a state of ours in another browser": {false, func(h *harness, _ url.Values) url.Values {
			return url.Values{"code": {h.platform.grant(22)}, "state": {ownState + "an attacker's"}}
		}, http.StatusBadRequest, "another attempt"},
		"no state": {false, func(h *harness, _ url.Values) url.Values {
			return url.Values{"code": {h.platform.grant(22)}}
		}, http.StatusBadRequest, "another attempt"},
		"cancelled": {true, func(_ *harness, asked url.Values) url.Values {
			return url.Values{"error": {"access_denied"}, "state": {asked.Get("state")}}
		}, http.StatusOK, "not installed"},
		"another error": {false, func(*harness, url.Values) url.Values {
			return url.Values{"error": {"server_error"}, "state": {"s"}}
		}, http.StatusBadRequest, "did not go through"},
		"nothing": {false, func(*harness, url.Values) url.Values { return nil }, http.StatusBadRequest, "another attempt"},
		"no code": {false, func(*harness, url.Values) url.Values {
			return url.Values{"state": {"the dashboard's"}}
		}, http.StatusBadRequest, "did not go through"},
		"a code that is none": {false, func(*harness, url.Values) url.Values {
			return url.Values{"code": {"guessed"}, "state": {"s"}}
		}, http.StatusBadRequest, "did not accept the code"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := start(t)
			asked := url.Values{}
			if test.own {
				asked = h.begin()
			}
			a := h.callback(test.query(h, asked))
			if a.status != test.status || !strings.Contains(a.body, test.says) {
				t.Errorf("%d, want %d with %q: %s", a.status, test.status, test.says, a.body)
			}
			want := http.StatusConflict
			if test.status == http.StatusSeeOther {
				want = http.StatusOK
			}
			if got := h.overview(22).status; got != want {
				t.Errorf("afterwards the store's page gets %d, want %d", got, want)
			}
		})
	}
}

// A state is good for one answer.
func TestFlowEndsWithItsAnswer(t *testing.T) {
	t.Parallel()
	h := start(t)
	asked := h.begin()
	h.callback(url.Values{"code": {"guessed"}, "state": {asked.Get("state")}})
	if a := h.callback(url.Values{"code": {h.platform.grant(22)}, "state": {asked.Get("state")}}); a.status != http.StatusBadRequest {
		t.Errorf("a second answer to one flow got %d", a.status)
	}
}

func TestInstallNeedsAStore(t *testing.T) {
	t.Parallel()
	h := start(t)
	for _, query := range []string{"", "?store_id=", "?store_id=0", "?store_id=-3", "?store_id=abc"} {
		if a := h.get("/install" + query); a.status != http.StatusBadRequest {
			t.Errorf("%q gets %d", query, a.status)
		}
	}
}

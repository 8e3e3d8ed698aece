package merchant

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/jwt"
	"github.com/selorax/sandbox/platform/internal/web"
)

func TestTokensThatOpenNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	good := b.login().Token
	now := clock.Machine()
	sign := func(key []byte, c claims) string {
		token, err := jwt.Sign(key, c)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	body := claims{Registered: jwt.Registered{Subject: "1", ID: "x", ExpiresAt: jwt.Date(now.Add(time.Hour))}}
	expired := body
	expired.ExpiresAt = jwt.Date(now.Add(-time.Second))
	for name, c := range map[string]struct{ token, code string }{
		"none":              {"", api.CodeMissingToken},
		"no token":          {"hello", api.CodeInvalidToken},
		"changed":           {good[:len(good)-4] + "AAAA", api.CodeInvalidToken},
		"cut":               {good[:strings.LastIndex(good, ".")+1], api.CodeInvalidToken},
		"of another key":    {sign([]byte("another key, thirty-two bytes ok"), body), api.CodeInvalidToken},
		"expired":           {sign(b.Key, expired), api.CodeInvalidToken},
		"without a session": {sign(b.Key, body), api.CodeSessionRequired},
	} {
		e := refused(t, b.do("GET /api/auth/me", nil, "X-Auth-Token: "+c.token), http.StatusUnauthorized, c.code)
		if !strings.HasSuffix(e.Message, ".") || strings.Contains(e.Message, "eyJ") {
			t.Errorf("%s: message %q", name, e.Message)
		}
	}
}

func TestExpiredSessionsDoNotPileUp(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.login()
	ended := b.login().Token
	b.do("POST /api/auth/logout", nil, "X-Auth-Token: "+ended)
	dbtest.Exec(t, b.DB, `UPDATE session SET expires_ms = $1 WHERE id = 1`, clock.Machine().Add(-time.Second).UnixMilli())
	b.login()
	if n := dbtest.Value[int](t, b.DB, `SELECT COUNT(*) FROM session`); n != 2 {
		t.Errorf("%d sessions, want the ended one and the new one", n)
	}
	refused(t, b.do("GET /api/auth/me", nil, "X-Auth-Token: "+ended), http.StatusUnauthorized, api.CodeSessionRequired)
}

func TestLogoutEndsThisSessionOnly(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first, second := b.login().Token, b.login().Token
	if w := b.do("POST /api/auth/logout", nil, "X-Auth-Token: "+first); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	refused(t, b.do("GET /api/auth/me", nil, "X-Auth-Token: "+first), http.StatusUnauthorized, api.CodeSessionRequired)
	refused(t, b.do("POST /api/auth/logout", nil, "X-Auth-Token: "+first), http.StatusUnauthorized, api.CodeSessionRequired)
	if w := b.do("GET /api/auth/me", nil, "X-Auth-Token: "+second); w.Code != http.StatusOK {
		t.Errorf("the other session: %d %s", w.Code, w.Body)
	}
}

func TestASessionRowThatExpiredIsOver(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	token := b.login().Token
	dbtest.Exec(t, b.DB, `UPDATE session SET expires_ms = $1`, clock.Machine().UnixMilli()-1)
	refused(t, b.do("GET /api/auth/me", nil, "X-Auth-Token: "+token), http.StatusUnauthorized, api.CodeSessionRequired)
}

func TestStoreHeaderMustBeOneOfTheirs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	token := b.login().Token
	for named, want := range map[string]int{"": 200, "22": 200, "23": 200, "24": 404, "99": 404, "abc": 404, "-22": 404} {
		w := b.do("GET /api/auth/me", nil, "X-Auth-Token: "+token, "X-Store-Id: "+named)
		if w.Code != want {
			t.Errorf("X-Store-Id %q: %d %s", named, w.Code, w.Body)
		}
	}
}

func TestCallerOfASession(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	token := "X-Auth-Token: " + b.login().Token
	got := data[web.Caller](t, b.do("GET /api/stores/23/who", nil, token))
	if got.Name != "Farhana Rahman" || got.UserID != 1 || got.SessionID != 1 || got.StoreID != 23 || len(got.Roles) != 2 || len(got.Stores) != 2 || got.IsApp() {
		t.Errorf("got %+v", got)
	}
	refused(t, b.do("GET /api/stores/24/who", nil, token), http.StatusNotFound, api.CodeNotFound)
	refused(t, b.do("GET /api/stores/22/who", nil, token, "X-Store-Id: 23"), http.StatusBadRequest, api.CodeValidation)
	dbtest.Exec(t, b.DB, `DELETE FROM account_store WHERE store_id = 23`)
	refused(t, b.do("GET /api/stores/23/who", nil, token), http.StatusNotFound, api.CodeNotFound) // at once, with the same token
}

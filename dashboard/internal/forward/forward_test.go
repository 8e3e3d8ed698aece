package forward_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/dashboard/internal/forward"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

const origin = "http://admin.selorax.localhost:5080"

// start serves a forwarder in front of a platform.
func start(t *testing.T) (*platformtest.Platform, *httptest.Server) {
	t.Helper()
	p := platformtest.Start(t)
	return p, serve(t, p.URL)
}

func serve(t *testing.T, platformURL string) *httptest.Server {
	t.Helper()
	f, err := forward.New(platformURL, origin, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", f.API)
	mux.HandleFunc("/live", f.Live)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// ask makes a request with a session cookie, unless token is "".
func ask(t *testing.T, method, url, token string, header http.Header, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	if token != "" {
		r.AddCookie(&http.Cookie{Name: session.CookieName, Value: token})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(text)
}

func TestCallsCarryTheSessionAndNothingElse(t *testing.T) {
	t.Parallel()
	p, server := start(t)
	token := p.SignIn(platformtest.Merchant)
	res, body := ask(t, http.MethodGet, server.URL+"/api/auth/me?a=b&c=%2F", token, http.Header{
		"X-Auth-Token": {"forged"}, "Authorization": {"Bearer sx_at_x"}, "X-Client-Id": {"sx_app_x"}, "X-Client-Secret": {"sx_secret_x"},
		"X-Store-Id": {"24"}, "X-Sandbox-Key": {"key"}, "X-Session-Token": {"jwt"}, "X-Forwarded-For": {"10.0.0.1"},
		"Origin": {origin}, "Referer": {origin + "/22"}, "Cookie": {"other=1"}, "X-Requested-With": {"page"},
	}, "")
	if res.StatusCode != http.StatusOK || !strings.Contains(body, platformtest.Merchant) {
		t.Fatalf("%s: %s", res.Status, body)
	}
	got := p.Requests("/api/auth/me")[0]
	if got.URI != "/api/auth/me?a=b&c=%2F" {
		t.Errorf("asked for %s", got.URI)
	}
	for _, name := range []string{"User-Agent", "Accept-Encoding"} {
		got.Header.Del(name)
	}
	if diff := cmp.Diff(http.Header{"X-Auth-Token": {token}, "X-Requested-With": {"page"}}, got.Header); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
}

func TestBodyIsPassedOn(t *testing.T) {
	t.Parallel()
	p, server := start(t)
	p.Install("restock", 22)
	in := `{"app_id":1,"store_id":22}`
	res, body := ask(t, http.MethodPost, server.URL+"/api/apps/session/session-token", p.SignIn(platformtest.Merchant),
		http.Header{"Content-Type": {"application/json"}}, in)
	if res.StatusCode != http.StatusOK || !strings.Contains(body, "token.fresh") {
		t.Errorf("%s: %s", res.Status, body)
	}
	if got := p.Requests("/api/apps/session/session-token")[0]; got.Body != in || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("the platform got %+v", got)
	}
}

// What apps call, and what hands out the session token, is not passed on,
// however its path is written.
func TestWithheldRoutes(t *testing.T) {
	t.Parallel()
	p, server := start(t)
	token := p.SignIn(platformtest.Merchant)
	for _, path := range []string{
		"/api/auth/login", "/api/auth/logout", "/api/auth/LOGIN", "/api/auth/login/", "/api/live", "/api/live?store_id=22",
		"/api/apps/v1/orders", "/api/apps/v1", "/api/apps/oauth/token", "/api/apps/oauth/authorize?client_id=x", "/api/apps/oauth/revoke", "/api/apps/session/verify", "/api/sandbox/clock", "/api/sandbox/clock/advance",
		"/api/auth%2Flogin", "/api/auth%2flogin", "/api/auth/%6cogin", "/api/auth/me%2f..%2flogin", "/api/auth/x%5c..%5clogin", "/api/%2e%2e/_sandbox/status",
	} {
		res, body := ask(t, http.MethodPost, server.URL+path, token, nil, "")
		if res.StatusCode != http.StatusNotFound || !strings.Contains(body, `"code":"not_found"`) {
			t.Errorf("%s: %s %s", path, res.Status, body)
		}
	}
	if asked := p.Requests("/"); len(asked) != 0 {
		t.Errorf("the platform was asked for %+v", asked)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	p, server := start(t)
	token := p.SignIn(platformtest.Merchant)
	for name, test := range map[string]struct {
		token  string
		header http.Header
		status int
		code   string
	}{
		"signed out":       {"", nil, 401, "session_required"},
		"ended session":    {"session.9.9", nil, 401, "session_required"},
		"from a site":      {token, http.Header{"Sec-Fetch-Site": {"cross-site"}}, 403, "forbidden"},
		"from the API":     {token, http.Header{"Sec-Fetch-Site": {"same-site"}}, 403, "forbidden"},
		"from a page":      {token, http.Header{"Sec-Fetch-Site": {"same-origin"}}, 200, ""},
		"typed by someone": {token, http.Header{"Sec-Fetch-Site": {"none"}}, 200, ""},
	} {
		res, body := ask(t, http.MethodGet, server.URL+"/api/auth/me", test.token, test.header, "")
		if res.StatusCode != test.status || test.code != "" && !strings.Contains(body, `"code":"`+test.code+`"`) {
			t.Errorf("%s: %s %s", name, res.Status, body)
		}
	}
}

func TestAnswersSetNoCookies(t *testing.T) {
	t.Parallel()
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Set-Cookie", "x_auth_token=other")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("X-Request-Id", "req_7")
		w.WriteHeader(http.StatusTeapot)
	}))
	t.Cleanup(upstream.Close)
	res, _ := ask(t, http.MethodGet, serve(t, upstream.URL).URL+"/api/auth/me", "token", nil, "")
	if res.StatusCode != http.StatusTeapot || res.Header.Get("X-Request-Id") != "req_7" {
		t.Errorf("got %s %v", res.Status, res.Header)
	}
	for _, name := range []string{"Set-Cookie", "Access-Control-Allow-Origin"} {
		if v := res.Header.Get(name); v != "" {
			t.Errorf("%s: %s", name, v)
		}
	}
}

func TestPlatformAway(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	res, body := ask(t, http.MethodGet, serve(t, gone.URL).URL+"/api/auth/me", "token", nil, "")
	if res.StatusCode != http.StatusBadGateway || !strings.Contains(body, `"code":"try_again"`) {
		t.Errorf("%s: %s", res.Status, body)
	}
}

func TestLiveIsPassedOn(t *testing.T) {
	t.Parallel()
	p, server := start(t)
	token := p.SignIn(platformtest.Merchant)
	p.Tell(22, "order.created")
	p.Tell(22, "order.updated")
	conn, res, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(server.URL, "http")+"/live?store_id=22&after=1&evil=1",
		http.Header{"Origin": {origin}, "Cookie": {session.CookieName + "=" + token}, "X-Auth-Token": {"forged"}})
	if err != nil {
		t.Fatal(err, res)
	}
	defer conn.Close()
	var got struct {
		Seq   int64
		Topic string
	}
	if err := conn.ReadJSON(&got); err != nil || got.Seq != 2 || got.Topic != "order.updated" {
		t.Errorf("%+v, %v", got, err)
	}
	asked := p.Requests("/api/live")[0]
	if asked.URI != "/api/live?after=1&store_id=22" || asked.Header.Get("X-Auth-Token") != token || asked.Header.Get("Cookie") != "" || asked.Header.Get("Origin") != origin {
		t.Errorf("the platform got %+v", asked)
	}
}

func TestLiveRefusals(t *testing.T) {
	t.Parallel()
	p, server := start(t)
	token := p.SignIn(platformtest.Merchant)
	upgrade := http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {"AAAAAAAAAAAAAAAAAAAAAA=="}}
	from := func(origins ...string) http.Header {
		h := upgrade.Clone()
		if origins != nil {
			h["Origin"] = origins
		}
		return h
	}
	for name, test := range map[string]struct {
		header http.Header
		token  string
		status int
	}{
		"plain request":  {http.Header{"Origin": {origin}}, token, 426},
		"no origin":      {from(), token, 403},
		"another site":   {from("http://evil.example"), token, 403},
		"the API's host": {from("http://api.selorax.localhost:5001"), token, 403},
		"another port":   {from("http://admin.selorax.localhost:5081"), token, 403},
		"null":           {from("null"), token, 403},
		"signed out":     {from(origin), "", 401},
		"ended session":  {from(origin), "session.9.9", 401},
	} {
		res, _ := ask(t, http.MethodGet, server.URL+"/live?store_id=22", test.token, test.header, "")
		if res.StatusCode != test.status {
			t.Errorf("%s: %s, want %d", name, res.Status, test.status)
		}
	}
	if n := p.Listeners(); n != 0 {
		t.Errorf("%d connections came about", n)
	}
}

package platform_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// answers serves one answer to every call and keeps the last call.
func answers(t *testing.T, status int, body string) (c *platform.Client, last *http.Request, sent *string) {
	t.Helper()
	last, sent = &http.Request{}, new(string)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		*last, *sent = *r, string(b)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return platform.NewClient(server.URL+"/", platform.NewTransport()), last, sent
}

func TestCallsCarryTheSession(t *testing.T) {
	t.Parallel()
	c, last, sent := answers(t, http.StatusOK, `{"data":{"order_id":7,"order_status":"confirmed"},"status":200}`)
	order, err := c.As("the-token").SetOrderStatus(t.Context(), 22, 7, api.OrderConfirmed)
	if err != nil {
		t.Fatal(err)
	}
	if order.OrderID != 7 || order.OrderStatus != api.OrderConfirmed {
		t.Errorf("got %+v", order)
	}
	if last.Method != http.MethodPut || last.URL.Path != "/api/stores/22/orders/7/status" || last.Header.Get("X-Auth-Token") != "the-token" {
		t.Errorf("sent %s %s with %v", last.Method, last.URL, last.Header)
	}
	if *sent != `{"status":"confirmed"}` || last.Header.Get("Content-Type") != "application/json" {
		t.Errorf("sent %s as %s", *sent, last.Header.Get("Content-Type"))
	}
}

func TestSignInSendsNoToken(t *testing.T) {
	t.Parallel()
	c, last, sent := answers(t, http.StatusOK, `{"data":{"token":"t"}}`)
	login, err := c.SignIn(t.Context(), "a@b.example", "secret")
	if err != nil || login.Token != "t" {
		t.Errorf("got %+v, %v", login, err)
	}
	if last.Header.Get("X-Auth-Token") != "" || *sent != `{"email":"a@b.example","password":"secret"}` {
		t.Errorf("sent %s with %v", *sent, last.Header)
	}
}

func TestListsKeepTheirQuery(t *testing.T) {
	t.Parallel()
	c, last, _ := answers(t, http.StatusOK, `{"data":[],"pagination":{"page":2,"limit":25,"total":30,"total_pages":2}}`)
	list, err := c.As("t").Orders(t.Context(), 22, platform.Query{Page: 2, Limit: 25, Status: "hold", Search: "a&b=c", Sort: "grand_total:asc"})
	if err != nil {
		t.Fatal(err)
	}
	if want := "limit=25&page=2&search=a%26b%3Dc&sort=grand_total%3Aasc&status=hold"; last.URL.RawQuery != want {
		t.Errorf("asked %s, want %s", last.URL.RawQuery, want)
	}
	if diff := cmp.Diff(api.Pagination{Page: 2, Limit: 25, Total: 30, TotalPages: 2}, list.Pagination); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNamesInPathsAreEscaped(t *testing.T) {
	t.Parallel()
	c, last, _ := answers(t, http.StatusOK, `{"data":{}}`)
	if _, err := c.As("t").MarketplaceApp(t.Context(), 22, "../../auth/me?x="); err != nil {
		t.Fatal(err)
	}
	if got := last.URL.EscapedPath(); got != "/api/apps/marketplace/..%2F..%2Fauth%2Fme%3Fx=" {
		t.Errorf("asked %s", got)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for body, signedOut := range map[string]bool{
		`{"message":"Sign in.","code":"session_required"}`:  true,
		`{"message":"No token.","code":"missing_token"}`:    true,
		`{"message":"Wrong.","code":"invalid_credentials"}`: false,
	} {
		c, _, _ := answers(t, http.StatusUnauthorized, body)
		_, err := c.As("t").Account(t.Context())
		refused, ok := platform.Refusal(err)
		if !ok || refused.Status != http.StatusUnauthorized || !platform.IsStatus(err, http.StatusUnauthorized) {
			t.Errorf("%s: %v", body, err)
		}
		if platform.IsSignedOut(err) != signedOut {
			t.Errorf("%s: signed out is %v", body, !signedOut)
		}
	}
}

func TestWhatIsNotThePlatformIsUnreachable(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		body   string
	}{
		{http.StatusBadGateway, "<html>bad gateway</html>"}, {http.StatusOK, "<html>"}, {http.StatusOK, `{"data":"text"}`},
		{http.StatusFound, ""}, {http.StatusInternalServerError, `{"error":"other"}`},
	} {
		c, _, _ := answers(t, test.status, test.body)
		if _, err := c.As("t").Account(t.Context()); !errors.Is(err, platform.ErrUnreachable) {
			t.Errorf("%d %s: %v", test.status, test.body, err)
		}
	}
}

// Names under localhost are loopback here as in browsers; nothing listens is
// unreachable, too.
func TestLocalhostNames(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	named := strings.Replace(server.URL, "127.0.0.1", "api.selorax.localhost", 1)
	if err := platform.NewClient(named, platform.NewTransport()).Ready(t.Context()); err != nil {
		t.Error(err)
	}
	server.Close()
	if err := platform.NewClient(named, platform.NewTransport()).Ready(t.Context()); !errors.Is(err, platform.ErrUnreachable) {
		t.Errorf("got %v", err)
	}
}

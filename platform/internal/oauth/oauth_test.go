package oauth_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

const florist int64 = 22

func restock() platformtest.Authorization {
	return platformtest.Authorization{Slug: "restock", StoreID: florist}
}

func TestBadClientOrRedirectIsAPageNeverARedirect(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	for name, change := range map[string]func(url.Values){
		"unknown client":      func(q url.Values) { q.Set("client_id", "sx_app_nope") },
		"no client":           func(q url.Values) { q.Del("client_id") },
		"two clients":         func(q url.Values) { q.Add("client_id", q.Get("client_id")) },
		"other redirect":      func(q url.Values) { q.Set("redirect_uri", "https://evil.example/cb") },
		"longer redirect":     func(q url.Values) { q.Set("redirect_uri", q.Get("redirect_uri")+"/") },
		"redirect with query": func(q url.Values) { q.Set("redirect_uri", q.Get("redirect_uri")+"?x=1") },
		"redirect as prefix":  func(q url.Values) { q.Set("redirect_uri", strings.TrimSuffix(q.Get("redirect_uri"), "k")) },
		"no redirect":         func(q url.Values) { q.Del("redirect_uri") },
		"two redirects":       func(q url.Values) { q.Add("redirect_uri", "https://evil.example/cb") },
		"other app's":         func(q url.Values) { q.Set("client_id", p.Apps["my-app"].ClientID) },
	} {
		q := p.Query(restock())
		change(q)
		a := p.Do(http.MethodGet, "/api/apps/oauth/authorize?"+q.Encode(), nil, nil)
		if a.Status != http.StatusBadRequest || a.Header.Get("Location") != "" || !strings.Contains(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %s %s", name, a.Status, a.Header.Get("Location"), a.Header.Get("Content-Type"))
		}
	}
}

func TestOtherMistakesGoBackToTheApp(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	for name, c := range map[string]struct {
		change func(url.Values)
		want   string
		says   string
	}{
		"unknown scope":      {func(q url.Values) { q.Set("scope", "read:orders,read:minds") }, "invalid_scope", "read:minds"},
		"unregistered scope": {func(q url.Values) { q.Set("scope", "read:orders,write:customers") }, "invalid_scope", "write:customers"},
		"no scope":           {func(q url.Values) { q.Del("scope") }, "invalid_scope", "scope"},
		"no state":           {func(q url.Values) { q.Del("state") }, "invalid_request", "state"},
		"no store":           {func(q url.Values) { q.Del("store_id") }, "invalid_request", "store_id"},
		"store is text":      {func(q url.Values) { q.Set("store_id", "florist") }, "invalid_request", "store_id"},
		"no such store":      {func(q url.Values) { q.Set("store_id", "99999") }, "invalid_request", "99999"},
		"implicit flow":      {func(q url.Values) { q.Set("response_type", "token") }, "unsupported_response_type", "code"},
		"plain PKCE":         {func(q url.Values) { q.Set("code_challenge", "x"); q.Set("code_challenge_method", "plain") }, "invalid_request", "S256"},
		"short challenge":    {func(q url.Values) { q.Set("code_challenge", "x"); q.Set("code_challenge_method", "S256") }, "invalid_request", "43"},
		"odd challenge": {func(q url.Values) {
			q.Set("code_challenge", strings.Repeat("+", 43))
			q.Set("code_challenge_method", "S256")
		}, "invalid_request", "base64url"},
		"no method":   {func(q url.Values) { q.Set("code_challenge", strings.Repeat("a", 43)) }, "invalid_request", "S256"},
		"scope twice": {func(q url.Values) { q.Add("scope", "read:store") }, "invalid_request", "more than once"},
	} {
		q := p.Query(restock())
		c.change(q)
		a := p.Do(http.MethodGet, "/api/apps/oauth/authorize?"+q.Encode(), nil, nil)
		location, err := url.Parse(a.Header.Get("Location"))
		if err != nil || a.Status != http.StatusFound || !strings.HasPrefix(location.String(), q.Get("redirect_uri")+"?") {
			t.Errorf("%s: %d %s %s", name, a.Status, location, a.Body)
			continue
		}
		got := location.Query()
		if got.Get("error") != c.want || !strings.Contains(got.Get("error_description"), c.says) || got.Get("state") != q.Get("state") {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestInstallFlow(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := p.Login(platformtest.FloristMerchant)
	back := p.Consent(merchant, restock())
	if diff := cmp.Diff([]string{"code", "state"}, keys(back)); diff != "" {
		t.Errorf("the redirect carries (-want +got):\n%s", diff)
	}
	if !strings.HasPrefix(back.Get("code"), api.PrefixAuthCode) || len(back.Get("code")) != len(api.PrefixAuthCode)+64 {
		t.Errorf("code %q", back.Get("code"))
	}
	answer := exchange(p, back.Get("code"), nil)
	var got api.TokenResponse
	answer.Into(http.StatusOK, &got)
	if answer.Header.Get("Cache-Control") != "no-store" {
		t.Error("the token answer may be stored")
	}
	if got.AccessToken != got.Data.AccessToken || got.ExpiresIn != 86400 || got.TokenType != "Bearer" || got.Data.StoreID != florist || got.Status != 200 {
		t.Errorf("got %+v", got)
	}
	if a := p.Do(http.MethodGet, "/api/apps/v1/orders?limit=1", platformtest.Bearer(got.AccessToken), nil); a.Status != http.StatusOK {
		t.Errorf("the token does not work: %d %s", a.Status, a.Body)
	}
	installed := platformtest.Data[[]api.InstalledApp](p.Do(http.MethodGet, "/api/apps/installations?store_id=22", platformtest.User(merchant), nil))
	if len(installed) != 1 || installed[0].InstallationID != got.Data.InstallationID || installed[0].AppOrigin != "http://restock.localhost:1" {
		t.Errorf("got %+v", installed)
	}
}

func keys(q url.Values) (names []string) {
	for _, name := range []string{"code", "error", "state", "store_id"} {
		if q.Has(name) {
			names = append(names, name)
		}
	}
	return names
}

func exchange(p *platformtest.Platform, code string, extra url.Values) platformtest.Answer {
	body := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.Query(restock()).Get("redirect_uri")}}
	for name, values := range extra {
		body[name] = values
	}
	return p.Exchange("restock", body)
}

func TestCancelInstallsNothing(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := p.Login(platformtest.FloristMerchant)
	back := p.Decide(merchant, p.Request(restock()), "cancel")
	if back.Get("error") != "access_denied" || back.Get("state") != "state" || back.Has("code") {
		t.Errorf("got %v", back)
	}
	if list := platformtest.Data[[]api.InstalledApp](p.Do(http.MethodGet, "/api/apps/installations?store_id=22", platformtest.User(merchant), nil)); len(list) != 0 {
		t.Errorf("installed: %+v", list)
	}
}

func TestConsentIsForTheOwnerAndOnce(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	owner, stranger := platformtest.User(p.Login(platformtest.FloristMerchant)), platformtest.User(p.Login(platformtest.CraftsMerchant))
	path := "/api/apps/oauth/requests/" + p.Request(restock())
	for name, c := range map[string]struct {
		header platformtest.Header
		path   string
		want   int
	}{
		"stranger sees nothing": {stranger, path, http.StatusNotFound},
		"nobody":                {nil, path, http.StatusUnauthorized},
		"unknown request":       {owner, "/api/apps/oauth/requests/nope", http.StatusNotFound},
		"owner":                 {owner, path, http.StatusOK},
	} {
		if a := p.Do(http.MethodGet, c.path, c.header, nil); a.Status != c.want {
			t.Errorf("%s: %d, want %d", name, a.Status, c.want)
		}
	}
	if a := p.Do(http.MethodPost, path+"/decision", stranger, api.ConsentDecision{Decision: "install"}); a.Status != http.StatusNotFound {
		t.Errorf("a stranger decided: %d", a.Status)
	}
	if a := p.Do(http.MethodPost, path+"/decision", owner, api.ConsentDecision{Decision: "maybe"}); a.Code() != api.CodeValidation {
		t.Errorf("an unknown decision: %d %s", a.Status, a.Body)
	}
	if a := p.Do(http.MethodPost, path+"/decision", owner, api.ConsentDecision{Decision: "install"}); a.Status != http.StatusOK {
		t.Fatalf("owner: %d %s", a.Status, a.Body)
	}
	if a := p.Do(http.MethodPost, path+"/decision", owner, api.ConsentDecision{Decision: "install"}); a.Code() != api.CodeConflict {
		t.Errorf("decided twice: %d %s", a.Status, a.Body)
	}
}

func TestConsentSaysWhatIsNewAndWhatGoes(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := p.Login(platformtest.FloristMerchant)
	few := restock()
	few.Scope = "read_orders read:store"
	exchange(p, p.Consent(merchant, few).Get("code"), nil).Into(http.StatusOK, &api.TokenResponse{})

	other := restock()
	other.Scope = "read:orders,read:products"
	c := platformtest.Data[api.ConsentRequest](p.Do(http.MethodGet, "/api/apps/oauth/requests/"+p.Request(other), platformtest.User(merchant), nil))
	got := map[api.Scope]bool{}
	for _, s := range c.Scopes {
		got[s.Scope] = bool(s.New)
	}
	if diff := cmp.Diff(map[api.Scope]bool{api.ReadOrders: false, api.ReadProducts: true}, got); diff != "" || !c.AlreadyInstalled {
		t.Errorf("new scopes (-want +got):\n%s", diff)
	}
	if len(c.Removed) != 1 || c.Removed[0].Scope != api.ReadStore {
		t.Errorf("removed: %+v", c.Removed)
	}
}

func TestConsentChangesScopesOfExistingTokens(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := p.Login(platformtest.FloristMerchant)
	first := p.Install("restock", florist)
	status := func(path, token string) int {
		return p.Do(http.MethodGet, path, platformtest.Bearer(token), nil).Status
	}
	narrower := restock()
	narrower.Scope = "read:orders"
	back := p.Consent(merchant, narrower)
	if got := status("/api/apps/v1/store", first.AccessToken); got != http.StatusForbidden {
		t.Errorf("a removed scope still works: %d", got)
	}
	var second api.TokenResponse
	exchange(p, back.Get("code"), nil).Into(http.StatusOK, &second)
	if second.Data.InstallationID != first.InstallationID {
		t.Errorf("a second installation %d", second.Data.InstallationID)
	}
	exchange(p, p.Consent(merchant, restock()).Get("code"), nil).Into(http.StatusOK, &api.TokenResponse{})
	if got := status("/api/apps/v1/store", second.AccessToken); got != http.StatusForbidden {
		t.Errorf("a token was widened: %d", got)
	}
	if got := status("/api/apps/v1/store", first.AccessToken); got != http.StatusOK {
		t.Errorf("the first token lost its scope for good: %d", got)
	}
}

// Two consents are open at once and the later one is narrower: what the older
// code gives has the narrower scopes, also after the merchant widens them.
func TestATokenNeverHasMoreThanItWasIssuedWith(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := p.Login(platformtest.FloristMerchant)
	p.Install("restock", florist)
	narrower := restock()
	narrower.Scope = "read:orders"
	older := p.Consent(merchant, restock()).Get("code")
	p.Consent(merchant, narrower)
	var got api.TokenResponse
	exchange(p, older, nil).Into(http.StatusOK, &got)
	if got.Scope != "read:orders" {
		t.Errorf("issued with %s", got.Scope)
	}
	p.Consent(merchant, restock())
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(got.AccessToken), nil); a.Status != http.StatusForbidden {
		t.Errorf("a token was widened: %d", a.Status)
	}
}

func TestExchangeRefusals(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := p.Login(platformtest.FloristMerchant)
	for name, c := range map[string]struct {
		extra  url.Values
		status int
		want   string
	}{
		"wrong secret":     {url.Values{"client_secret": {"sx_secret_x"}}, 401, "invalid_client"},
		"unknown client":   {url.Values{"client_id": {"sx_app_x"}}, 401, "invalid_client"},
		"other redirect":   {url.Values{"redirect_uri": {"http://restock.localhost:1/other"}}, 400, "invalid_grant"},
		"unknown code":     {url.Values{"code": {"sx_ac_x"}}, 400, "invalid_grant"},
		"no code":          {url.Values{"code": {""}}, 400, "invalid_request"},
		"code twice":       {url.Values{"code": {"a", "b"}}, 400, "invalid_request"},
		"no grant type":    {url.Values{"grant_type": {""}}, 400, "invalid_request"},
		"other grant type": {url.Values{"grant_type": {"password"}}, 400, "unsupported_grant_type"},
		"verifier unasked": {url.Values{"code_verifier": {"x"}}, 400, "invalid_grant"},
	} {
		code := p.Consent(merchant, restock()).Get("code")
		a := exchange(p, code, c.extra)
		var got api.OAuthError
		a.Into(c.status, &got)
		if got.Error != c.want || got.ErrorDescription == "" || got.Message == "" || got.Status != c.status || got.RequestID == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestUnknownParametersAreIgnoredAndJSONWorks(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{Strict: true})
	code := p.Consent(p.Login(platformtest.FloristMerchant), restock()).Get("code")
	c := p.Apps["restock"]
	var got api.TokenResponse
	p.Do(http.MethodPost, "/api/apps/oauth/token", nil, map[string]any{
		"grant_type": "authorization_code", "client_id": c.ClientID, "client_secret": c.ClientSecret, "code": code,
		"redirect_uri": p.Query(restock()).Get("redirect_uri"), "device": map[string]any{"os": "x"},
	}).Into(http.StatusOK, &got)
	if got.AccessToken == "" {
		t.Error("no token")
	}
}

func TestBodyAndAddressAreReadToTheEnd(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	for _, body := range []string{`{}}`, `{} {}`, `{}x`, `{"grant_type":"refresh_token"`, `[]`, `null`, ``} {
		res, err := http.Post(p.URL+"/api/apps/oauth/token", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		var got api.OAuthError
		err = json.NewDecoder(res.Body).Decode(&got)
		_ = res.Body.Close()
		if err != nil || got.Error != "invalid_request" || got.Message != "The body must be one JSON object." {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
	a := p.Do(http.MethodGet, "/api/apps/oauth/authorize?"+p.Query(restock()).Encode()+"&code_challenge=a;b", nil, nil)
	if to := a.Header.Get("Location"); !strings.Contains(to, "/oauth/callback?error=invalid_request") || !strings.Contains(to, "malformed") {
		t.Errorf("%d %s", a.Status, to)
	}
}

func TestParallelExchangeOfOneCode(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	code := p.Consent(p.Login(platformtest.FloristMerchant), restock()).Get("code")
	body := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.Query(restock()).Get("redirect_uri")}}
	statuses := make([]int, 8)
	var wg sync.WaitGroup
	for i := range statuses {
		wg.Go(func() { statuses[i] = p.Exchange("restock", body).Status })
	}
	wg.Wait()
	good := 0
	for _, s := range statuses {
		if s == http.StatusOK {
			good++
		}
	}
	if good != 1 {
		t.Errorf("%d exchanges succeeded: %v", good, statuses)
	}
}

func TestRefreshByBasicAuthentication(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	tokens, c := p.Install("restock", florist), p.Apps["restock"]
	body := strings.NewReader(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {tokens.RefreshToken}}.Encode())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.URL+"/api/apps/oauth/token", body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(url.QueryEscape(c.ClientID), url.QueryEscape(c.ClientSecret))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestRevokeEndsBothTokensAndHidesUnknownOnes(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	tokens, c, other := p.Install("restock", florist), p.Apps["restock"], p.Apps["my-app"]
	revoke := func(id, secret, token string) int {
		return p.Do(http.MethodPost, "/api/apps/oauth/revoke", nil, url.Values{"client_id": {id}, "client_secret": {secret}, "token": {token}}).Status
	}
	store := func() int {
		return p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(tokens.AccessToken), nil).Status
	}
	if got := revoke(other.ClientID, other.ClientSecret, tokens.AccessToken); got != http.StatusOK || store() != http.StatusOK {
		t.Errorf("another app: %d, then %d", got, store())
	}
	if got := revoke(c.ClientID, "wrong", tokens.AccessToken); got != http.StatusUnauthorized || store() != http.StatusOK {
		t.Errorf("wrong secret: %d", got)
	}
	if got := revoke(c.ClientID, c.ClientSecret, "sx_at_nope"); got != http.StatusOK {
		t.Errorf("unknown token: %d", got)
	}
	if got := revoke(c.ClientID, c.ClientSecret, tokens.AccessToken); got != http.StatusOK || store() != http.StatusUnauthorized {
		t.Errorf("own token: %d, then %d", got, store())
	}
	if a := p.Refresh("restock", tokens.RefreshToken); a.Status != http.StatusBadRequest {
		t.Errorf("its refresh token: %d", a.Status)
	}
}

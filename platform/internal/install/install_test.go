package install_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

const florist int64 = 22

// receiver is an app's webhook endpoint.
type receiver struct {
	*httptest.Server
	got chan api.WebhookBody[json.RawMessage]
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{got: make(chan api.WebhookBody[json.RawMessage], 100)}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		var body api.WebhookBody[json.RawMessage]
		text, _ := io.ReadAll(req.Body)
		if json.Unmarshal(text, &body) == nil {
			r.got <- body
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) next(t *testing.T) string {
	t.Helper()
	select {
	case body := <-r.got:
		return body.EventTopic
	case <-time.After(10 * time.Second):
		t.Fatal("no webhook arrived")
		return ""
	}
}

// restockTopics is how many topics Restock follows.
const restockTopics = 14

func TestEveryCredentialDiesWithTheUninstall(t *testing.T) {
	t.Parallel()
	app := newReceiver(t)
	p := platformtest.Start(t, platformtest.Config{DemoAppURL: app.URL})
	merchant := p.Login(platformtest.FloristMerchant)
	tokens := p.Install("restock", florist)
	session := platformtest.Data[api.EmbedParams](p.Do(http.MethodGet, "/api/apps/session/embed-params?app_id=1&store_id=22", platformtest.User(merchant), nil)).SessionToken
	waiting := p.Consent(merchant, platformtest.Authorization{Slug: "restock", StoreID: florist}).Get("code")

	credentials := map[string]platformtest.Header{
		"access token":       platformtest.Bearer(tokens.AccessToken),
		"session token":      platformtest.Bearer(session),
		"client credentials": p.Client("restock", florist),
	}
	for name, h := range credentials {
		if a := p.Do(http.MethodGet, "/api/apps/v1/store", h, nil); a.Status != http.StatusOK {
			t.Fatalf("%s before: %d %s", name, a.Status, a.Body)
		}
	}
	out := p.Uninstall(merchant, tokens.InstallationID)
	if out.Installation.Status != api.InstallationUninstalled || out.Installation.UninstalledAt == nil || out.TokensRevoked != 2 || out.SubscriptionsRemoved != restockTopics {
		t.Errorf("got %+v", out)
	}
	for name, h := range credentials {
		if a := p.Do(http.MethodGet, "/api/apps/v1/store", h, nil); a.Status != http.StatusUnauthorized {
			t.Errorf("%s after: %d %s", name, a.Status, a.Body)
		}
	}
	if a := p.Refresh("restock", tokens.RefreshToken); a.Status != http.StatusUnauthorized {
		t.Errorf("refresh after: %d %s", a.Status, a.Body)
	}
	stale := p.Exchange("restock", url.Values{"grant_type": {"authorization_code"}, "code": {waiting},
		"redirect_uri": {p.Query(platformtest.Authorization{Slug: "restock", StoreID: florist}).Get("redirect_uri")}})
	if stale.Status != http.StatusBadRequest {
		t.Errorf("an open code brought the app back: %d", stale.Status)
	}
	if topic := app.next(t); topic != api.TopicAppUninstalled {
		t.Errorf("got %s, want the farewell", topic)
	}
}

func TestUninstallTwiceAndByStrangers(t *testing.T) {
	t.Parallel()
	app := newReceiver(t)
	p := platformtest.Start(t, platformtest.Config{DemoAppURL: app.URL})
	tokens := p.Install("restock", florist)
	path := "/api/apps/installations/" + strconv.FormatInt(tokens.InstallationID, 10) + "/uninstall"
	stranger, owner := platformtest.User(p.Login(platformtest.CraftsMerchant)), platformtest.User(p.Login(platformtest.FloristMerchant))
	for name, c := range map[string]struct {
		h    platformtest.Header
		want int
	}{"stranger": {stranger, 404}, "nobody": {nil, 401}, "the app": {platformtest.Bearer(tokens.AccessToken), 401}} {
		if a := p.Do(http.MethodPost, path, c.h, nil); a.Status != c.want {
			t.Errorf("%s: %d, want %d", name, a.Status, c.want)
		}
	}
	if a := p.Do(http.MethodPost, path, owner, nil); a.Status != http.StatusOK {
		t.Errorf("owner: %d %s", a.Status, a.Body)
	}
	if a := p.Do(http.MethodPost, path, owner, nil); a.Code() != api.CodeConflict {
		t.Errorf("twice: %d %s", a.Status, a.Body)
	}
}

func TestReinstallKeepsTheIDAndNothingElse(t *testing.T) {
	t.Parallel()
	app := newReceiver(t)
	p := platformtest.Start(t, platformtest.Config{DemoAppURL: app.URL})
	merchant := p.Login(platformtest.FloristMerchant)
	first := p.Install("restock", florist)
	session := func() string {
		return platformtest.Data[api.SessionToken](p.Do(http.MethodPost, "/api/apps/session/session-token",
			platformtest.User(merchant), api.SessionTokenRequest{AppID: first.AppID, StoreID: florist})).SessionToken
	}
	firstSession := session()
	p.Uninstall(merchant, first.InstallationID)
	second := p.Install("restock", florist)
	if second.InstallationID != first.InstallationID {
		t.Errorf("installation %d became %d", first.InstallationID, second.InstallationID)
	}
	for name, c := range map[string]struct {
		token string
		want  int
	}{
		"old access": {first.AccessToken, 401}, "new access": {second.AccessToken, 200},
		"old session": {firstSession, 401}, "new session": {session(), 200},
	} {
		if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(c.token), nil); a.Status != c.want {
			t.Errorf("%s token: %d, want %d", name, a.Status, c.want)
		}
	}
	if a := p.Refresh("restock", first.RefreshToken); a.Status == http.StatusOK {
		t.Error("an old refresh token works again")
	}
	one := platformtest.Data[api.InstalledApp](p.Do(http.MethodGet, "/api/apps/installations/"+strconv.FormatInt(first.InstallationID, 10), platformtest.User(merchant), nil))
	if one.ReinstalledAt == nil || one.UninstalledAt != nil || one.Status != api.InstallationActive {
		t.Errorf("got %+v", one.Installation)
	}
	subs := platformtest.Data[[]api.Subscription](p.Do(http.MethodGet, "/api/apps/webhooks/subscriptions?store_id=22", platformtest.User(merchant), nil))
	if len(subs) != restockTopics {
		t.Errorf("%d subscriptions, want %d", len(subs), restockTopics)
	}
}

func TestRedactFollowsAfter48Hours(t *testing.T) {
	t.Parallel()
	app := newReceiver(t)
	p := platformtest.Start(t, platformtest.Config{DemoAppURL: app.URL})
	merchant := p.Login(platformtest.FloristMerchant)
	p.Uninstall(merchant, p.Install("restock", florist).InstallationID)
	p.Advance(47 * time.Hour)
	p.Advance(2 * time.Hour)
	var topics []string
	for range 2 {
		topics = append(topics, app.next(t))
	}
	if diff := cmp.Diff([]string{api.TopicAppUninstalled, api.TopicShopRedact}, topics); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReinstallStopsTheRedaction(t *testing.T) {
	t.Parallel()
	app := newReceiver(t)
	p := platformtest.Start(t, platformtest.Config{DemoAppURL: app.URL})
	merchant := p.Login(platformtest.FloristMerchant)
	p.Uninstall(merchant, p.Install("restock", florist).InstallationID)
	p.Install("restock", florist)
	p.Advance(100 * time.Hour)
	if topic := app.next(t); topic != api.TopicAppUninstalled {
		t.Errorf("got %s", topic)
	}
	select {
	case body := <-app.got:
		t.Errorf("%s arrived after the reinstall", body.EventTopic)
	default:
	}
}

func TestMarketplaceKnowsWhatIsInstalled(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	h := platformtest.User(p.Login(platformtest.FloristMerchant))
	tokens := p.Install("restock", florist)
	for storeID, want := range map[string]*int64{"22": &tokens.InstallationID, "23": nil} {
		one := platformtest.Data[api.MarketplaceApp](p.Do(http.MethodGet, "/api/apps/marketplace/restock?store_id="+storeID, h, nil))
		if diff := cmp.Diff(want, one.InstallationID); diff != "" {
			t.Errorf("store %s (-want +got):\n%s", storeID, diff)
		}
	}
	onFlorist := platformtest.Header{api.HeaderAuthToken: h[api.HeaderAuthToken], api.HeaderStoreID: "22"}
	if a := p.Do(http.MethodGet, "/api/apps/marketplace", onFlorist, nil); a.Status != http.StatusOK {
		t.Errorf("the store in X-Store-Id: %d %s", a.Status, a.Body)
	}
	for path, want := range map[string]int{
		"/api/apps/marketplace?store_id=24":      404,
		"/api/apps/marketplace":                  400,
		"/api/apps/marketplace/nope?store_id=22": 404,
		"/api/apps/installations?store_id=24":    404,
		"/api/apps/installations/999":            404,
		"/api/apps/installations/abc":            404,
	} {
		if a := p.Do(http.MethodGet, path, h, nil); a.Status != want {
			t.Errorf("%s: %d, want %d", path, a.Status, want)
		}
	}
}

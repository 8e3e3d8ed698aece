package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

func TestCreateAnswersTheRecordAndItsSecretsOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	made := b.create(ada, map[string]any{
		"app_url": "http://notes.localhost:3000/app", "webhook_url": "https://notes.example.com/api/oauth",
		"webhook_receive_url": "https://notes.example.com/hooks", "webhook_topics": []string{"order.created", "order.created"},
		"requested_scopes": []string{"write_orders", "read:store"}, "pricing_type": "usage", "pricing_amount": 2.5, "category": "Orders",
		"metadata": map[string]any{"team": 7}, "is_listed": 1, "developer_email": "ada@example.com",
	})
	want := api.App{
		AppID: 1, AppType: "platform", Name: "Order Notes", Slug: "order-notes", Icon: "http://api.test/media/apps/order-notes.svg",
		Screenshots: []string{}, AppURL: "http://notes.localhost:3000/app", WebhookURL: to("https://notes.example.com/api/oauth"),
		WebhookReceiveURL: to("https://notes.example.com/hooks"), WebhookTopics: []string{"order.created"},
		RedirectURLs: []string{"https://notes.example.com/cb"}, RequestedScopes: api.ScopeSet{api.WriteOrders, api.ReadStore},
		DeveloperName: "Ada", DeveloperEmail: "ada@example.com", PricingType: "usage", PricingAmount: 250, FeePayer: "developer",
		CommissionRate: 0.2, Category: "Orders", Metadata: []byte(`{"team":7}`), ReviewStatus: "draft", ClientID: made.ClientID,
		IsActive: true, CreatedAt: made.CreatedAt, UpdatedAt: made.CreatedAt,
	}
	if diff := cmp.Diff(want, made.App); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !bool(made.Owned) || !strings.HasPrefix(made.ClientID, api.PrefixClientID) || len(made.ClientSecret) != len(api.PrefixClientSecret)+64 ||
		len(made.SessionSigningKey) != 64 || len(made.WebhookSigningSecret) != len(api.PrefixWebhookSecret)+64 {
		t.Errorf("got %+v", made)
	}
	_, again := b.do(ada, http.MethodGet, "/api/apps/1", nil)
	for name, secret := range map[string]string{"client secret": made.ClientSecret, "key": made.SessionSigningKey, "webhook secret": made.WebhookSigningSecret} {
		if strings.Contains(string(again), secret) || strings.Contains(b.log.String(), secret) {
			t.Errorf("the %s is shown again", name)
		}
		for _, column := range []string{"client_secret_hash", "signing_key", "webhook_secret"} {
			if stored := dbtest.Value[[]byte](t, b.db, `SELECT `+column+` FROM app`); strings.Contains(string(stored), secret) {
				t.Errorf("%s holds the %s", column, name)
			}
		}
	}
	if n := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM idempotency_key`); n != 0 {
		t.Errorf("%d answers with secrets were kept", n)
	}
	err := b.db.Read(t.Context(), func(tx *db.Tx) error {
		_, err := b.portal.Apps.Authenticate(tx, made.ClientID, made.ClientSecret)
		return err
	})
	if err != nil {
		t.Errorf("the credentials do not work: %v", err)
	}
}

func to[T any](v T) *T { return &v }

func TestCreateNamesEveryBadField(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	long := make([]string, 11)
	for i := range long {
		long[i] = fmt.Sprintf("https://notes.example.com/%d", i)
	}
	for name, c := range map[string]struct {
		change map[string]any
		field  string
		says   string
	}{
		"short name":         {map[string]any{"name": " a "}, "name", "3 to 255"},
		"long name":          {map[string]any{"name": strings.Repeat("é", 256)}, "name", "255"},
		"name of two lines":  {map[string]any{"name": "Order\nNotes"}, "name", "one line"},
		"no redirect":        {map[string]any{"redirect_urls": []string{}}, "redirect_urls", "1 to 10"},
		"11 redirects":       {map[string]any{"redirect_urls": long}, "redirect_urls", "1 to 10"},
		"redirect twice":     {map[string]any{"redirect_urls": []string{long[0], long[0]}}, "redirect_urls[1]", "twice"},
		"fragment":           {map[string]any{"redirect_urls": []string{"https://a.example/#x"}}, "redirect_urls[0]", "fragment"},
		"empty fragment":     {map[string]any{"redirect_urls": []string{"https://a.example/#"}}, "redirect_urls[0]", "fragment"},
		"wildcard":           {map[string]any{"redirect_urls": []string{"https://*.example/cb"}}, "redirect_urls[0]", "wildcard"},
		"plain http":         {map[string]any{"redirect_urls": []string{"http://a.example/cb"}}, "redirect_urls[0]", "https"},
		"like localhost":     {map[string]any{"app_url": "http://localhost.example"}, "app_url", "https"},
		"other scheme":       {map[string]any{"app_url": "javascript://localhost/%0aalert(1)"}, "app_url", "https://"},
		"no host":            {map[string]any{"app_url": "https:///x"}, "app_url", "whole URL"},
		"path alone":         {map[string]any{"setup_url": "/setup"}, "setup_url", "whole URL"},
		"password":           {map[string]any{"homepage_url": "https://me:pw@a.example"}, "homepage_url", "password"},
		"space":              {map[string]any{"homepage_url": "https://a.example/a b"}, "homepage_url", "whole URL"},
		"too long":           {map[string]any{"app_url": "https://a.example/" + strings.Repeat("x", 2048)}, "app_url", "2048"},
		"hook with query":    {map[string]any{"webhook_url": "https://a.example/h?x=1"}, "webhook_url", "query"},
		"receive":            {map[string]any{"webhook_receive_url": "ftp://a.example"}, "webhook_receive_url", "https"},
		"icon by http":       {map[string]any{"icon": "http://localhost/i.png"}, "icon", "https URL"},
		"icon elsewhere":     {map[string]any{"icon": "/media/products/x.svg"}, "icon", "/media/apps/"},
		"screenshot":         {map[string]any{"screenshots": []string{"x"}}, "screenshots[0]", "whole URL"},
		"no scope":           {map[string]any{"requested_scopes": []string{}}, "requested_scopes", "at least one"},
		"unknown scope":      {map[string]any{"requested_scopes": []string{"read:orders", "read:order"}}, "requested_scopes[1]", "did you mean read:orders?"},
		"unknown topic":      {map[string]any{"webhook_topics": []string{"order.craeted"}}, "webhook_topics[0]", "did you mean order.created?"},
		"slug with space":    {map[string]any{"slug": "my app"}, "slug", "lower-case"},
		"reserved slug":      {map[string]any{"slug": "oauth"}, "slug", "own words"},
		"pricing":            {map[string]any{"pricing_type": "barter"}, "pricing_type", "one of"},
		"negative price":     {map[string]any{"pricing_amount": -1}, "pricing_amount", "negative"},
		"three decimals":     {map[string]any{"pricing_amount": 1.005}, "pricing_amount", "decimal"},
		"fee payer":          {map[string]any{"fee_payer": "nobody"}, "fee_payer", "one of"},
		"commission":         {map[string]any{"commission_rate": 0.51}, "commission_rate", "0.5"},
		"email":              {map[string]any{"developer_email": "Ada <ada@example.com>"}, "developer_email", "address"},
		"metadata too large": {map[string]any{"metadata": strings.Repeat("x", 16<<10)}, "metadata", "16 KiB"},
		"no text":            {map[string]any{"name": 7}, "name", "a string"},
	} {
		e := b.refused(http.StatusBadRequest, ada, http.MethodPost, "/api/apps", fields(c.change))
		if len(e.Errors) != 1 || e.Errors[0].Field != c.field || !strings.Contains(e.Errors[0].Message, c.says) {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if e := b.refused(http.StatusBadRequest, ada, http.MethodPost, "/api/apps", map[string]any{}); len(e.Errors) != 3 {
		t.Errorf("an empty registration: %+v", e.Errors)
	}
	if n := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM app`); n != 0 {
		t.Errorf("%d apps were made", n)
	}
}

func TestGoodAddresses(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	urls := []string{
		"https://notes.example.com", "https://notes.example.com:8443/cb?x=1", "http://localhost/cb", "http://LOCALHOST:3000/cb",
		"http://notes.localhost:3000/cb", "http://127.0.0.1:3000/cb", "https://192.168.1.2/cb", "https://[::1]/cb",
	}
	made := b.create(ada, map[string]any{"redirect_urls": urls, "icon": "https://cdn.example/i.png"})
	if diff := cmp.Diff(urls, made.RedirectURLs); diff != "" || made.Icon != "https://cdn.example/i.png" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSlugsAreUnique(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, want := range map[string]string{"Tea & Co.": "tea-co", "ফুলের দোকান": "my", "OAuth": "oauth-app", "— x —": "x-app"} {
		if got := b.create(ada, map[string]any{"name": name + "  ", "slug": nil}).Slug; got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := b.create(ada, map[string]any{"name": "Tea-Co"}).Slug; got != "tea-co-2" {
		t.Errorf("the second one: %s", got)
	}
	e := b.refused(http.StatusConflict, ben, http.MethodPost, "/api/apps", fields(map[string]any{"slug": "tea-co"}))
	if !strings.Contains(e.Message, "tea-co-3 is free") {
		t.Error(e.Message)
	}
}

func TestManyCreateWithOneSlug(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	statuses := make([]int, 6)
	var wg sync.WaitGroup
	for i := range statuses {
		wg.Go(func() {
			statuses[i], _ = b.do(ada, http.MethodPost, "/api/apps", fields(map[string]any{"slug": "one"}))
		})
	}
	wg.Wait()
	made := 0
	for _, s := range statuses {
		switch s {
		case http.StatusCreated:
			made++
		case http.StatusConflict:
		default:
			t.Errorf("status %d", s)
		}
	}
	if made != 1 {
		t.Errorf("%d apps have the slug", made)
	}
}

func TestOnlyDevelopersOpenThePortal(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.create(ada, nil)
	for _, route := range []string{
		"GET /api/apps", "GET /api/apps/development", "GET /api/apps/review", "POST /api/apps", "GET /api/apps/1", "PUT /api/apps/1",
		"DELETE /api/apps/1", "POST /api/apps/1/submit-for-review", "POST /api/apps/1/review", "POST /api/apps/1/rotate-secret",
		"POST /api/apps/1/generate-signing-key", "POST /api/apps/1/rotate-webhook-secret", "POST /api/apps/1/activate-webhook-secret",
	} {
		method, path, _ := strings.Cut(route, " ")
		if e := b.refused(http.StatusForbidden, merchant, method, path, nil); e.Code != api.CodeForbidden {
			t.Errorf("%s: %+v", route, e)
		}
		b.refused(http.StatusUnauthorized, "nobody", method, path, nil)
	}
}

func TestAppsOfOthersAreNotFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.create(ada, nil)
	for _, route := range []string{
		"GET /api/apps/1", "PUT /api/apps/1", "DELETE /api/apps/1", "POST /api/apps/1/submit-for-review", "POST /api/apps/1/rotate-secret",
		"POST /api/apps/1/generate-signing-key", "POST /api/apps/1/rotate-webhook-secret", "POST /api/apps/1/activate-webhook-secret",
		"GET /api/apps/99", "DELETE /api/apps/99",
	} {
		method, path, _ := strings.Cut(route, " ")
		if e := b.refused(http.StatusNotFound, ben, method, path, map[string]any{}); e.Code != api.CodeNotFound {
			t.Errorf("%s: %+v", route, e)
		}
	}
	b.refused(http.StatusNotFound, ben, http.MethodPost, "/api/apps/1/review", api.ReviewDecision{Action: "approve"})
	get[api.PortalApp](b, ada, http.MethodPost, "/api/apps/1/submit-for-review", nil)
	if seen := get[api.PortalApp](b, ben, http.MethodGet, "/api/apps/1", nil); seen.Owned {
		t.Error("a reviewer owns the app")
	}
	b.refused(http.StatusNotFound, ben, http.MethodPut, "/api/apps/1", map[string]any{"name": "Mine now"})
}

func TestLists(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.create(ada, map[string]any{"name": "Alpha", "category": "Messaging"})
	b.create(ben, map[string]any{"name": "Beta", "is_listed": true, "category": "Messaging"})
	b.create(ben, map[string]any{"name": "Gamma draft"})
	listed, _ := apptest.Register(t, b.db, "shown", "")
	dbtest.Exec(t, b.db, `UPDATE app SET owner_id = 2 WHERE id = $1`, listed.AppID)
	dbtest.Exec(t, b.db, `INSERT INTO app (app_type, name, slug, icon, description, short_description, app_url, webhook_topics, redirect_urls,
		requested_scopes, developer_name, developer_email, pricing_type, pricing_minor, fee_payer, commission_ppm, category, review_status,
		is_listed, is_active, client_id, client_secret_hash, signing_key, webhook_secret, created_ms, updated_ms)
		SELECT 'custom', 'Own', 'own', icon, description, short_description, app_url, webhook_topics, redirect_urls, requested_scopes,
		developer_name, developer_email, pricing_type, pricing_minor, fee_payer, commission_ppm, category, review_status, is_listed,
		is_active, 'c', client_secret_hash, signing_key, webhook_secret, 1, 1 FROM app WHERE slug = 'shown'`)
	names := func(as, path string) string {
		var all []string
		for _, a := range get[[]api.PortalApp](b, as, http.MethodGet, path, nil) {
			all = append(all, a.Name)
		}
		return strings.Join(all, ",")
	}
	for path, want := range map[string]string{
		"/api/apps":                                 "Alpha,App shown",
		"/api/apps?limit=1":                         "Alpha",
		"/api/apps?limit=1&page=2":                  "App shown",
		"/api/apps?search=ALPH":                     "Alpha",
		"/api/apps?category=messaging":              "Alpha",
		"/api/apps?search=nothing%25":               "",
		"/api/apps/development":                     "Alpha",
		"/api/apps/development?category=Other&page": "",
		"/api/apps/review":                          "",
	} {
		if got := names(ada, path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	b.refused(http.StatusBadRequest, ada, http.MethodGet, "/api/apps?page=0", nil)
	get[api.PortalApp](b, ben, http.MethodPost, "/api/apps/2/submit-for-review", nil)
	if got := names(ada, "/api/apps/review"); got != "Beta" {
		t.Errorf("queue: %s", got)
	}
	get[api.PortalApp](b, ada, http.MethodPost, "/api/apps/2/review", api.ReviewDecision{Action: "approve"})
	if got := names(ada, "/api/apps"); got != "Alpha,App shown,Beta" {
		t.Errorf("after the approval: %s", got)
	}
	if got := names(ben, "/api/apps/development"); got != "App shown,Beta,Gamma draft" {
		t.Errorf("ben's: %s", got)
	}
}

func TestUpdateChangesOnlyWhatIsGiven(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	made := b.create(ada, map[string]any{"homepage_url": "https://a.example", "webhook_topics": []string{"order.created"}, "is_listed": true, "metadata": 1})
	changed := get[api.PortalApp](b, ada, http.MethodPut, "/api/apps/1", map[string]any{
		"name": "Notes", "homepage_url": nil, "requested_scopes": []string{"read:customers"}, "icon": made.Icon, "slug": made.Slug,
	})
	want := made.App
	want.Name, want.HomepageURL, want.RequestedScopes, want.UpdatedAt = "Notes", nil, api.ScopeSet{api.ReadCustomers}, changed.UpdatedAt
	if diff := cmp.Diff(want, changed.App); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if icon := dbtest.Value[string](t, b.db, `SELECT icon FROM app`); icon != "/media/apps/order-notes.svg" {
		t.Errorf("the icon is stored as %s", icon)
	}
	for field, value := range map[string]any{"slug": "other", "name": nil, "redirect_urls": nil, "requested_scopes": []string{}, "app_url": "x"} {
		e := b.refused(http.StatusBadRequest, ada, http.MethodPut, "/api/apps/1", map[string]any{"category": "Changed", field: value})
		if len(e.Errors) != 1 || e.Errors[0].Field != field {
			t.Errorf("%s: %+v", field, e)
		}
	}
	if after := get[api.PortalApp](b, ada, http.MethodGet, "/api/apps/1", nil); after.Category != "" {
		t.Error("a refused change was written")
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	made := b.create(ada, nil)
	installationID := apptest.Install(t, b.db, 1, apptest.StoreID, api.ReadOrders)
	if e := b.refused(http.StatusConflict, ada, http.MethodDelete, "/api/apps/1", nil); !strings.Contains(e.Message, "1 store;") {
		t.Error(e.Message)
	}
	dbtest.Exec(t, b.db, `UPDATE installation SET status = 'uninstalled' WHERE id = $1`, installationID)
	get[api.Deleted](b, ada, http.MethodDelete, "/api/apps/1", nil)
	b.refused(http.StatusNotFound, ada, http.MethodGet, "/api/apps/1", nil)
	b.refused(http.StatusNotFound, ada, http.MethodDelete, "/api/apps/1", nil)
	if list := get[[]api.PortalApp](b, ada, http.MethodGet, "/api/apps", nil); len(list) != 0 {
		t.Errorf("still listed: %+v", list)
	}
	err := b.db.Read(t.Context(), func(tx *db.Tx) error {
		if record, err := b.portal.Apps.Record(tx, 1); err != nil || record.Name != made.Name {
			t.Errorf("the record is gone: %v", err)
		}
		_, err := app.Apps{}.Authenticate(tx, made.ClientID, made.ClientSecret)
		return err
	})
	if err == nil {
		t.Error("a deleted app's credentials work")
	}
	if slug := b.create(ada, nil).Slug; slug != "order-notes-2" {
		t.Errorf("the slug came back: %s", slug)
	}
}

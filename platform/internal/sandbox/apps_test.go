package sandbox

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/web"
)

// registered returns a demo app after checking that its credentials work.
func registered(t *testing.T, s *Service, slug string) (a api.App) {
	t.Helper()
	c := s.Credentials.Apps[slug]
	apps := app.Apps{Box: s.Box, PublicURL: "http://api.localhost"}
	err := s.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		if a, err = apps.Authenticate(tx, c.ClientID, c.ClientSecret); err != nil {
			return err
		}
		key, err := app.SigningKey(tx, s.Box, a.AppID)
		if err != nil {
			return err
		}
		hook, err := app.WebhookSecret(tx, s.Box, a.AppID)
		if key != c.SessionSigningKey || hook != c.WebhookSecret {
			t.Errorf("%s does not have the keys of the credentials file", slug)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestDemoAppsAreRegisteredWithTheirCredentials(t *testing.T) {
	t.Parallel()
	s := seeded(t, noon)
	for _, known := range demo.Apps() {
		a := registered(t, s, known.Slug)
		if a.AppID != known.AppID || a.Name != known.Name || !a.IsListed || a.ReviewStatus != "approved" {
			t.Errorf("got %+v", a)
		}
	}
	a := registered(t, s, demo.Restock)
	if a.AppURL != "http://restock.localhost:5010/app" || *a.WebhookReceiveURL != "http://restock.localhost:5010/webhooks/receive" || a.WebhookURL != nil {
		t.Errorf("addresses %+v", a)
	}
	if diff := cmp.Diff([]string{"http://restock.localhost:5010/oauth/callback"}, a.RedirectURLs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := a.RequestedScopes.String(); got != "read:orders,read:products,read:inventory,read:store,write:metafields,billing,manage:messaging" {
		t.Errorf("scopes %s", got)
	}
	if own := registered(t, s, demo.MyApp); own.AppURL != "http://localhost:3000" || len(own.RequestedScopes) != len(api.Scopes()) {
		t.Errorf("got %+v", own)
	}
}

func TestASecondStartSeedsNothingAndMovesTheDemoApp(t *testing.T) {
	t.Parallel()
	s := seeded(t, noon)
	old := "http://restock.localhost:5010/webhooks/receive"
	dbtest.Exec(t, s.DB, `UPDATE shop_order SET note = 'kept' WHERE id = 1001`)
	for id, url := range map[int]string{1: old, 2: "http://elsewhere.test/hook"} {
		dbtest.Exec(t, s.DB, `INSERT INTO subscription (id, app_id, store_id, topic, target_url, is_active, failure_count, created_ms)
			VALUES ($1, 1, 22, 'order.created', $2, 1, 0, 1)`, id, url)
	}
	dbtest.Exec(t, s.DB, `INSERT INTO event (event_id, topic, store_id, created_ms, body) VALUES ('e', 'order.created', 22, 1, '{}')`)
	for id, status := range map[int]string{1: "retrying", 2: "delivered"} {
		dbtest.Exec(t, s.DB, `INSERT INTO delivery (event_id, topic, subscription_id, app_id, store_id, target_url, farewell, status, attempt_count, created_ms, updated_ms)
			VALUES ('e', 'order.created', $1, 1, 22, $2, 0, $3, 1, 1, 1)`, id, old, status)
	}
	s.DemoAppURL = "http://restock.localhost:41234"
	if err := s.EnsureDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	moved := "http://restock.localhost:41234/webhooks/receive"
	for query, want := range map[string]string{
		`SELECT note FROM shop_order WHERE id = 1001`:              "kept",
		`SELECT app_url FROM app WHERE slug = 'restock'`:           "http://restock.localhost:41234/app",
		`SELECT app_url FROM app WHERE slug = 'my-app'`:            "http://localhost:3000",
		`SELECT target_url FROM subscription WHERE id = 1`:         moved,
		`SELECT target_url FROM subscription WHERE id = 2`:         "http://elsewhere.test/hook",
		`SELECT target_url FROM delivery WHERE status='retrying'`:  moved,
		`SELECT target_url FROM delivery WHERE status='delivered'`: old,
	} {
		if got := dbtest.Value[string](t, s.DB, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if n := dbtest.Value[int](t, s.DB, `SELECT COUNT(*) FROM shop_order`); n != 240 {
		t.Errorf("%d orders", n)
	}
}

func TestAForeignCredentialsFileIsRefused(t *testing.T) {
	t.Parallel()
	s := seeded(t, noon)
	other, err := credentials.Ensure(filepath.Join(t.TempDir(), "credentials.json"))
	if err != nil {
		t.Fatal(err)
	}
	s.Credentials = other
	if err := s.EnsureDemo(t.Context()); !errors.Is(err, errForeignCredentials) {
		t.Errorf("got %v", err)
	}
}

func TestADatabaseWithoutTheDemoIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := newService(t, noon)
	dbtest.Exec(t, s.DB, `INSERT INTO store (id, name, email, phone, currency, domain, language, created_ms, updated_ms)
		VALUES (7, 'Own', 'o@example.com', '01700000000', 'BDT', 'own.example', 'en', 1, 1)`)
	if err := s.EnsureDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := dbtest.Value[int](t, s.DB, `SELECT COUNT(*) FROM store`) + dbtest.Value[int](t, s.DB, `SELECT COUNT(*) FROM app`); n != 1 {
		t.Errorf("%d records", n)
	}
}

func TestAFailedSeedLeavesNothing(t *testing.T) {
	t.Parallel()
	s := newService(t, noon)
	dbtest.Full(t, s.DB, "shop_order", "NEW.id = 1200")
	if err := s.EnsureDemo(t.Context()); err == nil {
		t.Fatal("the seed succeeded")
	}
	if n := dbtest.Value[int](t, s.DB, `SELECT COUNT(*) FROM store`) + dbtest.Value[int](t, s.DB, `SELECT COUNT(*) FROM customer`); n != 0 {
		t.Errorf("%d records are left", n)
	}
}

func TestDemoLoginsHaveTheDemoPassword(t *testing.T) {
	t.Parallel()
	s := seeded(t, noon)
	for _, login := range demo.Logins() {
		hash := dbtest.Value[string](t, s.DB, `SELECT password_hash FROM account WHERE email = $1`, login.Email)
		if ok, err := secret.PasswordMatches(demo.Password, hash); !ok || err != nil {
			t.Errorf("%s: %v, %v", login.Email, ok, err)
		}
		if n := dbtest.Value[int](t, s.DB, `SELECT COUNT(*) FROM account_store WHERE account_id = (SELECT id FROM account WHERE email = $1)`, login.Email); n != len(login.StoreIDs) {
			t.Errorf("%s opens %d stores", login.Email, n)
		}
	}
}

// TestEveryPictureOfTheSeedIsDrawn asks for each of them.
func TestEveryPictureOfTheSeedIsDrawn(t *testing.T) {
	t.Parallel()
	s := seeded(t, noon)
	r := web.NewRouter(slog.New(slog.DiscardHandler))
	(&catalog.Service{DB: s.DB}).Routes(r)
	var paths []string
	err := s.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		paths, err = db.All(tx, db.Value[string], `SELECT '/media/' || images FROM variant UNION SELECT icon FROM app`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		w := httptest.NewRecorder()
		r.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if len(paths) < 40 {
		t.Errorf("%d pictures", len(paths))
	}
}

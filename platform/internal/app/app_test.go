package app_test

import (
	"bytes"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/secret"
)

func TestAppRoundTrip(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	apptest.Seed(t, d)
	a, _ := apptest.Register(t, d, "restock", "http://restock.localhost:5010/webhooks/receive", api.ReadOrders, api.ReadStore)
	if a.CommissionRate != 0.2 || a.RequestedScopes.String() != "read:orders,read:store" || !a.IsListed {
		t.Errorf("got %+v", a)
	}
	if want := "http://api.selorax.localhost/media/apps/restock.svg"; a.Icon != want {
		t.Errorf("icon %q, want %q", a.Icon, want)
	}
	if origin := app.Origin(a); origin != "http://restock.localhost:5010" {
		t.Errorf("origin %q", origin)
	}
}

func TestAuthenticate(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	apptest.Seed(t, d)
	_, good := apptest.Register(t, d, "restock", "")
	_, other := apptest.Register(t, d, "other", "")
	_, inactive := apptest.Register(t, d, "inactive", "")
	dbtest.Exec(t, d, `UPDATE app SET is_active = 0 WHERE slug = 'inactive'`)
	apps := app.Apps{Box: apptest.Box(t)}
	for name, c := range map[string]struct{ id, secret, want string }{
		"right":          {good.ClientID, good.ClientSecret, ""},
		"wrong secret":   {good.ClientID, "sx_secret_nope", "Invalid client_secret."},
		"other's secret": {good.ClientID, other.ClientSecret, "Invalid client_secret."},
		"empty secret":   {good.ClientID, "", "Invalid client_secret."},
		"unknown id":     {"sx_app_nope", good.ClientSecret, "Invalid client_id."},
		"inactive app":   {inactive.ClientID, inactive.ClientSecret, "Invalid client_id."},
	} {
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			_, err := apps.Authenticate(tx, c.id, c.secret)
			return err
		})
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (!problem.Is(err, api.CodeInvalidClient) || err.Error() != c.want):
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestSecretsAreNotStoredInPlain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	apptest.Seed(t, d)
	a, c := apptest.Register(t, d, "restock", "")
	box := apptest.Box(t)
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		key, err := app.SigningKey(tx, box, a.AppID)
		if err != nil || key != c.SessionSigningKey {
			t.Errorf("signing key %q, %v", key, err)
		}
		hook, err := app.WebhookSecret(tx, box, a.AppID)
		if err != nil || hook != c.WebhookSecret {
			t.Errorf("webhook secret %q, %v", hook, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for column, plain := range map[string]string{
		"client_secret_hash": c.ClientSecret, "signing_key": c.SessionSigningKey, "webhook_secret": c.WebhookSecret,
	} {
		stored := dbtest.Value[[]byte](t, d, `SELECT `+column+` FROM app`)
		if bytes.Contains(stored, []byte(plain)) {
			t.Errorf("%s holds the plain secret", column)
		}
	}
}

func TestSetURLsTouchesOneAppAndOnlyWhenChanged(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	apptest.Seed(t, d)
	a, _ := apptest.Register(t, d, "restock", "http://restock.localhost:5010/webhooks/receive")
	apptest.Register(t, d, "other", "http://other.localhost/hook")
	for range 2 {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			return app.SetURLs(tx, "restock", "http://r.localhost:1/app", "http://r.localhost:1/hook", []string{"http://r.localhost:1/cb"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		got, err := app.Apps{}.Get(tx, a.AppID)
		if got.AppURL != "http://r.localhost:1/app" || *got.WebhookReceiveURL != "http://r.localhost:1/hook" || got.RedirectURLs[0] != "http://r.localhost:1/cb" {
			t.Errorf("got %+v", got)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM app WHERE app_url LIKE 'http://r.%'`); n != 1 {
		t.Errorf("%d apps changed", n)
	}
}

func TestCheckKeyNoticesAnotherDatabasesKey(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	apptest.Seed(t, d)
	other, err := secret.NewBox(bytes.Repeat([]byte{1}, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	check := func(box *secret.Box) error {
		return d.Read(t.Context(), func(tx *db.Tx) error { return app.CheckKey(tx, box) })
	}
	if err := check(other); err != nil {
		t.Errorf("an empty database fits any key, got %v", err)
	}
	apptest.Register(t, d, "restock", "")
	if err := check(apptest.Box(t)); err != nil {
		t.Errorf("its own key: %v", err)
	}
	if err := check(other); err == nil {
		t.Error("another key was accepted")
	}
}

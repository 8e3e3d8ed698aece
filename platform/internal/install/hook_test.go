package install_test

import (
	"log/slog"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/web"
	"github.com/selorax/sandbox/platform/internal/webhook"
)

// hookBench installs and uninstalls an app; nothing is sent.
type hookBench struct {
	*install.Service
	t   *testing.T
	app api.App
}

func newHookBench(t *testing.T, webhookURL *string) *hookBench {
	d := dbtest.New(t)
	apptest.Seed(t, d)
	a, _ := apptest.Register(t, d, "restock", "http://app.localhost/receive", api.ReadOrders)
	dbtest.Exec(t, d, `UPDATE app SET webhook_url = $1`, webhookURL)
	a.WebhookURL = webhookURL
	q := queuetest.New(t, d)
	tm := &timer.Timer{DB: d, Queue: q}
	hooks := &webhook.Service{DB: d, Faults: &fault.Rules{DB: d}, Box: apptest.Box(t), Queue: q, Timer: tm, Client: http.DefaultClient, Log: slog.New(slog.DiscardHandler)}
	s := &install.Service{DB: d, Apps: app.Apps{Box: apptest.Box(t)}, Events: &event.Log{Feed: &event.Feed{}}, Webhooks: hooks, Timer: tm}
	hooks.Register()
	s.Register(q)
	return &hookBench{Service: s, t: t, app: a}
}

func (b *hookBench) activate() (i api.Installation) {
	b.t.Helper()
	err := b.DB.Write(b.t.Context(), func(tx *db.Tx) (err error) {
		i, err = b.Activate(tx, install.Activation{App: b.app, StoreID: apptest.StoreID, AccountID: apptest.AccountID, Scopes: b.app.RequestedScopes})
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return i
}

// deliveries are the topics and states of what waits to be sent.
func (b *hookBench) deliveries() (list []string) {
	b.t.Helper()
	err := b.DB.Read(b.t.Context(), func(tx *db.Tx) (err error) {
		list, err = db.All(tx, db.Value[string], `SELECT topic || ' ' || status || ' ' || target_url FROM delivery ORDER BY id`)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

func TestInstallAndUninstallTellTheHooks(t *testing.T) {
	t.Parallel()
	url := "http://app.localhost/oauth"
	b := newHookBench(t, &url)
	i := b.activate()
	b.activate() // a re-consent tells nothing
	if diff := cmp.Diff([]string{"hook/token pending http://app.localhost/oauth/token"}, b.deliveries()); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	caller := web.Caller{UserID: apptest.AccountID, Stores: []int64{apptest.StoreID}}
	err := b.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := b.Uninstall(tx, caller, i.InstallationID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b.activate()
	want := []string{
		"hook/token cancelled http://app.localhost/oauth/token",
		"app.uninstalled pending http://app.localhost/receive",
		"hook/revoke pending http://app.localhost/oauth/revoke",
		"hook/token pending http://app.localhost/oauth/token",
	}
	if diff := cmp.Diff(want, b.deliveries()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoWebhookURLNoHook(t *testing.T) {
	t.Parallel()
	b := newHookBench(t, nil)
	b.activate()
	if list := b.deliveries(); len(list) != 0 {
		t.Errorf("told %v", list)
	}
}

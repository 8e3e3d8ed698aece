package install_test

import (
	"log/slog"
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/webhook"
)

// A redaction is owed by its row: it is sent even when its job was lost.
func TestALostRedactionIsPickedUp(t *testing.T) {
	t.Parallel()
	receiver := newReceiver(t)
	d := dbtest.New(t)
	apptest.Seed(t, d)
	a, _ := apptest.Register(t, d, "restock", receiver.URL, api.ReadOrders)
	installationID := apptest.Install(t, d, a.AppID, apptest.StoreID, api.ReadOrders)
	dbtest.Exec(t, d, `UPDATE installation SET status = 'uninstalled', redact_due_ms = 1 WHERE id = $1`, installationID)

	q := queuetest.New(t, d)
	tm := &timer.Timer{DB: d, Queue: q}
	hooks := &webhook.Service{DB: d, Box: apptest.Box(t), Queue: q, Timer: tm, Client: http.DefaultClient, Log: slog.New(slog.DiscardHandler)}
	s := &install.Service{DB: d, Apps: app.Apps{Box: apptest.Box(t)}, Events: &event.Log{Queue: q, Feed: &event.Feed{}}, Webhooks: hooks, Timer: tm}
	hooks.Register()
	s.Register(q)
	for range 2 { // the second one finds nothing left to do
		if err := s.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	queuetest.Run(t, q)
	if topic := receiver.next(t); topic != api.TopicShopRedact {
		t.Errorf("got %s", topic)
	}
	if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM event`); n != 1 {
		t.Errorf("%d redactions, want one", n)
	}
}

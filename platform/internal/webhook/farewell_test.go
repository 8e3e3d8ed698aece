package webhook

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// uninstall does what an uninstall does here: farewells of the topics in
// order, then the subscriptions go.
func (b *bench) uninstall(receiveURL string, topics ...string) (subscriptions, cancelled int) {
	b.t.Helper()
	b.write(func(tx *db.Tx) (err error) {
		for _, topic := range topics {
			if err := b.bidTx(tx, topic, receiveURL); err != nil {
				return err
			}
		}
		subscriptions, cancelled, err = b.RemoveInstallation(tx, b.installation)
		return err
	})
	return subscriptions, cancelled
}

func (b *bench) bidTx(tx *db.Tx, topic, receiveURL string) error {
	rec, err := b.events.Append(tx, event.Event{Topic: topic, StoreID: apptest.StoreID, AppID: &b.app.AppID})
	if err != nil {
		return err
	}
	_, err = b.Farewell(tx, rec, b.installation, b.app.AppID, receiveURL)
	return err
}

func topics(list []received) (names []string) {
	for _, one := range list {
		names = append(names, one.header.Get("X-SeloraX-Webhook-Event"))
	}
	return names
}

func TestUninstallCancelsWhatWaitsAndSaysFarewell(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, answers(http.StatusInternalServerError))
	b.subscribe(r.URL, api.TopicOrderCreated, api.TopicAppUninstalled)
	b.emit()
	b.settle() // one delivery waits for its retry
	subscriptions, cancelled := b.uninstall(r.URL, api.TopicAppUninstalled)
	if subscriptions != 2 || cancelled != 1 {
		t.Errorf("%d subscriptions removed, %d deliveries cancelled", subscriptions, cancelled)
	}
	b.emit()
	b.advance(24 * time.Hour)
	want := slices.Concat([]string{"order.created"}, slices.Repeat([]string{"app.uninstalled"}, 6)) // it keeps its retries
	if diff := cmp.Diff(want, topics(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	list := b.deliveries()
	if len(list) != 2 || list[0].Status != api.DeliveryCancelled || list[1].Status != api.DeliveryDead || !list[1].Farewell {
		t.Errorf("got %+v", list)
	}
	last := r.all()[6]
	if err := verifyPlatform(b.credentials.WebhookSecret, last.header, last.body, time.Now()); err != nil {
		t.Error("the farewell is not signed with the app's secret")
	}
}

func TestFarewellReachesTheReceiveURLWithoutSubscription(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	subscribed, own := newReceiver(t, nil), newReceiver(t, nil)
	b.subscribe(subscribed.URL, api.TopicAppUninstalled)
	b.uninstall(own.URL, api.TopicAppUninstalled)
	b.settle()
	if len(subscribed.all()) != 1 || len(own.all()) != 1 {
		t.Errorf("subscribed %d, receive URL %d", len(subscribed.all()), len(own.all()))
	}
	b.uninstall("", api.TopicShopRedact) // an app without one: nobody is left to tell
	b.settle()
	if n := len(b.deliveries()); n != 2 {
		t.Errorf("%d deliveries, want 2", n)
	}
}

func TestFarewellsGoOutInOrderThoughTheReceiverIsSlow(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	let := make(chan struct{})
	slow := newReceiver(t, held(let, http.StatusOK))
	quick := newReceiver(t, nil)
	b.subscribe(slow.URL, "charge.cancelled", api.TopicAppUninstalled)
	b.merchantSubscribes(apptest.StoreID, quick.URL, api.TopicOrderCreated, secret.New(api.PrefixWebhookSecret))
	b.uninstall(slow.URL, "charge.cancelled", api.TopicAppUninstalled)
	<-slow.arrived
	b.emit()
	<-quick.arrived // others are not held up, and what was queued before them has had its turn
	if diff := cmp.Diff([]string{"charge.cancelled"}, topics(slow.all())); diff != "" {
		t.Errorf("while the first is in flight (-want +got):\n%s", diff)
	}
	if n := b.busy(); n == 0 {
		t.Error("farewells that wait for each other do not count as busy")
	}
	close(let)
	b.settle()
	if diff := cmp.Diff([]string{"charge.cancelled", "app.uninstalled"}, topics(slow.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// One event's farewells to several targets are in order, too.
func TestFarewellsOfOneEventGoOutOneByOne(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL+"/subscribed", api.TopicAppUninstalled)
	b.uninstall(r.URL+"/own", api.TopicAppUninstalled)
	first, second := b.deliveries()[0], b.deliveries()[1]
	if first.NextAttemptAt == nil || second.NextAttemptAt != nil {
		t.Errorf("the second does not wait for the first: %+v, %+v", first, second)
	}
	b.run()
	b.settle()
	if n := len(r.all()); n != 2 {
		t.Errorf("%d sent, want 2", n)
	}
}

// Only first attempts are in order: a failed one does not hold up the rest.
func TestFarewellDoesNotWaitForRetries(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, answers(http.StatusInternalServerError))
	b.uninstall(r.URL, "charge.cancelled", api.TopicAppUninstalled)
	b.settle()
	b.write(func(tx *db.Tx) error { return b.bidTx(tx, api.TopicShopRedact, r.URL) })
	b.settle()
	if diff := cmp.Diff([]string{"charge.cancelled", "app.uninstalled", "shop/redact"}, topics(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFarewellOrderSurvivesRestart(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.uninstall(r.URL, "charge.cancelled", api.TopicAppUninstalled)
	b.loseJobs()
	b.restart()
	b.settle()
	if diff := cmp.Diff([]string{"charge.cancelled", "app.uninstalled"}, topics(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFarewellIsNotRepeatedToAnAppThatCameBack(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicAppUninstalled)
	b.uninstall(r.URL, api.TopicAppUninstalled)
	b.subscribe(r.URL, api.TopicAppUninstalled) // reinstalled before the fan-out ran
	b.run()
	b.settle()
	if n := len(r.all()); n != 1 {
		t.Errorf("told %d times", n)
	}
}

func TestAttemptInFlightMayFinish(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{http.StatusOK: api.DeliveryDelivered, http.StatusBadGateway: api.DeliveryCancelled} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			b := newBench(t).run()
			let := make(chan struct{})
			r := newReceiver(t, held(let, status))
			b.subscribe(r.URL, api.TopicOrderCreated)
			b.emit()
			<-r.arrived
			if _, cancelled := b.uninstall(""); cancelled != 0 {
				t.Errorf("%d cancelled in flight", cancelled)
			}
			close(let)
			b.advance(24 * time.Hour)
			if d := b.only(); d.Status != want || len(d.Attempts) != 1 {
				t.Errorf("got %+v", d)
			}
		})
	}
}

func TestFarewellKeepsItsSecretSealed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	own := secret.New(api.PrefixWebhookSecret)
	b.subscribe("http://app.localhost/hook", api.TopicAppUninstalled)
	dbtest.Exec(t, b.DB, `UPDATE subscription SET secret = $1`, b.Box.Seal(sealSubscription, own))
	b.uninstall("", api.TopicAppUninstalled)
	sealed := dbtest.Value[[]byte](t, b.DB, `SELECT secret FROM delivery`)
	if slices.Equal(sealed, []byte(own)) {
		t.Error("stored in plain")
	}
	if plain, err := b.Box.Open(sealDelivery, sealed); err != nil || plain != own {
		t.Errorf("opened %q, %v", plain, err)
	}
}

func TestSubscribeAppTwiceMakesNoSecond(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	in := AppSubscriptions{
		AppID: b.app.AppID, InstallationID: b.installation, StoreID: apptest.StoreID,
		URL: "http://app.localhost/hook", Topics: []string{api.TopicOrderCreated, api.TopicOrderUpdated, api.TopicOrderCreated},
	}
	for _, want := range []int{2, 0} {
		b.write(func(tx *db.Tx) error {
			made, err := b.SubscribeApp(tx, in)
			if made != want {
				t.Errorf("made %d, want %d", made, want)
			}
			return err
		})
	}
	b.uninstall("")
	b.write(func(tx *db.Tx) error {
		made, err := b.SubscribeApp(tx, in)
		if made != 2 {
			t.Errorf("made %d anew, want 2", made)
		}
		return err
	})
}

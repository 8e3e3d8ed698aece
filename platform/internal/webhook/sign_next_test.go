package webhook

import (
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// While a next secret waits, a receiver may hold either.
func TestDeliveriesAreSignedWithTheNextSecretToo(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	next := secret.New(api.PrefixWebhookSecret)
	dbtest.Exec(t, b.DB, `UPDATE app SET next_webhook_secret = $1, next_webhook_ms = $2`,
		apptest.Box(t).Seal("app.webhook_secret", next), b.start.Add(time.Hour).UnixMilli())
	own := newReceiver(t, nil)
	b.subscribe(own.URL, api.TopicOrderCreated)
	b.emit()
	got := <-own.arrived
	now := time.Now()
	for name, key := range map[string]string{"current": b.credentials.WebhookSecret, "next": next} {
		if err := verifyStandard(key, got.header, got.body, now); err != nil {
			t.Errorf("webhook-signature does not hold the %s secret's: %v", name, got.header["Webhook-Signature"])
		}
	}
	if n := len(strings.Fields(got.header.Get("webhook-signature"))); n != 2 {
		t.Errorf("%d signatures", n)
	}
	if err := verifyPlatform(b.credentials.WebhookSecret, got.header, got.body, now); err != nil {
		t.Error("X-SeloraX-Signature is not the current secret's")
	}
	got.header.Set("X-SeloraX-Signature", got.header.Get("X-SeloraX-Signature-Next"))
	if err := verifyPlatform(next, got.header, got.body, now); err != nil {
		t.Error("X-SeloraX-Signature-Next is not the next secret's")
	}
}

func TestOnlyTheAppsOwnDeliveriesHaveASecondSignature(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	theirs := newReceiver(t, nil)
	b.merchantSubscribes(apptest.StoreID, theirs.URL, api.TopicOrderCreated, secret.New(api.PrefixWebhookSecret))
	ours := newReceiver(t, nil)
	b.subscribe(ours.URL, api.TopicOrderCreated)
	check := func(r *receiver) {
		t.Helper()
		got := <-r.arrived
		if got.header.Get("X-SeloraX-Signature-Next") != "" || strings.Contains(got.header.Get("webhook-signature"), " ") {
			t.Errorf("got %v", got.header)
		}
	}
	b.emit()
	check(theirs)
	check(ours) // no secret waits
	if _, other := apptest.Register(t, b.DB, "other", ""); other == (app.Credentials{}) {
		t.Fatal("no credentials")
	}
	dbtest.Exec(t, b.DB, `UPDATE app SET next_webhook_secret = $1, next_webhook_ms = 1 WHERE slug = 'other'`,
		apptest.Box(t).Seal("app.webhook_secret", "whsec_x"))
	b.emit()
	check(theirs)
	check(ours)
}

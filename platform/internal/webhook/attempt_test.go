package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/dial"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/secret"
)

func TestDeliveryCarriesTheStoredBytesAndBothSignatures(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	rec := b.emit()
	got := <-r.arrived
	b.settle()

	if !bytes.Equal(got.body, rec.Body) {
		t.Errorf("body %s, want %s", got.body, rec.Body)
	}
	d := b.only()
	if len(d.Attempts) != 1 || d.Status != api.DeliveryDelivered || d.NextAttemptAt != nil || *d.Attempts[0].ResponseStatus != 200 {
		t.Fatalf("got %+v", d)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "SeloraX-Webhook/1.0",
		"X-SeloraX-Webhook-Event": "order.created", "X-SeloraX-Webhook-Event-Id": rec.ID,
		"X-SeloraX-Idempotency-Key": rec.ID, "webhook-id": rec.ID, "X-SeloraX-Delivery-Id": d.Attempts[0].ID,
	} {
		if v := got.header.Get(name); v != want {
			t.Errorf("%s: got %q, want %q", name, v, want)
		}
	}
	s := b.subscriptions()[0]
	if s.LastSuccessAt == nil || !s.LastSuccessAt.Equal(b.start) || s.FailureCount != 0 {
		t.Errorf("got %+v", s)
	}
}

func TestReceiverRefusesOtherSecretsAndStaleTimestamps(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	_, stranger := apptest.Register(t, b.DB, "stranger", "")
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	got := <-r.arrived
	now := time.Now()
	changed := bytes.Replace(got.body, []byte(`"order_id":1`), []byte(`"order_id":2`), 1)
	for name, c := range map[string]struct {
		secret string
		body   []byte
		now    time.Time
		ok     bool
	}{
		"right":          {b.credentials.WebhookSecret, got.body, now, true},
		"other secret":   {stranger.WebhookSecret, got.body, now, false},
		"changed body":   {b.credentials.WebhookSecret, changed, now, false},
		"read too late":  {b.credentials.WebhookSecret, got.body, now.Add(tolerance + time.Minute), false},
		"clock far back": {b.credentials.WebhookSecret, got.body, now.Add(-tolerance - time.Minute), false},
	} {
		if err := verifyPlatform(c.secret, got.header, c.body, c.now); (err == nil) != c.ok {
			t.Errorf("%s, platform scheme: %v", name, err)
		}
		if err := verifyStandard(c.secret, got.header, c.body, c.now); (err == nil) != c.ok {
			t.Errorf("%s, Standard Webhooks: %v", name, err)
		}
	}
}

func TestSignatureKeepsMachineTimeWhenTheClockMoves(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.advance(90 * 24 * time.Hour)
	b.emit()
	got := <-r.arrived
	if err := verifyPlatform(b.credentials.WebhookSecret, got.header, got.body, time.Now()); err != nil {
		t.Errorf("platform scheme: %v", err)
	}
	if err := verifyStandard(b.credentials.WebhookSecret, got.header, got.body, time.Now()); err != nil {
		t.Errorf("Standard Webhooks: %v", err)
	}
	var body api.WebhookBody[json.RawMessage]
	if err := json.Unmarshal(got.body, &body); err != nil {
		t.Fatal(err)
	}
	if want := b.start.AddDate(0, 0, 90); !body.Timestamp.Equal(want) {
		t.Errorf("the event happened at %v, want business time %v", body.Timestamp, want)
	}
}

func TestMerchantSubscriptionHasItsOwnSecret(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	own := secret.New(api.PrefixWebhookSecret)
	b.merchantSubscribes(apptest.StoreID, r.URL, api.TopicOrderCreated, own)
	b.emit()
	got := <-r.arrived
	if err := verifyPlatform(own, got.header, got.body, time.Now()); err != nil {
		t.Error("not signed with the subscription's own secret")
	}
}

func TestRedirectIsAFailureAndNotFollowed(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	elsewhere := newReceiver(t, nil)
	r := newReceiver(t, func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, elsewhere.URL, http.StatusTemporaryRedirect)
	})
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	b.settle()
	d := b.only()
	if d.Status != api.DeliveryRetrying || *d.Attempts[0].ResponseStatus != 307 || len(elsewhere.all()) != 0 {
		t.Errorf("got %+v, %d requests elsewhere", d, len(elsewhere.all()))
	}
}

func TestNoAnswerInTime(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"nothing at all": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"half an answer": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusOK)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.Client.Timeout = 100 * time.Millisecond
			b.run()
			b.subscribe(newReceiver(t, answer).URL, api.TopicOrderCreated)
			b.emit()
			b.settle()
			d := b.only()
			if d.Status != api.DeliveryRetrying || d.Attempts[0].Error == nil || *d.Attempts[0].Error != "no complete answer within 100ms" {
				t.Errorf("got %+v", d)
			}
		})
	}
}

func TestAttemptThatCannotBeMadeFails(t *testing.T) {
	t.Parallel()
	closed := newReceiver(t, nil)
	closed.Close()
	for name, c := range map[string]struct{ url, want string }{
		"nobody listens": {closed.URL, "connection refused"},
		"no URL":         {"http://[broken", "missing ']' in host"},
		"private":        {"http://10.255.255.1:9/", "--allow-webhook-hosts"},
		"link-local":     {"http://169.254.169.254/latest", "--allow-webhook-hosts"},
		"mapped private": {"http://[::ffff:10.0.0.1]:9/", "--allow-webhook-hosts"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t).run()
			b.subscribe(c.url, api.TopicOrderCreated)
			b.emit()
			b.settle()
			d := b.only()
			reason := *d.Attempts[0].Error
			if d.Status != api.DeliveryRetrying || d.Attempts[0].ResponseStatus != nil || !strings.Contains(reason, c.want) {
				t.Errorf("%s: got %+v", reason, d)
			}
			if strings.Contains(reason, "http://") {
				t.Errorf("the reason tells the URL: %s", reason)
			}
		})
	}
}

// 0.0.0.0 is refused like a private address, and reaches this host when it is
// allowed.
func TestRefusedAddressIsReachedWhenItsHostIsAllowed(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	for want, allowed := range map[string][]string{api.DeliveryRetrying: nil, api.DeliveryDelivered: {"0.0.0.0"}} {
		b := newBench(t)
		b.Client = dial.Dialer{AllowHosts: allowed}.Client(AttemptTimeout)
		t.Cleanup(b.Client.CloseIdleConnections)
		b.run()
		b.subscribe(strings.Replace(r.URL, "127.0.0.1", "0.0.0.0", 1), api.TopicOrderCreated)
		b.emit()
		b.settle()
		if d := b.only(); d.Status != want {
			t.Errorf("allowed %v: got %+v", allowed, d)
		}
	}
	if n := len(r.all()); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}

func TestLongAnswerIsCut(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil { // for ever, were it read to its end
			_, _ = w.Write(bytes.Repeat([]byte("x"), 1<<10))
		}
	})
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	b.settle()
	d := b.only()
	if d.Status != api.DeliveryDelivered || d.Attempts[0].ResponseBody != strings.Repeat("x", 20_000) {
		t.Errorf("%s with %d bytes kept", d.Status, len(d.Attempts[0].ResponseBody))
	}
}

func TestManyResponseHeadersAreCut(t *testing.T) {
	t.Parallel()
	h := http.Header{}
	for i := range 100 {
		h.Set("X-"+strconv.Itoa(i), strings.Repeat("v", 1000))
	}
	if text := headersJSON(h); len(*text) > maxHeaders+1000 || !json.Valid([]byte(*text)) {
		t.Errorf("%d bytes", len(*text))
	}
}

func TestEqualJobsSendOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	job := b.pending()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := b.attempt(t.Context(), job); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := b.attempt(t.Context(), Attempt{job.DeliveryID, 2}); err != nil { // it is delivered: no second
		t.Error(err)
	}
	if n := len(r.all()); n != 1 || b.only().AttemptCount != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestFanOutHappensOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.subscribe("http://app.localhost/hook", api.TopicOrderCreated)
	seq := b.emit().Seq
	for range 3 {
		b.write(func(tx *db.Tx) error { return b.fanOutOne(tx, seq) })
	}
	b.only()
}

func TestShutdownInTheMiddleIsNoAttempt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	let := make(chan struct{})
	r := newReceiver(t, held(let, http.StatusOK))
	b.subscribe(r.URL, api.TopicOrderCreated)
	job := b.pending()

	ctx, cancel := context.WithCancel(t.Context())
	wait := inBackground(ctx, func(ctx context.Context) error { return b.attempt(ctx, job) })
	first := <-r.arrived
	cancel()
	if err := wait(); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if d := b.only(); d.Status != api.DeliveryPending || d.AttemptCount != 0 || len(d.Attempts) != 0 {
		t.Errorf("an interrupted attempt counts: %+v", d)
	}
	close(let)
	if err := b.attempt(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	second := <-r.arrived
	if d := b.only(); d.Status != api.DeliveryDelivered || d.AttemptCount != 1 {
		t.Errorf("got %+v", d)
	}
	if first.header.Get("webhook-id") != second.header.Get("webhook-id") {
		t.Error("the event id changed")
	}
	if first.header.Get("X-SeloraX-Delivery-Id") == second.header.Get("X-SeloraX-Delivery-Id") {
		t.Error("the delivery id did not change")
	}
}

func TestOutcomeThatCouldNotBeRecordedIsNoAttempt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	job := b.pending()
	dbtest.Exec(t, b.DB, `ALTER TABLE delivery_attempt RENAME TO elsewhere`)
	if err := b.attempt(t.Context(), job); err == nil {
		t.Error("the queue is not told to run the job again")
	}
	dbtest.Exec(t, b.DB, `ALTER TABLE elsewhere RENAME TO delivery_attempt`)
	if err := b.attempt(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if d := b.only(); d.Status != api.DeliveryDelivered || d.AttemptCount != 1 || len(r.all()) != 2 {
		t.Errorf("%d requests, %+v", len(r.all()), d)
	}
}

func TestOneLogLineAndNoSecretInIt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var log bytes.Buffer
	b.Log = slog.New(slog.NewJSONHandler(&log, nil))
	r := newReceiver(t, answers(http.StatusInternalServerError))
	b.subscribe(strings.Replace(r.URL, "http://", "http://user:password@", 1)+"/hook?token=hidden", api.TopicOrderCreated)
	if err := b.attempt(t.Context(), b.pending()); err != nil {
		t.Fatal(err)
	}
	var line map[string]any
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatalf("not one line: %v\n%s", err, &log)
	}
	d := b.only()
	got := []any{line["msg"], line["url"], line["outcome"], line["http_status"], line["attempt_id"], line["next_attempt_at"]}
	want := []any{"webhook.attempt", r.URL + "/hook", "retrying", 500.0, d.Attempts[0].ID, "2026-01-31T12:01:00Z"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, hidden := range []string{b.credentials.WebhookSecret, "hidden", "password"} {
		if strings.Contains(log.String(), hidden) {
			t.Errorf("the log has %q", hidden)
		}
	}
}

func TestAppsOfOtherStoresHearNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	mine, theirs := newReceiver(t, nil), newReceiver(t, nil)
	b.merchantSubscribes(apptest.OtherID, theirs.URL, api.TopicOrderCreated, secret.New(api.PrefixWebhookSecret))
	b.subscribe(theirs.URL, api.TopicOrderUpdated)
	b.subscribe(mine.URL, api.TopicOrderCreated)
	b.emit()
	b.settle()
	if len(mine.all()) != 1 || len(theirs.all()) != 0 {
		t.Errorf("%d of mine, %d of theirs", len(mine.all()), len(theirs.all()))
	}
}

func TestEventOfOneAppReachesThatAppAndTheMerchant(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	app, other, merchant := newReceiver(t, nil), newReceiver(t, nil), newReceiver(t, nil)
	b.subscribe(app.URL, api.TopicAppInstalled)
	stranger, _ := apptest.Register(t, b.DB, "stranger", "")
	strangers := apptest.Install(t, b.DB, stranger.AppID, apptest.StoreID, api.ReadOrders)
	dbtest.Exec(t, b.DB, `INSERT INTO subscription (app_id, installation_id, store_id, topic, target_url, is_active, failure_count, created_ms)
		VALUES ($1, $2, $3, 'app.installed', $4, 1, 0, 1)`, stranger.AppID, strangers, apptest.StoreID, other.URL)
	b.merchantSubscribes(apptest.StoreID, merchant.URL, api.TopicAppInstalled, secret.New(api.PrefixWebhookSecret))
	b.append(event.Event{Topic: api.TopicAppInstalled, StoreID: apptest.StoreID, AppID: &b.app.AppID})
	b.settle()
	if len(app.all()) != 1 || len(merchant.all()) != 1 || len(other.all()) != 0 {
		t.Errorf("app %d, merchant %d, other app %d", len(app.all()), len(merchant.all()), len(other.all()))
	}
}

package webhook

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/web"
)

// explained asks about the only delivery.
func (b *bench) explained(in api.ExplainRequest) (out api.SignatureExplanation) {
	b.t.Helper()
	err := b.DB.Read(b.t.Context(), func(tx *db.Tx) (err error) {
		out, err = b.Explain(tx, b.only().DeliveryID, in)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	text, _ := json.Marshal(out)
	for _, hidden := range []string{b.credentials.WebhookSecret[:40], b.credentials.ClientSecret, b.credentials.SessionSigningKey} {
		if strings.Contains(string(text), hidden) {
			b.t.Errorf("a secret is told: %s", text)
		}
	}
	return out
}

// mistakes are the codes of what made a signature.
func (b *bench) mistakes(signature string) (codes []string) {
	b.t.Helper()
	v := b.explained(api.ExplainRequest{Signature: signature}).Verdict
	if v.Verdict == api.VerdictUnknown {
		return []string{"unknown: " + strings.Join(v.Untried, "")}
	}
	for _, m := range v.Mistakes {
		codes = append(codes, m.Code)
	}
	return codes
}

func at(t *testing.T, seconds string) int64 {
	t.Helper()
	d, err := time.ParseDuration(seconds + "s")
	if err != nil {
		t.Fatal(err)
	}
	return int64(d / time.Second)
}

func TestExplainShowsWhatWasSigned(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	rec := b.emit()
	got := <-r.arrived
	b.settle()
	out := b.explained(api.ExplainRequest{})
	stamp := got.header.Get(api.HeaderWebhookTimestamp)
	if out.Attempt != 1 || out.Note != nil || out.Verdict != nil || len(out.Signatures) != 2 {
		t.Fatalf("got %+v", out)
	}
	own, standard := out.Signatures[0], out.Signatures[1]
	if own.Signed != stamp+"."+string(rec.Body) || own.Sent != got.header.Get(api.HeaderWebhookSignature) || own.Computed != own.Sent || !bool(own.Matches) {
		t.Errorf("got %+v", own)
	}
	if standard.Signed != rec.ID+"."+stamp+"."+string(rec.Body) || standard.Sent != got.header.Get("webhook-signature") || !bool(standard.Matches) {
		t.Errorf("got %+v", standard)
	}
	if own.Key != api.MaskSecret(b.credentials.WebhookSecret) || own.SignedBytes != len(own.Signed) || len(own.SignedSHA256) != 64 {
		t.Errorf("got %+v", own)
	}
}

func TestExplainNamesOtherSecrets(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	other, elsewhere := secret.New(api.PrefixWebhookSecret), secret.New(api.PrefixWebhookSecret)
	b.merchantSubscribes(apptest.StoreID, r.URL, api.TopicOrderUpdated, other)
	b.merchantSubscribes(apptest.OtherID, r.URL, api.TopicOrderUpdated, elsewhere)
	neighbour, theirs := apptest.Register(t, b.DB, "neighbour", "")
	apptest.Install(t, b.DB, neighbour.AppID, apptest.StoreID, api.ReadOrders)
	b.emit()
	got := <-r.arrived
	b.settle()
	seconds := at(t, got.header.Get(api.HeaderWebhookTimestamp))
	for key, want := range map[string][]string{
		b.credentials.WebhookSecret: nil, b.credentials.ClientSecret: {"secret_client"}, b.credentials.SessionSigningKey: {"secret_session_key"},
		other: {"secret_other_webhook"}, theirs.WebhookSecret: {"secret_other_app"}, elsewhere: {"unknown: "},
	} {
		if diff := cmp.Diff(want, b.mistakes(Signature(key, seconds, got.body))); diff != "" {
			t.Errorf("%.10s (-want +got):\n%s", key, diff)
		}
	}
	b.ClientSecret = func(string) (string, error) { return "", nil }
	if codes := b.mistakes(Signature(b.credentials.ClientSecret, seconds, got.body)); len(codes) != 1 || !strings.Contains(codes[0], "only its hash") {
		t.Errorf("got %v", codes)
	}
}

// A merchant's secret is followed through its rotation.
func TestExplainKnowsRotatedSecrets(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	first := secret.New(api.PrefixWebhookSecret)
	b.merchantSubscribes(apptest.StoreID, r.URL, api.TopicOrderCreated, first)
	id := b.subscriptions()[0].SubscriptionID
	rotate := func(immediate bool) (next string) {
		b.write(func(tx *db.Tx) error {
			out, err := b.rotate(tx, web.Caller{UserID: apptest.AccountID, Stores: []int64{apptest.StoreID}}, id, immediate)
			next = out.WebhookSigningSecret
			return err
		})
		return next
	}
	next := rotate(false)
	b.emit()
	got := <-r.arrived
	b.settle()
	seconds := at(t, got.header.Get(api.HeaderWebhookTimestamp))
	if n := len(b.explained(api.ExplainRequest{}).Signatures); n != 4 {
		t.Errorf("%d signatures in the overlap", n)
	}
	if codes := b.mistakes(Signature(next, seconds, got.body)); !cmp.Equal(codes, []string{"secret_next"}) {
		t.Errorf("the next one: %v", codes)
	}
	b.advance(25 * time.Hour)
	for n, s := range b.explained(api.ExplainRequest{}).Signatures {
		if !bool(s.Matches) {
			t.Errorf("signature %d after the rotation: %+v", n, s)
		}
	}
	if codes := b.mistakes(Signature(first, seconds, got.body)); codes != nil {
		t.Errorf("the one that signed: %v", codes)
	}
	if codes := b.mistakes(Signature(next, seconds, got.body)); !cmp.Equal(codes, []string{"secret_rotated"}) {
		t.Errorf("today's: %v", codes)
	}
	leaked := rotate(true)
	out := b.explained(api.ExplainRequest{Signature: Signature(leaked, seconds, got.body)})
	if bool(out.Signatures[0].Matches) || !strings.Contains(*out.Note, "was replaced since") || !strings.Contains(out.Verdict.Sentence, "today's secret") {
		t.Errorf("got %+v", out)
	}
}

func TestExplainKnowsFaults(t *testing.T) {
	t.Parallel()
	for effect, want := range map[string]string{
		api.FaultWrongSignature: "with another secret on purpose", api.FaultStaleTimestamp: "an hour earlier", api.FaultTruncate: "cut off", api.FaultDrop: "Nothing was sent",
	} {
		b := newBench(t).run()
		r := newReceiver(t, nil)
		b.subscribe(r.URL, api.TopicOrderCreated)
		b.write(func(tx *db.Tx) error {
			_, err := b.Faults.Add(tx, api.NewFault{On: api.FaultOnWebhook, Effect: effect, First: 1}, nil)
			return err
		})
		b.emit()
		b.settle()
		out := b.explained(api.ExplainRequest{Signature: strings.Repeat("ab", 32)})
		if out.Note == nil || !strings.Contains(*out.Note, want) || (out.Verdict == nil) != (effect == api.FaultDrop) {
			t.Errorf("%s: %+v", effect, out)
		}
	}
}

// Each attempt has a timestamp of its own; the one asked about decides.
func TestExplainTellsAttemptsApart(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, answers(http.StatusInternalServerError))
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	b.settle()
	b.advance(time.Minute)
	first, second := <-r.arrived, <-r.arrived
	if out := b.explained(api.ExplainRequest{}); out.Attempt != 2 || out.Attempts != 2 {
		t.Errorf("got %+v", out)
	}
	out := b.explained(api.ExplainRequest{Attempt: 1, Signature: first.header.Get(api.HeaderWebhookSignature)})
	if out.Attempt != 1 || out.Verdict.Verdict != api.VerdictRight {
		t.Errorf("got %+v", out)
	}
	out = b.explained(api.ExplainRequest{Attempt: 2, Signature: second.header.Get(api.HeaderStandardSignature)})
	if out.Attempt != 2 || out.Verdict.Verdict != api.VerdictRight || out.Verdict.Scheme != api.SchemeStandard {
		t.Errorf("got %+v", out)
	}
}

func TestExplainRefuses(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	b.settle()
	long := strings.Repeat("x", maxOwnBody+1)
	for name, c := range map[string]struct {
		id   int64
		in   api.ExplainRequest
		want string
	}{
		"delivery":  {99, api.ExplainRequest{}, api.CodeNotFound},
		"attempt":   {b.only().DeliveryID, api.ExplainRequest{Attempt: 7}, api.CodeNotFound},
		"negative":  {b.only().DeliveryID, api.ExplainRequest{Attempt: -1}, api.CodeValidation},
		"signature": {b.only().DeliveryID, api.ExplainRequest{Signature: long[:maxSignature+1]}, api.CodeValidation},
		"body":      {b.only().DeliveryID, api.ExplainRequest{Body: &long}, api.CodeValidation},
	} {
		err := b.DB.Read(t.Context(), func(tx *db.Tx) error {
			_, err := b.Explain(tx, c.id, c.in)
			return err
		})
		if !problem.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A hook is signed in its body, and says so.
func TestExplainSaysHowAHookIsSigned(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	b.install(r.URL)
	b.settle()
	out := b.explained(api.ExplainRequest{Signature: strings.Repeat("ab", 32)})
	if out.Note == nil || !strings.Contains(*out.Note, "session signing key") || len(out.Signatures) != 0 || out.Verdict != nil {
		t.Errorf("got %+v", out)
	}
}

package selorax

import (
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The platform's published test vector.
const (
	vectorSecret    = "whsec_8a3f1d2e5b7c9a0f"
	vectorTime      = 1700000000
	vectorBody      = `{"topic":"order.status_changed","store_id":22,"data":{"order_id":1234,"status":"shipped"}}`
	vectorSignature = "sha256=7b7dcd1d375f4c21cc9e18afd5a71819f9cb277054eef7aeba6dfcd3d862afe5"
)

func webhooks() WebhookVerifier {
	return WebhookVerifier{Secret: vectorSecret, Now: func() time.Time { return time.Unix(vectorTime, 0) }}
}

// delivered are the headers of the vector's delivery, with changes; an empty
// value leaves a header out.
func delivered(changes map[string]string) http.Header {
	h := http.Header{}
	all := map[string]string{
		headerSignature: vectorSignature, headerTimestamp: strconv.Itoa(vectorTime),
		headerTopic: "order.status_changed", headerEventID: "e-1",
	}
	for name, value := range changes {
		all[name] = value
	}
	for name, value := range all {
		if value != "" {
			h.Set(name, value)
		}
	}
	return h
}

func TestWebhookVector(t *testing.T) {
	t.Parallel()
	if got := webhooks().Sign(time.Unix(vectorTime, 0), []byte(vectorBody)); got != vectorSignature {
		t.Errorf("signed %s", got)
	}
	got, err := webhooks().Verify(delivered(nil), []byte(vectorBody))
	if err != nil {
		t.Fatal(err)
	}
	want := Event{
		ID: "e-1", Topic: "order.status_changed", StoreID: 22, At: time.Unix(vectorTime, 0),
		Data: []byte(`{"order_id":1234,"status":"shipped"}`),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Headers are not signed: what the body says comes first.
func TestWebhookBodyComesFirst(t *testing.T) {
	t.Parallel()
	body := `{"event_id":"e-2","event_topic":"order.created","store_id":22,"timestamp":"2024-02-28T10:00:00.000Z","data":{}}`
	v := webhooks()
	h := delivered(map[string]string{headerSignature: v.Sign(time.Unix(vectorTime, 0), []byte(body)), headerTopic: "app.uninstalled"})
	got, err := v.Verify(h, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2024, 2, 28, 10, 0, 0, 0, time.UTC)
	if diff := cmp.Diff(Event{ID: "e-2", Topic: "order.created", StoreID: 22, At: at, Data: []byte(`{}`)}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWebhookRefused(t *testing.T) {
	t.Parallel()
	other := WebhookVerifier{Secret: "whsec_other"}.Sign(time.Unix(vectorTime, 0), []byte(vectorBody))
	bare := WebhookVerifier{Secret: strings.TrimPrefix(vectorSecret, "whsec_")}.Sign(time.Unix(vectorTime, 0), []byte(vectorBody))
	for name, test := range map[string]struct {
		change map[string]string
		body   string
		want   string // code; "" passes
	}{
		"good":                       {},
		"no signature":               {change: map[string]string{headerSignature: ""}, want: "missing_headers"},
		"no timestamp":               {change: map[string]string{headerTimestamp: ""}, want: "missing_headers"},
		"no topic":                   {change: map[string]string{headerTopic: ""}, want: "missing_headers"},
		"only the next signature":    {change: map[string]string{headerSignature: "", headerSignatureNext: vectorSignature}, want: "missing_headers"},
		"another secret":             {change: map[string]string{headerSignature: other}, want: "invalid_signature"},
		"secret without prefix":      {change: map[string]string{headerSignature: bare}, want: "invalid_signature"},
		"next matches":               {change: map[string]string{headerSignature: other, headerSignatureNext: vectorSignature}},
		"current matches, next not":  {change: map[string]string{headerSignatureNext: other}},
		"neither matches":            {change: map[string]string{headerSignature: other, headerSignatureNext: other}, want: "invalid_signature"},
		"no scheme":                  {change: map[string]string{headerSignature: strings.TrimPrefix(vectorSignature, "sha256=")}, want: "invalid_signature"},
		"another scheme":             {change: map[string]string{headerSignature: "sha1=" + strings.TrimPrefix(vectorSignature, "sha256=")}, want: "invalid_signature"},
		"too short":                  {change: map[string]string{headerSignature: vectorSignature[:70]}, want: "invalid_signature"},
		"empty hex":                  {change: map[string]string{headerSignature: "sha256="}, want: "invalid_signature"},
		"changed body":               {body: vectorBody + " ", want: "invalid_signature"},
		"another time than signed":   {change: map[string]string{headerTimestamp: "1700000001"}, want: "invalid_signature"},
		"time with a sign":           {change: map[string]string{headerTimestamp: "+1700000000"}, want: "invalid_timestamp"},
		"time is a word":             {change: map[string]string{headerTimestamp: "now"}, want: "invalid_timestamp"},
		"signed, but not JSON":       {body: "shipped", want: "invalid_body"},
		"signed, without a store":    {body: `{"event_id":"e"}`, want: "invalid_body"},
		"signed, negative store":     {body: `{"event_id":"e","store_id":-1}`, want: "invalid_body"},
		"signed, without an id":      {change: map[string]string{headerEventID: ""}, body: `{"store_id":22}`, want: "invalid_body"},
		"signed, id in header alone": {body: `{"store_id":22}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body, h := vectorBody, delivered(test.change)
			if test.body != "" {
				body = test.body
				if test.want != "invalid_signature" {
					h.Set(headerSignature, webhooks().Sign(time.Unix(vectorTime, 0), []byte(body)))
				}
			}
			_, err := webhooks().Verify(h, []byte(body))
			var refused *WebhookError
			if errors.As(err, &refused); err != nil && refused == nil {
				t.Fatalf("got %v", err)
			}
			if got := codeOf(refused); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			checkStatus(t, refused)
		})
	}
}

func codeOf(e *WebhookError) string {
	if e == nil {
		return ""
	}
	return e.Code
}

// checkStatus: what is malformed is 400, what is not proven is 401.
func checkStatus(t *testing.T, e *WebhookError) {
	t.Helper()
	if e == nil {
		return
	}
	want := http.StatusUnauthorized
	if e.Code == "missing_headers" || e.Code == "invalid_body" {
		want = http.StatusBadRequest
	}
	if e.Status != want || !strings.HasSuffix(e.Message, ".") {
		t.Errorf("%+v, want status %d and a sentence", e, want)
	}
}

func TestWebhookWindow(t *testing.T) {
	t.Parallel()
	for off, want := range map[time.Duration]string{
		0: "", webhookWindow: "", -webhookWindow: "",
		webhookWindow + time.Second: "stale_timestamp", -webhookWindow - time.Second: "stale_timestamp",
	} {
		v := webhooks()
		v.Now = func() time.Time { return time.Unix(vectorTime, 0).Add(off) }
		_, err := v.Verify(delivered(nil), []byte(vectorBody))
		var refused *WebhookError
		errors.As(err, &refused)
		if got := codeOf(refused); got != want {
			t.Errorf("%v away: %q, want %q", off, got, want)
		}
	}
}

// FuzzParseSignature holds that what parses is one spelling of 32 bytes.
func FuzzParseSignature(f *testing.F) {
	for _, seed := range []string{vectorSignature, "", "sha256=", "sha256=zz", "sha256=sha256=", strings.ToUpper(vectorSignature), vectorSignature + "00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sum, ok := parseSignature(text)
		if !ok {
			return
		}
		if len(sum) != 32 || !strings.EqualFold(text, "sha256="+hex.EncodeToString(sum)) {
			t.Fatalf("%q parses as %x", text, sum)
		}
	})
}

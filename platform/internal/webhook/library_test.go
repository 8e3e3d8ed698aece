package webhook_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/webhook"
	"github.com/selorax/sandbox/platform/platformtest"
)

// After a jump of 90 days the libraries that apps use accept what is fresh:
// they go by the machine's time, and so does whatever they check.
func TestLibrariesAcceptWhatIsFreshAfter90Days(t *testing.T) {
	t.Parallel()
	j := startAt(t, clock.Machine())
	j.subscribe(api.TopicProductUpdated)
	j.Advance(90 * 24 * time.Hour)
	j.rename("After the jump")
	got := <-j.got
	library, err := standardwebhooks.NewWebhook(j.Apps["restock"].WebhookSecret)
	if err != nil {
		t.Fatal(err)
	}
	if err := library.Verify([]byte(got.body), got.header); err != nil {
		t.Errorf("the delivery is refused: %v", err)
	}
	if err := library.Verify([]byte(got.body+" "), got.header); err == nil {
		t.Error("another body is accepted")
	}
	later := platformtest.User(j.Login(platformtest.FloristMerchant))
	token := platformtest.Data[api.SessionToken](j.Do(http.MethodPost, "/api/apps/session/session-token", later, api.SessionTokenRequest{AppID: 1, StoreID: 22})).SessionToken
	claims := jwt.RegisteredClaims{}
	key := func(*jwt.Token) (any, error) { return []byte(j.Apps["restock"].SessionSigningKey), nil }
	_, err = jwt.ParseWithClaims(token, &claims, key, jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(), jwt.WithIssuer(j.URL), jwt.WithAudience(j.Apps["restock"].ClientID))
	if err != nil {
		t.Errorf("the session token is refused: %v", err)
	}
	status := platformtest.Control[api.SandboxStatus](j.Platform, http.MethodGet, "/_sandbox/status", nil)
	if jump := status.BusinessTime.Sub(claims.IssuedAt.Time); jump < 89*24*time.Hour {
		t.Errorf("business time is only %v ahead of the machine's", jump)
	}
}

// Both sides of the published vector, with the library instead of our own
// reading of the scheme.
func TestTheLibraryAgrees(t *testing.T) {
	t.Parallel()
	const secret, id, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", `{"test": 2432232314}`
	at := time.Unix(1614265330, 0)
	library, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	want, err := library.Sign(id, at, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	got, err := webhook.StandardSignature(secret, id, at.Unix(), []byte(body))
	if err != nil || got != want || got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Errorf("got %s, %v; the library has %s", got, err, want)
	}
	for name, c := range map[string]struct {
		signature string
		ok        bool
	}{
		"as signed":           {got, true},
		"right one in a list": {"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,AAAA " + got + " v1,AAAA", true},
		"wrong":               {"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=", false},
		"version only":        {"v1,", false},
		"another version":     {strings.Replace(got, "v1,", "v2,", 1), false},
		"hex of our own":      {webhook.Signature(secret, at.Unix(), []byte(body)), false},
	} {
		h := http.Header{}
		h.Set("webhook-id", id)
		h.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
		h.Set("webhook-signature", c.signature)
		if err := library.VerifyIgnoringTimestamp([]byte(body), h); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

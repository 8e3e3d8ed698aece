package e2e_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/journey"
)

// received is one webhook as a merchant's own program gets it.
type received struct {
	header http.Header
	body   string
}

// ownProgram listens on this machine for webhooks.
func ownProgram(t *testing.T) (url string, got chan received) {
	t.Helper()
	got = make(chan received, 100)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- received{r.Header, string(body)}
		_, _ = w.Write([]byte("noted"))
	}))
	t.Cleanup(s.Close)
	return s.URL + "/hooks", got
}

// signedWith reports whether a webhook carries the signature of a secret.
func (r received) signedWith(secret string) bool {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(r.header.Get(api.HeaderWebhookTimestamp) + "." + r.body))
	return r.header.Get(api.HeaderWebhookSignature) == "sha256="+hex.EncodeToString(mac.Sum(nil))
}

// A merchant subscribes a program of their own, tests it, lets it work and
// takes it away, all in the dashboard.
func TestOwnWebhook(t *testing.T) {
	t.Parallel()
	s := begin(t)
	url, got := ownProgram(t)
	as := s.merchant(floristMerchant)
	var p *journey.Page
	var secret string
	s.Step("the merchant opens the webhooks", func() {
		p = s.signIn(floristMerchant, florist)
		p.Click(hook("nav-settings"))
		p.Click(hook("settings-webhooks"))
		p.See(hook("webhooks-empty"))
		p.Click(hook("webhook-add"))
	})
	s.Step("what is wrong is said where it is, and what was written stays", func() {
		p.Type(hook("webhook-url"), "http://10.0.0.1/hooks")
		p.Click(hook("webhook-submit"))
		p.See(hook("webhook-error", "field", "url"))
		p.See(hook("webhook-error", "field", "topics"))
		if text := p.Text(hook("webhook-error", "field", "url")); !strings.Contains(text, "private address") {
			t.Errorf("the URL's error is %q", text)
		}
	})
	s.Step("the webhook is added and its secret shown", func() {
		p.Goto(s.Sandbox.DashboardURL + path(florist, "/settings/webhooks/new"))
		p.Type(hook("webhook-url"), url)
		p.Click(hook("webhook-topic", "topic", api.TopicOrderStatusChanged))
		p.Click(hook("webhook-submit"))
		p.See(hook("custom-secrets"))
		secret = p.Text("code.secret")
		p.Click(hook("custom-saved"))
		p.Click(hook("webhook-row") + " a")
	})
	s.Step("a test arrives, is signed, and its answer appears", func() {
		p.Click(hook("webhook-test"))
		p.See(hook("webhook-delivery", "status", api.DeliveryDelivered))
		p.See(hook("delivery-test"))
		if r := <-got; !r.signedWith(secret) || !strings.Contains(r.body, `"test":true`) {
			t.Errorf("got %v %s", r.header, r.body)
		}
	})
	s.Step("an order's change arrives, and its delivery shows what was sent", func() {
		order := s.orders(as, florist, api.OrderPending)[0]
		s.setStatus(as, order, api.OrderConfirmed)
		r := <-got
		p.See(hook("webhook-delivery", "status", api.DeliveryDelivered) + ":not(:has([data-testid=delivery-test]))")
		p.Click(hook("webhook-delivery") + ":not(:has([data-testid=delivery-test])) summary")
		p.Click(hook("webhook-delivery") + "[open] " + hook("delivery-open"))
		p.See(hook("attempt-answer"))
		p.Click("#request-headers-1 summary")
		for part, in := range map[string]string{"noted": p.Text(hook("attempt-answer")), r.header.Get(api.HeaderWebhookSignature): p.Text(hook("attempt-request"))} {
			if !strings.Contains(in, part) {
				t.Errorf("%q is not in %q", part, in)
			}
		}
	})
	s.Step("it is sent again with the same event", func() {
		p.Click(hook("delivery-resend"))
		p.See(hook("delivery", "status", api.DeliveryDelivered))
		var body api.WebhookBody[json.RawMessage]
		if r := <-got; !r.signedWith(secret) || json.Unmarshal([]byte(r.body), &body) != nil || body.EventTopic != api.TopicOrderStatusChanged {
			t.Errorf("got %v %s", r.header, r.body)
		}
		p.Click(".back")
	})
	s.Step("a leaked secret ends at once", func() {
		p.Click(hook("webhook-rotate"))
		p.Click(hook("webhook-immediate"))
		p.Click(hook("webhook-rotate-confirm"))
		p.See(hook("custom-secrets"))
		next := p.Text("code.secret")
		p.Click(hook("custom-saved"))
		p.Click(hook("webhook-test"))
		if r := <-got; next == secret || !r.signedWith(next) {
			t.Errorf("signed with another secret: %v", r.header)
		}
	})
	s.Step("it is edited, paused and resumed", func() {
		p.Click(hook("webhook-edit"))
		p.Type(hook("webhook-name"), "Accounts")
		p.Click(hook("webhook-topic", "topic", api.TopicProductUpdated))
		p.Click(hook("webhook-save"))
		p.See(hook("flash"))
		p.Click(hook("webhook-pause"))
		p.See(hook("webhook-state", "status", "paused"))
		p.Click(hook("webhook-resume"))
		p.See(hook("webhook-state", "status", "active"))
	})
	s.Step("it is deleted", func() {
		p.Click(hook("webhook-delete"))
		p.Click(hook("webhook-delete-confirm"))
		p.At(path(florist, "/settings/webhooks"))
		p.See(hook("webhooks-empty"))
	})
}

// A merchant asks the apps about a customer, and sees the message arrive.
func TestPrivacyRequest(t *testing.T) {
	t.Parallel()
	s := begin(t)
	var p *journey.Page
	s.Step("without an app nobody would be told", func() {
		p = s.signIn(floristMerchant, florist)
		p.Goto(s.Sandbox.DashboardURL + path(florist, "/settings/privacy"))
		p.See(hook("privacy-untold"))
	})
	s.Step("Restock is installed", func() {
		s.askForRestock(p, florist)
		p.Click(hook("consent-install"))
		s.restockFrame(p, florist)
	})
	s.Step("a customer is found and the data asked for", func() {
		p.Click(hook("nav-settings"))
		p.Click(hook("settings-privacy"))
		p.Type(hook("privacy-search"), "017")
		p.Click(".find button")
		p.Click(hook("privacy-customer"))
		p.Click(hook("privacy-export"))
		p.Click(hook("privacy-export-confirm"))
		p.See(hook("privacy-request", "topic", api.TopicDataRequest))
	})
	s.Step("the message arrives at Restock, and can be looked at", func() {
		p.See(hook("privacy-app", "status", api.DeliveryDelivered))
		p.Click(hook("privacy-app") + " a")
		p.See(hook("delivery", "status", api.DeliveryDelivered))
	})
}

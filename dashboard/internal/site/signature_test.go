package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

func TestSignatureOfADelivery(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.Install("restock", 22)
	a := d.see(deliveries + "4")
	if got := a.Attrs(hook("signed"), "data-header"); !cmp.Equal(got, []string{"X-SeloraX-Signature", "Webhook-Signature"}) {
		t.Errorf("signatures %q", got)
	}
	if got := a.Texts(hook("signed") + " .badge"); !cmp.Equal(got, []string{"Equal", "Different"}) {
		t.Errorf("verdicts %q", got)
	}
	if got := a.All(hook("signed-bytes"))[0].Text(); !strings.HasPrefix(got, `1769851800.{"event_id"`) || !strings.Contains(got, "<b>Nusrat</b>") {
		t.Errorf("signed bytes %q", got)
	}
	if got := a.One(`#signature .tabs [aria-current="page"]`).Text(); got != "Attempt 3" {
		t.Errorf("the attempt is %q", got)
	}
	older := d.see(deliveries + "4?attempt=1")
	if got := older.One(hook("explain-form")).Attr("action"); got != deliveries+"4?attempt=1#compare" {
		t.Errorf("the form leads to %q", got)
	}
	waiting := d.see(deliveries + "1")
	if n := waiting.Count(hook("signature-note")); n != 1 || waiting.Count(hook("signed")) != 0 {
		t.Errorf("without an attempt: %d notes", n)
	}
	if a := d.get(deliveries + "4?attempt=9"); a.StatusCode != http.StatusNotFound {
		t.Errorf("attempt 9: %s", a.Status)
	}
}

func TestSignaturesAreCompared(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.Install("restock", 22)
	for signature, want := range map[string]string{
		platformtest.SentSignature: api.VerdictRight, "  " + platformtest.SentSignature + "\n": api.VerdictRight,
		"qrs=": api.VerdictMistake, "<i>": api.VerdictUnreadable, strings.Repeat("ab", 32): api.VerdictUnknown,
	} {
		a := d.post(deliveries+"4?attempt=2", url.Values{"signature": {signature}})
		if got := a.One(hook("verdict")).Attr("data-verdict"); a.StatusCode != http.StatusOK || got != want {
			t.Errorf("%q: %s %s", signature, a.Status, got)
		}
		if got := a.One(hook("explain-signature")).Attr("value"); got != strings.TrimSpace(signature) {
			t.Errorf("the input became %q", got)
		}
		if got := a.One(`#signature .tabs [aria-current="page"]`).Text(); got != "Attempt 2" {
			t.Errorf("the attempt is %q", got)
		}
	}
	a := d.post(deliveries+"4", url.Values{"body": {"\r\n{\r\n  1}\r\n"}})
	if got := a.Attrs(hook("mistake"), "data-code"); !cmp.Equal(got, []string{"body_reserialised", "encoding_base64"}) {
		t.Errorf("mistakes %q", got)
	}
	asked := d.Requests("/api/apps/webhooks/deliveries/4/explain")
	if got := asked[len(asked)-1].Body; !strings.Contains(got, `"body":"\n{\n  1}\n"`) {
		t.Errorf("the platform was asked %s", got)
	}
	if got := a.One(hook("explain-body")).Raw(); got != "\n{\n  1}\n" {
		t.Errorf("the body became %q", got)
	}
}

func TestSignatureFormIsRefused(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.Install("restock", 22)
	for signature, says := range map[string]string{"": "Paste what", strings.Repeat("a", 1001): "at most 1000"} {
		a := d.post(deliveries+"4", url.Values{"signature": {signature}})
		wrong := a.One(hook("explain-error", "field", "signature"))
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(wrong.Text(), says) || a.Count(hook("verdict")) != 0 {
			t.Errorf("%.3q: %s %q", signature, a.Status, wrong.Text())
		}
		if got := a.One(hook("explain-signature")).Attr("value"); got != signature {
			t.Errorf("the input became %q", got)
		}
	}
	if a := d.post(deliveries+"99", url.Values{"signature": {"x"}}); a.StatusCode != http.StatusNotFound {
		t.Errorf("no delivery: %s", a.Status)
	}
	if a := d.post("/23/settings/webhooks/deliveries/4", url.Values{"signature": {"x"}}); a.StatusCode != http.StatusNotFound {
		t.Errorf("another store's: %s", a.Status)
	}
}

// To a merchant a signature says nothing, so they see none.
func TestMerchantsSeeNoSignature(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	if n := d.see(deliveries + "4").Count("#signature"); n != 0 {
		t.Error("a merchant sees the signature")
	}
	if a := d.post(deliveries+"4", url.Values{"signature": {"x"}}); a.StatusCode != http.StatusNotFound || len(d.Requests("/api/apps/webhooks/deliveries/4/explain")) != 0 {
		t.Errorf("a merchant asks: %s", a.Status)
	}
}

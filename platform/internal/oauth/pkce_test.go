package oauth_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/platformtest"
)

func TestPKCE(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := p.Login(platformtest.FloristMerchant)
	verifier := strings.Repeat("a1-._~", 8)
	digest := sha256.Sum256([]byte(verifier))
	challenged := restock()
	challenged.Extra = url.Values{
		"code_challenge": {base64.RawURLEncoding.EncodeToString(digest[:])}, "code_challenge_method": {"S256"},
	}
	if a := exchange(p, p.Consent(merchant, challenged).Get("code"), nil); a.Status != http.StatusBadRequest {
		t.Errorf("without verifier: %d", a.Status)
	}
	if a := exchange(p, p.Consent(merchant, challenged).Get("code"), url.Values{"code_verifier": {verifier}}); a.Status != http.StatusOK {
		t.Errorf("with verifier: %d %s", a.Status, a.Body)
	}
}

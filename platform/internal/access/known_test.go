package access_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// What was remembered of credentials ends with the answer that takes it back.
func TestNothingOutlivesACommit(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := p.Login(platformtest.FloristMerchant)
	for round := range 20 {
		tokens := p.Install("restock", florist)
		bearer, client := platformtest.Bearer(tokens.AccessToken), p.Client("restock", florist)
		for _, h := range []platformtest.Header{bearer, client, bearer, client} { // read, then remembered
			if a := p.Do(http.MethodGet, "/api/apps/v1/store", h, nil); a.Status != http.StatusOK {
				t.Fatalf("round %d: %d %s", round, a.Status, a.Body)
			}
		}
		p.Uninstall(merchant, tokens.InstallationID)
		for name, h := range map[string]platformtest.Header{"token": bearer, "client": client} {
			if a := p.Do(http.MethodGet, "/api/apps/v1/store", h, nil); a.Status != http.StatusUnauthorized {
				t.Errorf("round %d: the %s still opens the store: %d", round, name, a.Status)
			}
		}
	}
}

// A token that is remembered expires all the same.
func TestARememberedTokenExpires(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	bearer := platformtest.Bearer(p.Install("restock", florist).AccessToken)
	for _, want := range []int{http.StatusOK, http.StatusOK, http.StatusUnauthorized} {
		if a := p.Do(http.MethodGet, "/api/apps/v1/store", bearer, nil); a.Status != want || want == http.StatusUnauthorized && a.Code() != api.CodeInvalidToken {
			t.Errorf("%d %s, want %d", a.Status, a.Body, want)
		}
		p.Advance(13 * time.Hour)
	}
}

// A scope that a new consent leaves out is gone at once.
func TestANarrowerConsentCountsAtOnce(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	bearer := platformtest.Bearer(p.Install("restock", florist).AccessToken)
	if a := p.Do(http.MethodGet, "/api/apps/v1/orders", bearer, nil); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	p.Consent(p.Login(platformtest.FloristMerchant), platformtest.Authorization{Slug: "restock", StoreID: florist, Scope: "read:store"})
	if a := p.Do(http.MethodGet, "/api/apps/v1/orders", bearer, nil); a.Code() != api.CodeInsufficientScope {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

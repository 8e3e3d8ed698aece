package server_test

import (
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

func TestCallsAreLimitedPerAppAndStore(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{APIRateLimit: 2})
	p.Install("restock", 22)
	p.Install("restock", 23)
	for n, want := range []int{200, 200, 429} {
		a := p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("restock", 22), nil)
		if a.Status != want {
			t.Errorf("call %d: %d %s, want %d", n+1, a.Status, a.Body, want)
		}
		if a.Header.Get(api.HeaderRateLimit) != "2" || want == 429 && a.Header.Get("Retry-After") == "" {
			t.Errorf("call %d: %v", n+1, a.Header)
		}
	}
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("restock", 23), nil); a.Status != http.StatusOK {
		t.Errorf("the other store: %d %s", a.Status, a.Body)
	}
}

func TestTokenCallsAreLimitedPerClient(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{TokenRateLimit: 2})
	tokens := p.Install("restock", 22)
	if a := p.Refresh("restock", tokens.RefreshToken); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	a := p.Refresh("restock", tokens.RefreshToken)
	if a.Status != http.StatusTooManyRequests || a.Code() != api.CodeRateLimited || a.Header.Get("Retry-After") == "" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a := p.Refresh("my-app", tokens.RefreshToken); a.Status == http.StatusTooManyRequests {
		t.Errorf("another client: %d %s", a.Status, a.Body)
	}
}

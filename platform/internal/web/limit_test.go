package web_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

func TestLimiterCountsAMinute(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_000_000, 0)
	l := &web.Limiter{PerMinute: 2, Now: func() time.Time { return now }}
	take := func(client string) (http.Header, error) {
		w := httptest.NewRecorder()
		err := l.Take(w, client)
		return w.Header(), err
	}
	want := func(remaining string, h http.Header, err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
		got := map[string]string{}
		for _, name := range []string{api.HeaderRateLimit, api.HeaderRateRemaining, api.HeaderRateReset} {
			got[name] = h.Get(name)
		}
		if diff := cmp.Diff(map[string]string{api.HeaderRateLimit: "2", api.HeaderRateRemaining: remaining, api.HeaderRateReset: "1000060"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	h, err := take("a")
	want("1", h, err)
	now = now.Add(30 * time.Second)
	h, err = take("a")
	want("0", h, err)
	now = now.Add(500 * time.Millisecond)
	h, err = take("a")
	p, ok := err.(*problem.Problem)
	if !ok || p.Status != http.StatusTooManyRequests || p.Code != api.CodeRateLimited || p.RetryAfter != 29500*time.Millisecond {
		t.Fatalf("got %v", err)
	}
	if got := p.Message; got != "More than 2 requests in a minute. Wait 30 seconds, as Retry-After says, and go on." {
		t.Error(got)
	}
	want("0", h, nil)
	if _, err := take("b"); err != nil {
		t.Errorf("another client: %v", err)
	}
	now = now.Add(p.RetryAfter)
	if _, err := take("a"); err != nil {
		t.Errorf("after the wait that was asked for: %v", err)
	}
}

func TestLimiterWithoutALimit(t *testing.T) {
	t.Parallel()
	for _, l := range []*web.Limiter{nil, {}} {
		w := httptest.NewRecorder()
		if err := l.Take(w, "a"); err != nil || len(w.Header()) != 0 {
			t.Errorf("%v, %v", err, w.Header())
		}
	}
}

func TestLimiterUnderConcurrency(t *testing.T) {
	t.Parallel()
	l := &web.Limiter{PerMinute: 50}
	var wg sync.WaitGroup
	var passed atomic.Int64
	for range 200 {
		wg.Go(func() {
			if l.Take(httptest.NewRecorder(), "a") == nil {
				passed.Add(1)
			}
		})
	}
	wg.Wait()
	if passed.Load() != 50 {
		t.Errorf("%d passed, want 50", passed.Load())
	}
}

package webhook

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	retry := func(d time.Duration) outcome { return outcome{status: api.DeliveryRetrying, next: now.Add(d)} }
	delivered, dead := outcome{status: api.DeliveryDelivered}, outcome{status: api.DeliveryDead}
	for name, c := range map[string]struct {
		number, status int
		wait           time.Duration
		unwanted       bool
		want           outcome
	}{
		"200":                        {1, 200, 0, false, delivered},
		"299 on the last":            {6, 299, 0, false, delivered},
		"2xx though nobody wants it": {1, 204, 0, true, delivered},
		"no answer":                  {1, 0, 0, false, retry(time.Minute)},
		"redirect":                   {1, 301, 0, false, retry(time.Minute)},
		"second":                     {2, 500, 0, false, retry(5 * time.Minute)},
		"third":                      {3, 500, 0, false, retry(30 * time.Minute)},
		"fourth":                     {4, 500, 0, false, retry(2 * time.Hour)},
		"fifth":                      {5, 500, 0, false, retry(12 * time.Hour)},
		"sixth":                      {6, 500, 0, false, dead},
		"sixth, asked to wait":       {6, 429, time.Hour, false, dead},
		"asked to wait longer":       {1, 429, time.Hour, false, retry(time.Hour)},
		"asked to wait less":         {4, 503, time.Hour, false, retry(2 * time.Hour)},
		"gone":                       {1, 410, time.Hour, false, outcome{status: api.DeliveryDead, gone: true}},
		"nobody wants a retry":       {2, 500, 0, true, outcome{status: api.DeliveryCancelled}},
		"1xx":                        {1, 101, 0, false, retry(time.Minute)},
	} {
		got := decide(c.number, c.status, c.wait, !c.unwanted, now)
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(outcome{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	machine := time.Date(2026, 10, 21, 7, 28, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"":                              0,
		"120":                           2 * time.Minute,
		"0":                             0,
		"-1":                            0,
		"1.5":                           0,
		"soon":                          0,
		"86401":                         24 * time.Hour,
		"99999999999999999999999999":    24 * time.Hour,
		"Wed, 21 Oct 2026 07:58:00 GMT": 30 * time.Minute,
		"Wed, 21 Oct 2026 07:00:00 GMT": 0,
		"Fri, 23 Oct 2026 07:28:00 GMT": 24 * time.Hour,
	} {
		if got := retryAfter(http.Header{"Retry-After": {text}}, machine); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	if got := retryAfter(nil, machine); got != 0 {
		t.Errorf("no headers: %v", got)
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"120", "-5", "18446744073709551616", "Wed, 21 Oct 2026 07:28:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT"} {
		f.Add(seed)
	}
	machine := time.Date(2026, 10, 21, 7, 28, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		if got := retryAfter(http.Header{"Retry-After": {text}}, machine); got < 0 || got > maxRetryAfter {
			t.Errorf("%q: %v", text, got)
		}
	})
}

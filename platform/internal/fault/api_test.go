package fault_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

const storeRoute = "GET /api/apps/v1/store"

// call makes the call that the rules of these tests act on.
func call(s *stage) platformtest.Answer {
	return s.Do(http.MethodGet, "/api/apps/v1/store", s.Client("restock", 22), nil)
}

func TestAPIEffects(t *testing.T) {
	t.Parallel()
	wait := 7
	for effect, want := range map[string]struct {
		status int
		code   string
		in     api.NewFault
	}{
		"429":  {429, api.CodeRateLimited, api.NewFault{RetryAfterS: &wait}},
		"500":  {500, api.CodeInternal, api.NewFault{}},
		"503":  {503, api.CodeTryAgain, api.NewFault{RetryAfterS: &wait}},
		"slow": {200, "", api.NewFault{DelayMS: 300}},
	} {
		t.Run(effect, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, platformtest.Config{})
			want.in.On, want.in.Effect, want.in.Route, want.in.App, want.in.StoreID, want.in.First = "api", effect, storeRoute, "restock", 22, 1
			rule := s.set(want.in)
			started := time.Now()
			a := call(s)
			if a.Status != want.status || a.Code() != want.code || a.Header.Get(api.HeaderFault) != "1" || rule.FaultID != 1 {
				t.Errorf("%d %s %v", a.Status, a.Body, a.Header)
			}
			if exposed := a.Header.Get("Access-Control-Expose-Headers"); !strings.Contains(exposed, api.HeaderFault) {
				t.Errorf("an app in a browser does not see which fault acted: %s", exposed)
			}
			if after := a.Header.Get("Retry-After"); (want.in.RetryAfterS != nil) != (after == "7") {
				t.Errorf("Retry-After: %q", after)
			}
			if effect == "429" && a.Header.Get(api.HeaderRateRemaining) != "0" {
				t.Errorf("%v", a.Header)
			}
			if effect == "slow" && time.Since(started) < 300*time.Millisecond {
				t.Errorf("it took %v", time.Since(started))
			}
			if a := call(s); a.Status != 200 || a.Header.Get(api.HeaderFault) != "" {
				t.Errorf("the next call: %d %v", a.Status, a.Header)
			}
		})
	}
}

// A connection that is reset has no answer at all, and the call did nothing.
func TestReset(t *testing.T) {
	t.Parallel()
	s := newStage(t, platformtest.Config{})
	s.set(api.NewFault{On: "api", Effect: "reset", First: 1})
	req, err := http.NewRequest(http.MethodGet, s.URL+"/api/apps/v1/store", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range s.Client("restock", 22) {
		req.Header.Set(name, value)
	}
	fresh := &http.Transport{DisableKeepAlives: true} // which does not try again by itself
	if res, err := fresh.RoundTrip(req); err == nil {
		t.Errorf("answered %d", res.StatusCode)
	}
	if a := call(s); a.Status != 200 {
		t.Errorf("the next call: %d", a.Status)
	}
}

// What a fault refuses has written nothing.
func TestARefusedWriteWritesNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t, platformtest.Config{})
	s.Install("my-app", 22)
	s.set(api.NewFault{On: "api", Effect: "500", Route: "/api/apps/v1/customers", First: 1})
	body := map[string]any{"name": "Rahim Uddin", "phone": "01798765432"}
	for _, want := range []int{500, 201} {
		if a := s.Do(http.MethodPost, "/api/apps/v1/customers", s.Client("my-app", 22), body); a.Status != want {
			t.Errorf("%d %s, want %d", a.Status, a.Body, want)
		}
	}
}

// The token endpoint answers as RFC 6749 wants it.
func TestTheTokenEndpointMisbehaves(t *testing.T) {
	t.Parallel()
	s := newStage(t, platformtest.Config{})
	tokens := s.Install("restock", 23)
	s.set(api.NewFault{On: "api", Effect: "503", App: "restock", Route: "/api/apps/oauth/token", First: 1})
	s.Exchange("my-app", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"sx_rt_0"}}).Into(400, &api.OAuthError{})
	var e api.OAuthError
	s.Refresh("restock", tokens.RefreshToken).Into(503, &e)
	if e.Error == "" || e.Code != api.CodeTryAgain {
		t.Errorf("got %+v", e)
	}
	s.Refresh("restock", tokens.RefreshToken).Into(200, &struct{}{})
	if rule := s.rule(); rule.Matches != 2 || rule.Hits != 1 {
		t.Errorf("got %+v", rule)
	}
}

// Of fifty calls at once exactly the first ten are refused.
func TestCountsAreExact(t *testing.T) {
	t.Parallel()
	s := newStage(t, platformtest.Config{})
	s.set(api.NewFault{On: "api", Effect: "503", Route: storeRoute, First: 10})
	var refused atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if call(s).Status == 503 {
				refused.Add(1)
			}
		})
	}
	all.Wait()
	if rule := s.rule(); refused.Load() != 10 || rule.Hits != 10 || rule.Matches != 50 {
		t.Errorf("%d refused, %+v", refused.Load(), rule)
	}
}

func TestRulesAreRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t, platformtest.Config{})
	for body, says := range map[string]string{
		`{}`:                                "on must be webhook or api",
		`{"on":"webhok","effect":"drop"}`:   "on must be webhook or api",
		`{"on":"webhook","effect":"dropp"}`: "did you mean drop?",
		`{"on":"api","effect":"drop"}`:      "effect must be one of 429",
		`{"on":"webhook","effect":"drop","topic":"order.create"}`:        "did you mean order.created?",
		`{"on":"webhook","effect":"drop","route":"/api/apps/v1/orders"}`: "route belongs to api faults",
		`{"on":"api","effect":"500","topic":"order.created"}`:            "topic belongs to webhook faults",
		`{"on":"api","effect":"500","route":"GET /api/apps/v1/order"}`:   "did you mean GET /api/apps/v1/orders?",
		`{"on":"api","effect":"500","route":"/_sandbox/faults"}`:         "is no route that apps call",
		`{"on":"api","effect":"500","app":"restok"}`:                     "did you mean restock?",
		`{"on":"api","effect":"500","store_id":99}`:                      "the stores are [22 23 24]",
		`{"on":"api","effect":"500","first":1,"every":2}`:                "every must be left out",
		`{"on":"api","effect":"500","first":-1}`:                         "first must be from 1",
		`{"on":"api","effect":"500","delay_ms":10}`:                      "belongs to delay, reorder and slow",
		`{"on":"api","effect":"slow","delay_ms":20001}`:                  "from 1 to 20000",
		`{"on":"api","effect":"slow","retry_after_s":1}`:                 "belongs to 429 and 503",
		`{"on":"api","effect":"500","frist":1}`:                          "did you mean first?",
		`{"on":"api","effect":"500","first":"one"}`:                      "first",
	} {
		a := s.Do(http.MethodPost, "/_sandbox/faults", s.Controls(), json.RawMessage(body))
		if a.Status != 400 || !strings.Contains(string(a.Body), says) {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
	s.Do(http.MethodDelete, "/_sandbox/faults/1", s.Controls(), nil).Into(404, &api.Error{})
	if all := platformtest.Control[[]api.Fault](s.Platform, http.MethodGet, "/_sandbox/faults", nil); len(all) != 0 {
		t.Errorf("%d rules were made", len(all))
	}
}

// A cleared rule acts no more.
func TestClear(t *testing.T) {
	t.Parallel()
	s := newStage(t, platformtest.Config{})
	for range 3 {
		s.set(api.NewFault{On: "api", Effect: "500", Route: storeRoute})
	}
	platformtest.Control[api.FaultsCleared](s.Platform, http.MethodDelete, "/_sandbox/faults/1", nil)
	if a := call(s); a.Header.Get(api.HeaderFault) != "2" {
		t.Errorf("%v", a.Header)
	}
	if n := platformtest.Control[api.FaultsCleared](s.Platform, http.MethodDelete, "/_sandbox/faults", nil).Cleared; n != 2 {
		t.Errorf("%d were cleared", n)
	}
	if a := call(s); a.Status != 200 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

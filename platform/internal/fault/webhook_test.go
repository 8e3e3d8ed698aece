package fault_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// arrival is a webhook as the app sees it.
type arrival struct {
	event, delivery, contentType string
	topic                        string
	signed, fresh, whole         bool
	standard                     bool // signed as the Standard Webhooks libraries want it
	at                           time.Time
}

// stage is a platform with the app "restock" installed on store 22.
type stage struct {
	*platformtest.Platform
	t    *testing.T
	user platformtest.Header

	mu   sync.Mutex
	came []arrival
}

func newStage(t *testing.T, config platformtest.Config) *stage {
	t.Helper()
	s := &stage{t: t}
	app := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		a := arrival{
			event: r.Header.Get(api.HeaderWebhookEventID), delivery: r.Header.Get(api.HeaderDeliveryID), topic: r.Header.Get(api.HeaderWebhookEvent),
			contentType: r.Header.Get("Content-Type"), whole: err == nil && len(body) > 0 && body[len(body)-1] == '}', at: time.Now(),
		}
		seconds := r.Header.Get(api.HeaderWebhookTimestamp)
		mac := hmac.New(sha256.New, []byte(s.Apps["restock"].WebhookSecret))
		fmt.Fprintf(mac, "%s.%s", seconds, body)
		a.signed = r.Header.Get(api.HeaderWebhookSignature) == "sha256="+hex.EncodeToString(mac.Sum(nil))
		key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(s.Apps["restock"].WebhookSecret, api.PrefixWebhookSecret))
		mac = hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%s.%s", r.Header.Get(api.HeaderStandardID), r.Header.Get(api.HeaderStandardTimestamp), body)
		a.standard = r.Header.Get(api.HeaderStandardSignature) == "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)) &&
			r.Header.Get(api.HeaderStandardTimestamp) == seconds
		unix, _ := strconv.ParseInt(seconds, 10, 64)
		a.fresh = time.Since(time.Unix(unix, 0)).Abs() < 5*time.Minute
		s.mu.Lock()
		s.came = append(s.came, a)
		s.mu.Unlock()
	}))
	t.Cleanup(app.Close)
	config.DemoAppURL = app.URL
	s.Platform = platformtest.Start(t, config)
	s.Install("restock", 22)
	s.user = platformtest.User(s.Login(platformtest.Developer))
	return s
}

// set makes a rule.
func (s *stage) set(in api.NewFault) api.Fault {
	s.t.Helper()
	return platformtest.Control[api.Fault](s.Platform, http.MethodPost, "/_sandbox/faults", in)
}

// rule returns the only rule.
func (s *stage) rule() api.Fault {
	s.t.Helper()
	all := platformtest.Control[[]api.Fault](s.Platform, http.MethodGet, "/_sandbox/faults", nil)
	if len(all) != 1 {
		s.t.Fatalf("%d rules", len(all))
	}
	return all[0]
}

// confirm moves as many orders of a store on, each of which tells the app of
// order.status_changed, and waits for the webhooks.
func (s *stage) confirm(storeID, n int) {
	s.t.Helper()
	var orders api.List[api.Order]
	s.Do(http.MethodGet, fmt.Sprintf("/api/stores/%d/orders?limit=%d&status=pending", storeID, n), s.user, nil).Into(http.StatusOK, &orders)
	for _, o := range orders.Data {
		s.Do(http.MethodPut, fmt.Sprintf("/api/stores/%d/orders/%d/status", storeID, o.OrderID), s.user,
			api.StatusChange{Status: api.OrderConfirmed}).Into(http.StatusOK, &struct{}{})
	}
	s.Advance(0)
}

// arrived returns the webhooks of a topic so far.
func (s *stage) arrived(topic string) (list []arrival) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.came {
		if a.topic == topic {
			list = append(list, a)
		}
	}
	return list
}

// attempts returns the attempts of the newest delivery of a topic.
func (s *stage) attempts(topic string) []api.DeliveryAttempt {
	s.t.Helper()
	var list api.List[api.Delivery]
	s.Do(http.MethodGet, "/_sandbox/deliveries?limit=1&topic="+topic, s.Controls(), nil).Into(http.StatusOK, &list)
	return list.Data[0].Attempts
}

const topic = api.TopicOrderStatusChanged

func webhookFault(effect string) api.NewFault {
	return api.NewFault{On: "webhook", Effect: effect, App: "restock", StoreID: 22, Topic: topic, First: 1}
}

// Each effect, seen by the app; the attempt names it, and one more webhook
// after it is as ever.
func TestWebhookEffects(t *testing.T) {
	t.Parallel()
	good := arrival{topic: topic, contentType: "application/json", signed: true, standard: true, fresh: true, whole: true}
	spoiled := func(change func(*arrival)) arrival {
		a := good
		change(&a)
		return a
	}
	for effect, want := range map[string][]arrival{
		api.FaultDrop:             nil,
		api.FaultDuplicate:        {good, good},
		api.FaultTruncate:         {spoiled(func(a *arrival) { a.signed, a.standard, a.whole = false, false, false })},
		api.FaultWrongSignature:   {spoiled(func(a *arrival) { a.signed, a.standard = false, false })},
		api.FaultStaleTimestamp:   {spoiled(func(a *arrival) { a.fresh = false })},
		api.FaultWrongContentType: {spoiled(func(a *arrival) { a.contentType = "text/plain" })},
		api.FaultDelay:            {good},
	} {
		t.Run(effect, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, platformtest.Config{})
			in := webhookFault(effect)
			if effect == api.FaultDelay {
				in.DelayMS = 300
			}
			s.set(in)
			started := time.Now()
			s.confirm(22, 1)
			got := s.arrived(topic)
			if effect == api.FaultDelay && (len(got) != 1 || got[0].at.Sub(started) < 300*time.Millisecond) {
				t.Errorf("it was not late: %+v", got)
			}
			if effect == api.FaultDuplicate && (len(got) != 2 || got[0].delivery != got[1].delivery || got[0].event != got[1].event) {
				t.Errorf("no copies: %+v", got)
			}
			if diff := cmp.Diff(want, bare(got), cmp.AllowUnexported(arrival{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			attempts := s.attempts(topic)
			if len(attempts) != 1 || attempts[0].Fault == nil || *attempts[0].Fault != effect {
				t.Errorf("got %+v", attempts)
			}
			if effect == api.FaultDrop && (attempts[0].Error == nil || attempts[0].ResponseStatus != nil) {
				t.Errorf("got %+v", attempts[0])
			}
			before := len(s.arrived(topic))
			s.confirm(22, 1)
			if got := bare(s.arrived(topic)[before:]); !cmp.Equal(got, []arrival{good}, cmp.AllowUnexported(arrival{})) {
				t.Errorf("the next one: %+v", got)
			}
			if rule := s.rule(); rule.Hits != 1 || rule.Matches != 2 || !rule.Spent {
				t.Errorf("got %+v", rule)
			}
		})
	}
}

// bare leaves out what differs from run to run.
func bare(list []arrival) (out []arrival) {
	for _, a := range list {
		a.event, a.delivery, a.at = "", "", time.Time{}
		out = append(out, a)
	}
	return out
}

// A webhook that is reordered arrives after the next one.
func TestReorder(t *testing.T) {
	t.Parallel()
	s := newStage(t, platformtest.Config{})
	in := webhookFault(api.FaultReorder)
	in.DelayMS = 20_000
	s.set(in)
	var orders api.List[api.Order]
	s.Do(http.MethodGet, "/api/stores/22/orders?limit=2&status=pending", s.user, nil).Into(http.StatusOK, &orders)
	for _, o := range orders.Data {
		s.Do(http.MethodPut, fmt.Sprintf("/api/stores/22/orders/%d/status", o.OrderID), s.user,
			api.StatusChange{Status: api.OrderConfirmed}).Into(http.StatusOK, &struct{}{})
	}
	s.Advance(0)
	got := s.arrived(topic)
	if len(got) != 2 || got[0].event == got[1].event {
		t.Fatalf("got %+v", got)
	}
	for n, a := range got { // which of the two was picked first is up to the workers
		if late := s.attemptsOf(a.event)[0].Fault != nil; late != (n == 1) {
			t.Errorf("number %d was reordered: %v", n+1, late)
		}
	}
}

func (s *stage) attemptsOf(eventID string) []api.DeliveryAttempt {
	s.t.Helper()
	var list api.List[api.Delivery]
	s.Do(http.MethodGet, "/_sandbox/deliveries?event_id="+eventID, s.Controls(), nil).Into(http.StatusOK, &list)
	return list.Data[0].Attempts
}

// A rule leaves other stores, topics and apps alone, and counts over restarts.
func TestWhatARuleAppliesTo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newStage(t, platformtest.Config{Dir: dir})
	s.Install("restock", 23)
	in := webhookFault(api.FaultDrop)
	in.First, in.Every = 0, 2
	s.set(in)
	s.confirm(23, 2)
	if got := len(s.arrived(topic)); got != 2 {
		t.Errorf("%d of 2 webhooks of the other store arrived", got)
	}
	s.confirm(22, 3)
	if got := len(s.arrived(topic)); got != 4 {
		t.Errorf("%d webhooks arrived, want 4: the second of three is dropped", got)
	}
	if got := len(s.arrived(api.TopicOrderUpdated)); got != 5 {
		t.Errorf("%d webhooks of the other topic arrived, want 5", got)
	}
	s.Stop()
	again := &stage{t: t, Platform: platformtest.Start(t, platformtest.Config{Dir: dir})}
	if rule := again.rule(); rule.Matches != 3 || rule.Hits != 1 || rule.Every != 2 {
		t.Errorf("after a restart: %+v", rule)
	}
}

package webhook

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/secret"
)

func TestAPlaceGoesToTheOldestDelivery(t *testing.T) {
	t.Parallel()
	var g gate
	for n := range maxInFlight {
		if !g.enter("a:443", Attempt{DeliveryID: int64(n)}) {
			t.Fatalf("%d had to wait", n)
		}
	}
	for _, id := range []int64{30, 10, 20} {
		if g.enter("a:443", Attempt{DeliveryID: id}) {
			t.Errorf("%d did not wait", id)
		}
	}
	if !g.enter("b:443", Attempt{DeliveryID: 99}) {
		t.Error("another host has to wait")
	}
	for _, want := range []int64{10, 20, 30} {
		if next, ok := g.leave("a:443"); !ok || next.job.DeliveryID != want {
			t.Errorf("next is %+v, want %d", next, want)
		}
	}
	for range maxInFlight {
		if next, ok := g.leave("a:443"); ok {
			t.Errorf("nobody waits, yet next is %+v", next)
		}
	}
	if len(g.hosts) != 1 {
		t.Errorf("idle hosts stay: %v", g.hosts)
	}
}

func TestHostsOfURLs(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"https://App.example.com/x":    "app.example.com:443",
		"http://app.example.com:8080/": "app.example.com:8080",
		"http://localhost":             "localhost:80",
		"http://[::1]:3000/x":          "::1:3000",
		"::":                           "::",
	} {
		if got := hostOf(target); got != want {
			t.Errorf("%s: %s", target, got)
		}
	}
}

// A receiver that hangs, with 300 deliveries to it, holds up nobody else, and
// gets them in their order when it answers again.
func TestASlowReceiverHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	const waiting = 300
	b := newBench(t).run()
	let := make(chan struct{})
	slow, quick := newReceiver(t, held(let, http.StatusOK)), newReceiver(t, nil)
	b.subscribe(slow.URL, api.TopicOrderCreated)
	b.merchantSubscribes(apptest.StoreID, quick.URL, api.TopicOrderUpdated, secret.New(api.PrefixWebhookSecret))
	b.write(func(tx *db.Tx) error {
		for n := range waiting {
			if _, err := b.events.Append(tx, event.Event{Topic: api.TopicOrderCreated, StoreID: apptest.StoreID, Data: n}); err != nil {
				return err
			}
		}
		return nil
	})
	for range maxInFlight {
		<-slow.arrived
	}
	b.append(event.Event{Topic: api.TopicOrderUpdated, StoreID: apptest.StoreID})
	<-quick.arrived
	if n := len(slow.all()); n != maxInFlight {
		t.Errorf("%d attempts are in flight to one host", n)
	}
	b.inLine(hostOf(slow.URL), waiting-maxInFlight)
	close(let)
	b.settle()
	var order []int
	for _, one := range slow.all()[maxInFlight:] {
		var body api.WebhookBody[int]
		if err := json.Unmarshal(one.body, &body); err != nil {
			t.Fatal(err)
		}
		order = append(order, body.Data)
	}
	if len(order) != waiting-maxInFlight {
		t.Fatalf("%d arrived", len(order))
	}
	inOrder, third := slices.Sorted(slices.Values(order)), len(order)/3
	for _, n := range inOrder[:third] { // ten at a time overtake each other, but not far
		if at := slices.Index(order, n); at >= 2*third {
			t.Errorf("number %d of the line arrived at place %d", slices.Index(inOrder, n), at)
		}
	}
}

// inLine waits until so many attempts stand in line for a host.
func (b *bench) inLine(host string, want int) {
	b.t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := clock.Machine().Add(20 * time.Second); ; <-tick.C {
		b.gate.mu.Lock()
		n := len(b.gate.hosts[host].waiting)
		b.gate.mu.Unlock()
		if n == want {
			return
		}
		if clock.Machine().After(deadline) {
			b.t.Fatalf("%d stand in line, want %d", n, want)
		}
	}
}

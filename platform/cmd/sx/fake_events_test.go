package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
)

// fakeFeed is what happened, and who follows it. A trigger of order.cancelled
// breaks all connections before anybody is told.
type fakeFeed struct {
	mu      sync.Mutex
	log     []api.SandboxEvent
	changed chan struct{} // closed at the next change
	broken  chan struct{} // closed at the next break
}

// fakeEvents is the part of the control API about events and deliveries.
func fakeEvents(mux *http.ServeMux, feed *fakeFeed) {
	feed.changed, feed.broken = make(chan struct{}), make(chan struct{})
	feed.append(api.TopicOrderCreated, 22, nil) // from before
	mux.HandleFunc("GET /_sandbox/trigger", func(w http.ResponseWriter, _ *http.Request) {
		var topics []api.SandboxTopic
		for _, topic := range []string{api.TopicOrderCreated, api.TopicOrderCancelled, api.TopicOrderUpdated, api.TopicAppInstalled} {
			topics = append(topics, api.SandboxTopic{Topic: topic, Change: "Does what " + topic + " tells of."})
		}
		answer(w, http.StatusOK, "Topics fetched.", topics)
	})
	mux.HandleFunc("POST /_sandbox/trigger", feed.trigger)
	mux.HandleFunc("GET /_sandbox/events", feed.list)
	mux.HandleFunc("GET /_sandbox/events/{event_id}", feed.show)
	mux.HandleFunc("POST /_sandbox/events/{event_id}/resend", func(w http.ResponseWriter, r *http.Request) {
		out := api.SandboxResent{EventID: r.PathValue("event_id"), Deliveries: []api.Delivery{}}
		if r.URL.Query().Get("subscription_id") != "4" {
			out.Deliveries = append(out.Deliveries, fakeDelivery())
		}
		answer(w, http.StatusCreated, "Sent again.", out)
	})
	mux.HandleFunc("GET /_sandbox/deliveries", func(w http.ResponseWriter, r *http.Request) {
		page := api.List[api.Delivery]{Data: []api.Delivery{}, Pagination: api.Pagination{Page: 1, Limit: 20}, Status: http.StatusOK}
		if r.URL.Query().Get("status") != api.DeliveryPending {
			page.Data, page.Pagination.Total = append(page.Data, fakeDelivery()), 31
		}
		_ = json.NewEncoder(w).Encode(page)
	})
	mux.HandleFunc("GET /_sandbox/deliveries/{delivery_id}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("delivery_id") != "12" {
			answer(w, http.StatusNotFound, "There is no such delivery.", nil)
			return
		}
		answer(w, http.StatusOK, "Delivery fetched.", struct {
			api.Delivery
			RequestBody string `json:"request_body"`
		}{fakeDelivery(), "{}"})
	})
	mux.HandleFunc("POST /_sandbox/deliveries/{delivery_id}/resend", func(w http.ResponseWriter, _ *http.Request) {
		again := fakeDelivery()
		again.DeliveryID, again.Attempts = 13, nil
		answer(w, http.StatusCreated, "Sent again.", again)
	})
	mux.HandleFunc("POST /_sandbox/deliveries/{delivery_id}/explain", fakeExplain)
	mux.HandleFunc("GET /_sandbox/live", feed.live)
}

func fakeDelivery() api.Delivery {
	status, problem, subscription := http.StatusInternalServerError, "connection refused", int64(3)
	return api.Delivery{
		DeliveryID: 12, EventID: "e-1", EventTopic: api.TopicOrderCreated, SubscriptionID: &subscription, StoreID: 22,
		TargetURL: "http://localhost:3000/webhooks", Status: api.DeliveryDead, AttemptCount: 2, CreatedAt: api.At(1769839200000),
		Attempts: []api.DeliveryAttempt{
			{ID: "a-1", Number: 1, StartedAt: api.At(1769839200000), DurationMS: 3, Error: &problem},
			{ID: "a-2", Number: 2, StartedAt: api.At(1769839260000), DurationMS: 12, ResponseStatus: &status, ResponseBody: "Cannot read\n\x1b[2Jproperties"},
		},
	}
}

// append records an event. Its id is "e-" and its number.
func (f *fakeFeed) append(topic string, storeID int64, appID *int64) api.SandboxEvent {
	f.mu.Lock()
	defer f.mu.Unlock()
	seq := int64(len(f.log) + 1)
	id := fmt.Sprintf("e-%d", seq)
	body, err := json.Marshal(api.WebhookBody[map[string]int64]{
		EventID: id, EventTopic: topic, StoreID: storeID, Timestamp: api.At(1769839200000), Data: map[string]int64{"order_id": 1000 + seq},
	})
	if err != nil {
		panic(err)
	}
	e := api.SandboxEvent{Seq: seq, EventID: id, Topic: topic, StoreID: storeID, AppID: appID, CreatedAt: api.At(1769839200000), Body: body}
	f.log = append(f.log, e)
	if topic == api.TopicOrderCancelled {
		close(f.broken)
		f.broken = make(chan struct{})
		return e
	}
	close(f.changed)
	f.changed = make(chan struct{})
	return e
}

func (f *fakeFeed) trigger(w http.ResponseWriter, r *http.Request) {
	in := read[api.SandboxTrigger](r)
	if in.StoreID == 99 {
		answer(w, http.StatusNotFound, "There is no store 99.", nil)
		return
	}
	var appID *int64
	if in.Topic == api.TopicAppInstalled {
		id := map[string]int64{"restock": 1, "my-app": 2}[in.App]
		appID = &id
	}
	e := f.append(in.Topic, store(in.StoreID), appID)
	answer(w, http.StatusCreated, "Triggered.", api.SandboxTriggered{
		Topic: in.Topic, StoreID: e.StoreID, Change: "Order 1001 was made.", Event: e, Deliveries: 2,
	})
}

func (f *fakeFeed) list(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	page := api.List[api.SandboxEvent]{Data: []api.SandboxEvent{}, Pagination: api.Pagination{Page: 1, Total: len(f.log)}, Status: http.StatusOK}
	if r.URL.Query().Get("topic") == "" || r.URL.Query().Get("topic") == api.TopicOrderCreated {
		page.Data = append(page.Data, f.log[len(f.log)-1])
	}
	_ = json.NewEncoder(w).Encode(page)
}

func (f *fakeFeed) show(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range f.log {
		if e.EventID == r.PathValue("event_id") {
			answer(w, http.StatusOK, "Event fetched.", e)
			return
		}
	}
	answer(w, http.StatusNotFound, "There is no such event.", nil)
}

// live is the WebSocket.
func (f *fakeFeed) live(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("store_id") == "99" {
		answer(w, http.StatusNotFound, "There is no store 99.", nil)
		return
	}
	var after int
	_, _ = fmt.Sscan(r.URL.Query().Get("after"), &after)
	f.mu.Lock()
	broken := f.broken
	after = min(after, len(f.log))
	f.mu.Unlock()
	conn, err := new(websocket.Upgrader).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	for {
		f.mu.Lock()
		changed, fresh := f.changed, f.log[after:]
		f.mu.Unlock()
		for _, e := range fresh {
			err := conn.WriteJSON(api.LiveEvent{Seq: e.Seq, EventID: e.EventID, Topic: e.Topic, StoreID: e.StoreID, AppID: e.AppID, At: e.CreatedAt, Data: e.Body})
			if err != nil {
				return
			}
		}
		after += len(fresh)
		select {
		case <-changed:
		case <-broken:
			return
		case <-r.Context().Done():
			return
		}
	}
}

// fakeExplain takes what begins with "sha256=" for right and all else for
// base64, and knows no delivery but 12.
func fakeExplain(w http.ResponseWriter, r *http.Request) {
	in := read[api.ExplainRequest](r)
	if r.PathValue("delivery_id") != "12" {
		answer(w, http.StatusNotFound, "There is no such delivery.", nil)
		return
	}
	note := "A fault rule cut off the second half."
	out := api.SignatureExplanation{DeliveryID: 12, Attempt: 2, Attempts: 2, Note: &note, Signatures: []api.SignatureDetail{{
		Scheme: api.SchemeSelorax, Header: api.HeaderWebhookSignature, Signed: "1700000000.{}", SignedBytes: 13, SignedSHA256: "5e0f",
		Key: "whsec_…c6d1", KeyForm: "the whole secret as text", Encoding: "hex, after sha256=", Sent: "sha256=aa", Computed: "sha256=aa", Matches: true,
	}}}
	if in.Signature != "" {
		out.Verdict = &api.SignatureVerdict{Verdict: api.VerdictMistake, Sentence: "One mistake makes this signature.",
			Mistakes: []api.SignatureMistake{{Code: "encoding_base64", Found: "The result is in base64.", Fix: "Write it in hex."}}, Untried: []string{"The client secret was not tried."}}
	}
	answer(w, http.StatusOK, "Explained.", out)
}

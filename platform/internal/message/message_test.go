package message_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/message"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
	"github.com/selorax/sandbox/platform/internal/timer"
)

const path = "/api/apps/v1/messaging"

type fields = map[string]any

type bench struct {
	*storetest.Server
	t       *testing.T
	db      *db.DB
	queue   *queue.Queue
	timer   *timer.Timer
	service *message.Service
}

// newBench has customer 301 with a phone and no email, and the callers' apps.
// The queue does not run yet.
func newBench(t *testing.T) *bench {
	d := storetest.New(t)
	for _, slug := range []string{"restock", "blind"} {
		apptest.Register(t, d, slug, "")
	}
	storetest.Write(t, d, func(tx *db.Tx) error {
		phone := "01712345678"
		return customer.Insert(tx, api.Customer{UserID: 301, StoreID: storetest.Florist, Name: "Rahim", Phone: &phone})
	})
	q := queuetest.New(t, d)
	tm := &timer.Timer{DB: d, Queue: q, Busy: []func(*db.Tx) (int, error){message.Busy}}
	s := &message.Service{
		DB: d, Apps: app.Apps{Box: apptest.Box(t)}, Writes: idempotency.Writes{DB: d},
		Events: &event.Log{Feed: &event.Feed{}}, Timer: tm,
	}
	s.Register(q)
	return &bench{storetest.Serve(t, s.Routes), t, d, q, tm, s}
}

// advance moves business time on.
func (b *bench) advance(by time.Duration) {
	b.t.Helper()
	if err := b.timer.Advance(b.t.Context(), timer.Move{By: by}); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) send(channel string, body fields) api.MessageQueuedAnswer {
	b.t.Helper()
	a := b.Do(storetest.App, http.MethodPost, path+"/"+channel, body)
	var e api.Envelope[api.MessageQueuedAnswer]
	if err := json.Unmarshal(a.Body.Bytes(), &e); err != nil || a.Code != http.StatusAccepted || e.Status != a.Code {
		b.t.Fatalf("%d %s", a.Code, a.Body)
	}
	return e.Data
}

func (b *bench) message(id int64) api.Message {
	b.t.Helper()
	return storetest.Data[api.Message](b.Get(storetest.App, fmt.Sprintf("%s/messages/%d", path, id)))
}

func TestTheCarrierMovesAMessageOn(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	queuetest.Run(t, b.queue)
	sent := b.send(api.ChannelSMS, fields{"user_id": 301, "message": "Roses are back", "metadata": fields{"order": 7}})
	if sent.Status != api.MessageQueued || *sent.Segments != 1 {
		t.Errorf("taken as %+v", sent)
	}
	var states []string
	for _, by := range []time.Duration{0, time.Second, time.Second, time.Second} {
		b.advance(by)
		states = append(states, b.message(sent.MessageID).Status)
	}
	if diff := cmp.Diff([]string{"queued", "sent", "sent", "delivered"}, states); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	m := b.message(sent.MessageID)
	if m.To != "+8801712345678" || *m.Encoding != "gsm-7" || string(m.Metadata) != `{"order":7}` ||
		!m.SentAt.Equal(storetest.Now.Add(time.Second)) || !m.DeliveredAt.Equal(storetest.Now.Add(3*time.Second)) {
		t.Errorf("got %+v", m)
	}
	var body api.WebhookBody[api.MessageEvent]
	if err := json.Unmarshal(dbtest.Value[[]byte](t, b.db, `SELECT body FROM event WHERE app_id = 1`), &body); err != nil {
		t.Fatal(err)
	}
	if body.EventTopic != api.TopicMessageDelivered || body.Data.Status != api.MessageDelivered || body.Data.To != m.To {
		t.Errorf("event %+v", body)
	}
}

func TestTheAddressDecidesWhatFails(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	queuetest.Run(t, b.queue)
	for _, c := range []struct {
		channel, to string
		why         string
	}{
		{api.ChannelSMS, "01712340000", "The number is not in service."},
		{api.ChannelEmail, "Rahim@bounce.example", "The mailbox does not exist."},
		{api.ChannelPush, "expired-token", "The device token has expired."},
		{api.ChannelEmail, "rahim@mail.example", ""},
		{api.ChannelPush, "token", ""},
	} {
		body := fields{"to": c.to, "message": "Hello"}
		if c.channel == api.ChannelEmail {
			body["subject"] = "Back in stock"
		}
		sent := b.send(c.channel, body)
		b.advance(time.Minute)
		m := b.message(sent.MessageID)
		why := ""
		if m.Error != nil {
			why = *m.Error
		}
		if why != c.why || (m.Status == api.MessageFailed) != (c.why != "") || (m.FailedAt != nil) != (c.why != "") {
			t.Errorf("%s to %s: %+v, %q", c.channel, c.to, m, why)
		}
	}
	if n := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM event WHERE topic = 'message.failed'`); n != 3 {
		t.Errorf("%d failures were told, want 3", n)
	}
}

func TestWhatAMessageMustNotBe(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, c := range map[string]struct {
		channel string
		body    fields
		field   string
	}{
		"nobody":             {"sms", fields{"message": "Hello"}, "to"},
		"two addressees":     {"sms", fields{"message": "Hello", "to": "01712345678", "user_id": 301}, "to"},
		"not a phone":        {"sms", fields{"message": "Hello", "to": "12345"}, "to"},
		"a foreign phone":    {"sms", fields{"message": "Hello", "to": "+14155552671"}, "to"},
		"nothing to say":     {"sms", fields{"message": " ", "to": "01712345678"}, "message"},
		"too long":           {"sms", fields{"message": strings.Repeat("a", 1531), "to": "01712345678"}, "message"},
		"too long in Bangla": {"sms", fields{"message": strings.Repeat("ক", 671), "to": "01712345678"}, "message"},
		"a subject":          {"sms", fields{"message": "Hello", "subject": "Hi", "to": "01712345678"}, "subject"},
		"no subject":         {"email", fields{"message": "Hello", "to": "a@b.example"}, "subject"},
		"two lines":          {"email", fields{"message": "Hello", "subject": "a\r\nBcc: x", "to": "a@b.example"}, "subject"},
		"not an address":     {"email", fields{"message": "Hello", "subject": "Hi", "to": "rahim"}, "to"},
		"an unknown person":  {"sms", fields{"message": "Hello", "user_id": 999}, "user_id"},
		"no email known":     {"email", fields{"message": "Hello", "subject": "Hi", "user_id": 301}, "user_id"},
		"metadata a list":    {"push", fields{"message": "Hello", "to": "t", "metadata": []int{1}}, "metadata"},
		"a long push":        {"push", fields{"message": strings.Repeat("a", 1001), "to": "t"}, "message"},
	} {
		e := b.Do(storetest.App, http.MethodPost, path+"/"+c.channel, c.body).Refusal(http.StatusBadRequest)
		if len(e.Errors) != 1 || e.Errors[0].Field != c.field {
			t.Errorf("%s: %+v", name, e)
		}
	}
	b.Do(storetest.StrangerApp, http.MethodPost, path+"/sms", fields{"message": "Hello", "user_id": 301}).Refusal(http.StatusBadRequest)
	b.Do(storetest.BlindApp, http.MethodPost, path+"/sms", fields{"message": "Hello", "to": "01712345678"}).Refusal(http.StatusForbidden)
	b.Do(storetest.App, http.MethodPost, path+"/fax", fields{"message": "Hello"}).Refusal(http.StatusNotFound)
	if n := dbtest.Value[int](t, b.db, `SELECT (SELECT COUNT(*) FROM message) + (SELECT COUNT(*) FROM timer)`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

func TestListsAndTheInbox(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := b.send(api.ChannelSMS, fields{"user_id": 301, "message": "One"})
	b.send(api.ChannelPush, fields{"to": "t", "message": "Two"})
	texts := func(target string) (got []string) {
		for _, m := range storetest.Into[api.List[api.Message]](b.Get(storetest.App, target)).Data {
			got = append(got, m.Message)
		}
		return got
	}
	for target, want := range map[string][]string{
		path + "/messages":                  {"Two", "One"},
		"/api/apps/v1/messages":             {"Two", "One"},
		path + "/messages?channel=sms":      {"One"},
		path + "/messages?user_id=301":      {"One"},
		path + "/messages?status=delivered": nil,
		path + "/messages?limit=1&page=2":   {"One"},
	} {
		if diff := cmp.Diff(want, texts(target)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", target, diff)
		}
	}
	b.Get(storetest.App, path+"/messages?channel=fax").Refusal(http.StatusBadRequest)
	b.Get(storetest.StrangerApp, fmt.Sprintf("%s/messages/%d", path, first.MessageID)).Refusal(http.StatusNotFound)
	inbox := storetest.Into[api.List[api.InboxMessage]](b.Get(storetest.Merchant, "/api/stores/22/messages?app_id=1"))
	if len(inbox.Data) != 2 || inbox.Data[0].App.Slug != "restock" {
		t.Errorf("inbox %+v", inbox)
	}
	b.Get(storetest.Merchant, "/api/stores/24/messages").Refusal(http.StatusNotFound)
}

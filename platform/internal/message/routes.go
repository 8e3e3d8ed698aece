package message

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service sends messages. All fields are required.
type Service struct {
	DB     *db.DB
	Apps   app.Apps
	Writes idempotency.Writes
	Events *event.Log
	Timer  *timer.Timer
}

// Routes registers sending and reading for apps, and the inbox of a store.
func (s *Service) Routes(r *web.Router) {
	for _, channel := range api.Channels {
		r.ForApp(http.MethodPost, "/api/apps/v1/messaging/"+channel, api.ManageMessaging, s.serveSend(channel))
	}
	for _, base := range []string{"/api/apps/v1/messaging/messages", "/api/apps/v1/messages"} {
		r.ForApp(http.MethodGet, base, api.ManageMessaging, s.list)
		r.ForApp(http.MethodGet, base+"/{message_id}", api.ManageMessaging, s.serveGet)
	}
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/messages", s.inbox)
}

func (s *Service) serveSend(channel string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, err := web.Decode[api.NewMessage](w, r)
		if err != nil {
			return err
		}
		return s.Writes.Accepted(w, r, in, "Message queued.", func(tx *db.Tx) (any, error) {
			return s.Send(tx, web.CallerOf(r), channel, in)
		})
	}
}

func (s *Service) serveGet(w http.ResponseWriter, r *http.Request) error {
	messageID, err := web.PathID(r, "message_id")
	if err != nil {
		return err
	}
	var m api.Message
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		m, err = get(tx, web.CallerOf(r), messageID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Message fetched.", m)
}

// filter reads what narrows a list of messages down.
func filter(q *web.Query, where *db.Where) {
	if channel := q.OneOf("channel", api.Channels); channel != "" {
		where.And("channel = ?", channel)
	}
	if status := q.OneOf("status", api.MessageStatuses); status != "" {
		where.And("status = ?", status)
	}
	if customerID := q.ID("user_id"); customerID != 0 {
		where.And("customer_id = ?", customerID)
	}
}

// page reads one page of messages, newest first, and how many match in all.
func page(tx *db.Tx, where *db.Where, p web.Page) ([]api.Message, int, error) {
	total, err := where.Count(tx, "message")
	if err != nil {
		return nil, 0, err
	}
	list, err := db.Rows(tx, scan, where, db.Page{
		Columns: columns, From: "message", Sort: "created_ms", ID: "id", Desc: true, Limit: p.Limit, Offset: p.Offset(),
	})
	return list, total, err
}

func (s *Service) list(w http.ResponseWriter, r *http.Request) error {
	q, caller := web.QueryOf(r), web.CallerOf(r)
	var where db.Where
	where.And("app_id = ?", caller.AppID)
	where.And("store_id = ?", caller.StoreID)
	filter(q, &where)
	p := q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.Message
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		list, total, err = page(tx, &where, p)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Messages fetched.", list, p, total)
}

// inbox lists what the apps of a store have sent.
func (s *Service) inbox(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	var where db.Where
	where.And("store_id = ?", web.CallerOf(r).StoreID)
	filter(q, &where)
	if appID := q.ID("app_id"); appID != 0 {
		where.And("app_id = ?", appID)
	}
	p := q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.InboxMessage
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		messages, n, err := page(tx, &where, p)
		if err != nil {
			return err
		}
		total = n
		list, err = s.withApps(tx, messages)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Messages fetched.", list, p, total)
}

// withApps joins messages with the apps that sent them.
func (s *Service) withApps(tx *db.Tx, messages []api.Message) ([]api.InboxMessage, error) {
	cards := map[int64]api.AppCard{}
	list := make([]api.InboxMessage, len(messages))
	for n, m := range messages {
		card, known := cards[m.AppID]
		if !known {
			a, err := s.Apps.Get(tx, m.AppID)
			if err != nil && !db.IsNone(err) { // a deleted app's messages stay
				return nil, err
			}
			card = app.Card(a)
			cards[m.AppID] = card
		}
		list[n] = api.InboxMessage{Message: m, App: card}
	}
	return list, nil
}

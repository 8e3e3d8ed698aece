package message

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Send takes a message and hands it to the carrier.
func (s *Service) Send(tx *db.Tx, caller web.Caller, channel string, in api.NewMessage) (a api.MessageQueuedAnswer, err error) {
	m, err := compose(channel, in)
	if err != nil {
		return a, err
	}
	if m.To, err = recipient(tx, caller.StoreID, channel, in); err != nil {
		return a, err
	}
	m.AppID, m.StoreID, m.CreatedAt = caller.AppID, caller.StoreID, api.Time{Time: tx.Now}
	due := tx.Now.Add(untilSent)
	if m.MessageID, err = insert(tx, m, due.UnixMilli()); err != nil {
		return a, err
	}
	a = api.MessageQueuedAnswer{MessageID: m.MessageID, Status: m.Status, Segments: m.Segments}
	return a, s.Timer.Schedule(tx, due, Step{m.MessageID}, &m.StoreID)
}

func recipient(tx *db.Tx, storeID int64, channel string, in api.NewMessage) (string, error) {
	if in.UserID == 0 {
		return address(channel, in.To)
	}
	c, err := customer.Get(tx, storeID, in.UserID)
	if problem.Is(err, api.CodeNotFound) {
		return "", problem.Invalid("user_id", "must be a customer of this store")
	}
	if err != nil {
		return "", err
	}
	return addressOf(channel, c)
}

// get returns a message of an app on a store, or not_found.
func get(tx *db.Tx, caller web.Caller, messageID int64) (api.Message, error) {
	m, err := byID(tx, messageID)
	if db.IsNone(err) || err == nil && (m.AppID != caller.AppID || m.StoreID != caller.StoreID) {
		return m, problem.New(http.StatusNotFound, api.CodeNotFound, "This app has sent no message %d in this store.", messageID)
	}
	return m, err
}

package message

import (
	"context"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/queue"
)

// How long the carrier takes for each step.
const (
	untilSent  = time.Second
	untilEnded = 2 * time.Second
)

// Step is the job in which the carrier moves a message on.
type Step struct {
	MessageID int64 `json:"message_id"`
}

// Kind names the job.
func (Step) Kind() string { return "message.step" }

// Register hands the package's jobs to the queue.
func (s *Service) Register(q *queue.Queue) {
	queue.Handle(q, func(ctx context.Context, job Step) error {
		return s.DB.Write(ctx, func(tx *db.Tx) error { return s.step(tx, job.MessageID) })
	})
}

// Busy counts the steps that are due and have not been taken.
func Busy(tx *db.Tx) (int, error) {
	ids, err := due(tx)
	return len(ids), err
}

// step takes a message's next step, if one is due.
func (s *Service) step(tx *db.Tx, messageID int64) error {
	m, err := takeStep(tx, messageID)
	if db.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if m.Status == api.MessageQueued {
		next := tx.Now.Add(untilEnded)
		if err := markSent(tx, messageID, next.UnixMilli()); err != nil {
			return err
		}
		return s.Timer.Schedule(tx, next, Step{messageID}, &m.StoreID)
	}
	return s.end(tx, m)
}

// end delivers a message or fails it, and tells its app.
func (s *Service) end(tx *db.Tx, m api.Message) error {
	topic := api.TopicMessageDelivered
	m.Status, m.Error = api.MessageDelivered, refusal(m.Channel, m.To)
	if m.Error != nil {
		topic, m.Status = api.TopicMessageFailed, api.MessageFailed
	}
	m, err := finish(tx, m)
	if err != nil {
		return err
	}
	_, err = s.Events.Append(tx, event.Event{Topic: topic, StoreID: m.StoreID, AppID: &m.AppID, Data: api.MessageEvent{
		MessageID: m.MessageID, AppID: m.AppID, UserID: m.UserID, Channel: m.Channel, To: m.To, Status: m.Status, Error: m.Error, Message: m,
	}})
	return err
}

// refusal is why the carrier cannot deliver to an address, or nil.
func refusal(channel, to string) *string {
	var why string
	switch {
	case channel == api.ChannelSMS && strings.HasSuffix(to, "0000"):
		why = "The number is not in service."
	case channel == api.ChannelEmail && strings.HasSuffix(to, "@bounce.example"):
		why = "The mailbox does not exist."
	case channel == api.ChannelPush && strings.HasPrefix(to, "expired"):
		why = "The device token has expired."
	default:
		return nil
	}
	return &why
}

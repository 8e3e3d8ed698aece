package control

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// How long a trigger waits for what follows the change: the simulated carrier
// takes three seconds.
const (
	followsWithin = 10 * time.Second
	followsPoll   = 50 * time.Millisecond
)

// sentMessage is a message that the carrier has, sent after an event.
type sentMessage struct{ id, storeID, after int64 }

// endOf waits for the event that tells of a message's end.
func (s *Service) endOf(ctx context.Context, topic string, m sentMessage) (e api.SandboxEvent, err error) {
	late := problem.Conflict("Message %d is sent; %s follows as business time goes on. If the clock stands, move it: sx clock advance 1m", m.id, topic)
	return e, s.await(ctx, late, func(tx *db.Tx) (bool, error) {
		newest, _, err := event.List(tx, m.storeID, topic, web.Page{Number: 1, Limit: web.MaxLimit})
		if err != nil {
			return false, err
		}
		for _, e = range newest {
			var body api.WebhookBody[api.MessageEvent]
			if e.Seq > m.after && json.Unmarshal(e.Body, &body) == nil && body.Data.MessageID == m.id {
				return true, nil
			}
		}
		return false, nil
	})
}

// deliveriesOf waits until an event's deliveries are made and counts them.
func (s *Service) deliveriesOf(ctx context.Context, eventID string) (n int, err error) {
	late := problem.New(http.StatusConflict, api.CodeConflict, "The change is made, with event %s. Its deliveries are not: the platform is busy. "+
		"They follow by themselves; do not trigger it again.", eventID)
	return n, s.await(ctx, late, func(tx *db.Tx) (made bool, err error) {
		n, made, err = countDeliveries(tx, eventID)
		return made, err
	})
}

// await reads until there is what follows a change, or answers that it is
// late.
func (s *Service) await(ctx context.Context, late error, there func(*db.Tx) (bool, error)) error {
	ctx, cancel := context.WithTimeoutCause(ctx, followsWithin, late)
	defer cancel()
	tick := time.NewTicker(followsPoll)
	defer tick.Stop()
	for {
		var done bool
		err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
			done, err = there(tx)
			return err
		})
		if err == nil && done {
			return nil
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

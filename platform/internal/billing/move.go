package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// turn is a move of a charge to another status.
type turn struct {
	to     string
	reason string // "": none; the charge keeps that of its end
	kind   string // of its timeline entry; "": that of the status
}

// move changes a charge's status, notes it in the timeline and tells the app.
func (s *Service) move(tx *db.Tx, c api.Charge, t turn) (api.Charge, error) {
	moved, err := change(tx, c, t)
	if err != nil || topics[t.to] == "" {
		return moved, err
	}
	return moved, s.tell(tx, moved, topics[t.to], t.reason)
}

// change is a move without its event.
func change(tx *db.Tx, c api.Charge, t turn) (api.Charge, error) {
	if err := check(c, t.to); err != nil {
		return c, err
	}
	moved, err := setStatus(tx, c.ChargeID, c.Status, t)
	if db.IsNone(err) {
		return c, errOvertaken()
	}
	if err != nil {
		return c, err
	}
	kind, message := entryOf(t)
	return moved, insertEntry(tx, c.ChargeID, kind, message)
}

func errOvertaken() error {
	return problem.Conflict("This charge was changed by somebody else just now. Read it again.")
}

func (s *Service) tell(tx *db.Tx, c api.Charge, topic, reason string) error {
	_, err := s.Events.Append(tx, eventOf(c, topic, reason))
	return err
}

func eventOf(c api.Charge, topic, reason string) event.Event {
	data := api.ChargeEvent{
		ChargeID: c.ChargeID, AppID: c.AppID, StoreID: c.StoreID, InstallationID: c.InstallationID, Status: c.Status, Charge: c,
	}
	if reason != "" {
		data.Reason = &reason
	}
	return event.Event{Topic: topic, StoreID: c.StoreID, AppID: &c.AppID, Data: data}
}

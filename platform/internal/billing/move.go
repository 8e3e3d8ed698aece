package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// move changes a charge's status, notes it in the timeline and tells the app.
func (s *Service) move(tx *db.Tx, c api.Charge, to string, reason *string) (api.Charge, error) {
	moved, err := change(tx, c, to, reason)
	if err != nil || topics[to] == "" {
		return moved, err
	}
	return moved, s.tell(tx, moved, topics[to], reason)
}

// change is a move without its event.
func change(tx *db.Tx, c api.Charge, to string, reason *string) (api.Charge, error) {
	if err := check(c.Status, to); err != nil {
		return c, err
	}
	moved, err := setStatus(tx, c.ChargeID, c.Status, to, reason)
	if db.IsNone(err) {
		return c, errOvertaken()
	}
	if err != nil {
		return c, err
	}
	return moved, insertEntry(tx, c.ChargeID, entryKind(to))
}

func errOvertaken() error {
	return problem.Conflict("This charge was changed by somebody else just now. Read it again.")
}

func (s *Service) tell(tx *db.Tx, c api.Charge, topic string, reason *string) error {
	_, err := s.Events.Append(tx, eventOf(c, topic, reason))
	return err
}

func eventOf(c api.Charge, topic string, reason *string) event.Event {
	return event.Event{Topic: topic, StoreID: c.StoreID, AppID: &c.AppID, Data: api.ChargeEvent{
		ChargeID: c.ChargeID, AppID: c.AppID, StoreID: c.StoreID, InstallationID: c.InstallationID,
		Status: c.Status, Reason: reason, Charge: c,
	}}
}

// CancelInstallation cancels the pending charges of an installation that is
// being removed and returns the events that tell so. The caller addresses
// them while the app's subscriptions still exist.
func CancelInstallation(tx *db.Tx, installationID int64) ([]event.Event, error) {
	pending, err := ofInstallation(tx, installationID, api.ChargePending)
	if err != nil {
		return nil, err
	}
	reason := api.ReasonAppUninstalled
	var events []event.Event
	for _, c := range pending {
		moved, err := setStatus(tx, c.ChargeID, api.ChargePending, api.ChargeCancelled, &reason)
		if db.IsNone(err) { // a payment was faster
			continue
		}
		if err == nil {
			err = insertEntry(tx, c.ChargeID, entryKind(api.ChargeCancelled))
		}
		if err != nil {
			return nil, err
		}
		events = append(events, eventOf(moved, api.TopicChargeCancelled, &reason))
	}
	return events, nil
}

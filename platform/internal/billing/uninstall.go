package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// CancelInstallation cancels what an installation that is being removed could
// still collect: charges that wait, subscriptions, and the usage that was not
// settled. What is paid stays, and so does the wallet. It returns the events
// that tell so; the caller addresses them while the app's subscriptions to
// webhooks still exist.
func CancelInstallation(tx *db.Tx, installationID int64) ([]event.Event, error) {
	open, err := holdOpen(tx, installationID) // a payment under way is waited for
	if err != nil {
		return nil, err
	}
	var events []event.Event
	for _, c := range open {
		c, err := change(tx, c, turn{to: api.ChargeCancelled, reason: api.ReasonAppUninstalled})
		if err != nil {
			return nil, err
		}
		events = append(events, eventOf(c, api.TopicChargeCancelled, api.ReasonAppUninstalled))
	}
	return events, nil
}

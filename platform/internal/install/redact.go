package install

import (
	"context"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/queue"
)

// redactAfter is how long after an uninstall the app must erase the store's
// data, unless it came back before.
const redactAfter = 48 * time.Hour

// Redact is the job that asks an uninstalled app to erase a store's data. When
// it is due is noted in the installation, and a reinstall takes the note back.
type Redact struct {
	InstallationID int64 `json:"installation_id"`
}

// Kind names the job.
func (Redact) Kind() string { return "install.redact" }

// Register hands the package's jobs to the queue.
func (s *Service) Register(q *queue.Queue) {
	queue.Handle(q, func(ctx context.Context, job Redact) error {
		return s.DB.Write(ctx, func(tx *db.Tx) error { return s.redact(tx, job.InstallationID) })
	})
}

// Busy counts the redactions that are due and have not been sent.
func Busy(tx *db.Tx) (int, error) {
	ids, err := redactionsDue(tx)
	return len(ids), err
}

// oweRedaction schedules shop/redact for an installation just removed.
func (s *Service) oweRedaction(tx *db.Tx, i api.Installation) error {
	due := tx.Now.Add(redactAfter)
	if err := setRedaction(tx, i.InstallationID, due.UnixMilli()); err != nil {
		return err
	}
	return s.Timer.Schedule(tx, due, Redact{i.InstallationID}, &i.StoreID)
}

// redact sends shop/redact if it is still owed and due.
func (s *Service) redact(tx *db.Tx, installationID int64) error {
	i, err := takeRedaction(tx, installationID)
	if db.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.farewell(tx, i, event.Event{
		Topic: api.TopicShopRedact, StoreID: i.StoreID, AppID: &i.AppID,
		Data: api.ShopRedactEvent{StoreID: i.StoreID, RedactRequestedAt: api.Time{Time: tx.Now}},
	})
}

package event

import (
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/id"
)

// Event is something that happened in a store.
type Event struct {
	Topic   string // one of api.Topics
	StoreID int64
	AppID   *int64 // set when only this app is told: app.installed, app.uninstalled, charge.*
	Data    any    // the topic's payload, a struct of package api
}

// Record is a stored event. Body is the exact JSON that webhooks carry.
type Record struct {
	Seq     int64
	ID      string
	Topic   string
	StoreID int64
	AppID   *int64
	Body    []byte
}

// Log appends events and wakes who follows them: the live feed, and who makes
// their deliveries.
type Log struct{ Feed *Feed }

// Append records an event in the caller's transaction. From here to the commit
// it keeps others from appending, to whichever store, so that sequence numbers
// become visible in their order and whoever reads on after one misses nothing,
// be it in one store or in all.
func (l *Log) Append(tx *db.Tx, e Event) (Record, error) {
	rec := Record{ID: id.UUID(), Topic: e.Topic, StoreID: e.StoreID, AppID: e.AppID}
	body, err := json.Marshal(api.WebhookBody[any]{
		EventID: rec.ID, EventTopic: e.Topic, StoreID: e.StoreID, Timestamp: api.Time{Time: tx.Now}, Data: e.Data,
	})
	if err != nil {
		return rec, err
	}
	rec.Body = body
	if err := tx.Exclusive("event"); err != nil {
		return rec, err
	}
	if rec.Seq, err = insert(tx, rec); err != nil {
		return rec, err
	}
	tx.AfterCommit(l.Feed.Wake)
	return rec, tx.Announce()
}

package event

import (
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/id"
)

// RecordTest stores what a receiver is tested with, in the caller's
// transaction: the body that the event would have, marked as a test. It is no
// event, so nobody else is told and the live feed does not show it.
func RecordTest(tx *db.Tx, e Event) (Record, error) {
	rec := Record{ID: id.UUID(), Topic: e.Topic, StoreID: e.StoreID, AppID: e.AppID}
	var err error
	rec.Body, err = json.Marshal(api.WebhookBody[any]{
		EventID: rec.ID, EventTopic: e.Topic, StoreID: e.StoreID, Timestamp: api.Time{Time: tx.Now}, Test: true, Data: e.Data,
	})
	if err != nil {
		return rec, err
	}
	rec.Seq, err = insertHook(tx, rec)
	return rec, err
}

// NewestData returns the data of a store's newest event of a topic, of those
// that an app is told; appID 0 stands for the merchant. db.ErrNoRows when there
// was none.
func NewestData(tx *db.Tx, storeID, appID int64, topic string) (json.RawMessage, error) {
	body, err := db.One(tx, db.Value[[]byte], `SELECT body FROM event WHERE store_id = $1 AND topic = $2 AND hook = 0
		AND (app_id IS NULL OR $3 = 0 OR app_id = $3) ORDER BY seq DESC LIMIT 1`, storeID, topic, appID)
	if err != nil {
		return nil, err
	}
	var e api.WebhookBody[json.RawMessage]
	err = json.Unmarshal(body, &e)
	return e.Data, err
}

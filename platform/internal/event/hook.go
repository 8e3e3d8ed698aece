package event

import (
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/id"
)

// Hook is a message to one app that is no event: nobody subscribes to it and
// the live feed does not tell it.
type Hook struct {
	Topic   string // api.HookToken or api.HookRevoke
	StoreID int64
	AppID   int64
	Body    []byte
}

// RecordHook stores a hook in the caller's transaction, so that a delivery can
// carry it as it carries an event.
func RecordHook(tx *db.Tx, h Hook) (Record, error) {
	rec := Record{ID: id.UUID(), Topic: h.Topic, StoreID: h.StoreID, AppID: &h.AppID, Body: h.Body}
	var err error
	rec.Seq, err = insertHook(tx, rec)
	return rec, err
}

package event

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

func insert(tx *db.Tx, r Record) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO event (event_id, topic, store_id, app_id, created_ms, body)
		VALUES ($1, $2, $3, $4, $5, $6) RETURNING seq`, r.ID, r.Topic, r.StoreID, r.AppID, tx.NowMS(), r.Body)
}

// insertHook stores a message that has no fan-out.
func insertHook(tx *db.Tx, r Record) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO event (event_id, topic, store_id, app_id, created_ms, body, fanned_out, hook)
		VALUES ($1, $2, $3, $4, $5, $6, 1, 1) RETURNING seq`, r.ID, r.Topic, r.StoreID, r.AppID, tx.NowMS(), r.Body)
}

const columns = `seq, event_id, topic, store_id, app_id, body`

func scan(r db.Row) (e Record, err error) {
	err = r.Scan(&e.Seq, &e.ID, &e.Topic, &e.StoreID, &e.AppID, &e.Body)
	return e, err
}

// ClaimFanOut returns an event whose deliveries have not been made yet and
// marks it as done; db.ErrNoRows when they have.
func ClaimFanOut(tx *db.Tx, seq int64) (Record, error) {
	return db.One(tx, scan, `UPDATE event SET fanned_out = 1 WHERE seq = $1 AND fanned_out = 0 RETURNING `+columns, seq)
}

// Waiting returns up to limit of the events whose deliveries have not been made
// yet, the oldest first.
func Waiting(tx *db.Tx, limit int) ([]int64, error) {
	return db.All(tx, db.Value[int64], `SELECT seq FROM event WHERE fanned_out = 0 ORDER BY seq LIMIT $1`, limit)
}

// CountWaiting counts them all.
func CountWaiting(tx *db.Tx) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM event WHERE fanned_out = 0`)
}

// After returns up to limit of a store's events that follow a sequence number;
// of all stores with storeID 0.
func After(tx *db.Tx, storeID, seq int64, limit int) ([]api.LiveEvent, error) {
	const columns = `SELECT seq, event_id, topic, store_id, app_id, created_ms, body FROM event WHERE `
	if storeID == 0 {
		return db.All(tx, scanLive, columns+`seq > $1 AND hook = 0 ORDER BY seq LIMIT $2`, seq, limit)
	}
	return db.All(tx, scanLive, columns+`store_id = $1 AND seq > $2 AND hook = 0 ORDER BY seq LIMIT $3`, storeID, seq, limit)
}

func scanLive(r db.Row) (e api.LiveEvent, err error) {
	var ms int64
	var body []byte
	err = r.Scan(&e.Seq, &e.EventID, &e.Topic, &e.StoreID, &e.AppID, &ms, &body)
	e.At, e.Data = api.At(ms), body
	return e, err
}

// Last returns the newest sequence number of a store, or with storeID 0 of all;
// 0 when there is none.
func Last(tx *db.Tx, storeID int64) (int64, error) {
	if storeID == 0 {
		return db.One(tx, db.Value[int64], `SELECT COALESCE(MAX(seq), 0) FROM event WHERE hook = 0`)
	}
	return db.One(tx, db.Value[int64], `SELECT COALESCE(MAX(seq), 0) FROM event WHERE store_id = $1 AND hook = 0`, storeID)
}

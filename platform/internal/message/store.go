package message

import (
	"encoding/json"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `id, app_id, store_id, customer_id, channel, recipient, subject, body, segments, encoding, metadata, status, error,
	created_ms, sent_ms, delivered_ms, failed_ms`

func scan(r db.Row) (m api.Message, err error) {
	var metadata *string
	var created int64
	var sent, delivered, failed *int64
	err = r.Scan(&m.MessageID, &m.AppID, &m.StoreID, &m.UserID, &m.Channel, &m.To, &m.Subject, &m.Message, &m.Segments, &m.Encoding,
		&metadata, &m.Status, &m.Error, &created, &sent, &delivered, &failed)
	if metadata != nil {
		m.Metadata = json.RawMessage(*metadata)
	}
	m.CreatedAt, m.SentAt, m.DeliveredAt, m.FailedAt = api.At(created), api.AtOrNil(sent), api.AtOrNil(delivered), api.AtOrNil(failed)
	return m, err
}

func byID(tx *db.Tx, messageID int64) (api.Message, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM message WHERE id = $1`, messageID)
}

func insert(tx *db.Tx, m api.Message, dueMS int64) (int64, error) {
	var metadata *string
	if len(m.Metadata) > 0 && string(m.Metadata) != "null" {
		text := string(m.Metadata)
		metadata = &text
	}
	return db.One(tx, db.Value[int64], `INSERT INTO message (app_id, store_id, customer_id, channel, recipient, subject, body, segments,
		encoding, metadata, status, due_ms, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
		m.AppID, m.StoreID, m.UserID, m.Channel, m.To, m.Subject, m.Message, m.Segments, m.Encoding, metadata, m.Status, dueMS,
		m.CreatedAt.UnixMilli())
}

// takeStep returns a message whose next step is due and takes it;
// db.ErrNoRows when none is.
func takeStep(tx *db.Tx, messageID int64) (api.Message, error) {
	return db.One(tx, scan, `UPDATE message SET due_ms = NULL WHERE id = $1 AND due_ms <= $2 RETURNING `+columns, messageID, tx.NowMS())
}

func due(tx *db.Tx) ([]int64, error) {
	return db.All(tx, db.Value[int64], `SELECT id FROM message WHERE due_ms <= $1 ORDER BY due_ms, id`, tx.NowMS())
}

func markSent(tx *db.Tx, messageID, nextMS int64) error {
	_, err := tx.Exec(`UPDATE message SET status = 'sent', sent_ms = $2, due_ms = $3 WHERE id = $1`, messageID, tx.NowMS(), nextMS)
	return err
}

func finish(tx *db.Tx, m api.Message) (api.Message, error) {
	column := "delivered_ms"
	if m.Status == api.MessageFailed {
		column = "failed_ms"
	}
	return db.One(tx, scan, `UPDATE message SET status = $2, error = $3, `+column+` = $4 WHERE id = $1 RETURNING `+columns,
		m.MessageID, m.Status, m.Error, tx.NowMS())
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

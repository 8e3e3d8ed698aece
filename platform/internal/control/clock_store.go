package control

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// maxFired is how much of what fired an answer lists.
const maxFired = 1000

const operationQuery = `SELECT id, status, from_ms, to_ms, now_ms, fired_count, error FROM clock_operation `

func scanOperation(r db.Row) (op api.ClockOperation, err error) {
	var from, to, now int64
	err = r.Scan(&op.OperationID, &op.Status, &from, &to, &now, &op.FiredCount, &op.Error)
	op.From, op.To, op.Now, op.Fired = api.At(from), api.At(to), api.At(now), []api.ClockFired{}
	return op, err
}

func operationByID(tx *db.Tx, id int64) (api.ClockOperation, error) {
	return db.One(tx, scanOperation, operationQuery+`WHERE id = $1`, id)
}

// runningOperation returns the operation under way, in whichever process.
func runningOperation(tx *db.Tx) (api.ClockOperation, error) {
	return db.One(tx, scanOperation, operationQuery+`WHERE status = $1`, api.ClockRunning)
}

// insertOperation begins an operation from now and forgets the oldest.
func insertOperation(tx *db.Tx, target time.Time, process int64) (api.ClockOperation, error) {
	op, err := db.One(tx, scanOperation, `INSERT INTO clock_operation (status, from_ms, to_ms, now_ms, fired_count, process)
		VALUES ($1, $2, $3, $2, 0, $4) RETURNING id, status, from_ms, to_ms, now_ms, fired_count, error`,
		api.ClockRunning, tx.NowMS(), target.UnixMilli(), process)
	if err != nil {
		return op, err
	}
	if _, err := tx.Exec(`DELETE FROM clock_fired WHERE operation_id <= $1`, op.OperationID-keepOperations); err != nil {
		return op, err
	}
	_, err = tx.Exec(`DELETE FROM clock_operation WHERE id <= $1`, op.OperationID-keepOperations)
	return op, err
}

func endOperation(tx *db.Tx, id int64, status string, reason *string) error {
	_, err := tx.Exec(`UPDATE clock_operation SET status = $2, error = $3, now_ms = CASE WHEN $2 = 'done' THEN to_ms ELSE now_ms END
		WHERE id = $1`, id, status, reason)
	return err
}

// abandonOperations ends the operations of processes that are gone.
func abandonOperations(tx *db.Tx) error {
	_, err := tx.Exec(`UPDATE clock_operation SET status = $1, error = 'The platform ended.'
		WHERE status = $2 AND process NOT IN (SELECT id FROM process)`, api.ClockStopped, api.ClockRunning)
	return err
}

func askToStop(tx *db.Tx, id int64) error {
	_, err := tx.Exec(`UPDATE clock_operation SET stopping = 1 WHERE id = $1`, id)
	return err
}

func isStopping(tx *db.Tx, id int64) (bool, error) {
	return db.One(tx, db.Value[bool], `SELECT stopping = 1 FROM clock_operation WHERE id = $1`, id)
}

// insertFired adds what happened at an instant to an operation that has come
// as far as this.
func insertFired(tx *db.Tx, id, nowMS int64, fired []api.ClockFired) error {
	n, err := db.One(tx, db.Value[int], `UPDATE clock_operation SET now_ms = $2, fired_count = fired_count + $3 WHERE id = $1
		RETURNING fired_count`, id, nowMS, len(fired))
	if err != nil {
		return err
	}
	first := n - len(fired) + 1
	for i, f := range fired {
		_, err := tx.Exec(`INSERT INTO clock_fired (operation_id, n, at_ms, kind, topic, resource, store_id, attempt, outcome)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, first+i, f.At.UnixMilli(), f.Kind, f.Topic, f.Resource, f.StoreID, f.Attempt, f.Outcome)
		if err != nil {
			return err
		}
	}
	return nil
}

// firedAfter returns up to limit of what fired after the n-th.
func firedAfter(tx *db.Tx, id int64, n, limit int) ([]api.ClockFired, error) {
	return db.All(tx, func(r db.Row) (f api.ClockFired, err error) {
		var at int64
		err = r.Scan(&at, &f.Kind, &f.Topic, &f.Resource, &f.StoreID, &f.Attempt, &f.Outcome)
		f.At = api.At(at)
		return f, err
	}, `SELECT at_ms, kind, topic, resource, store_id, attempt, outcome FROM clock_fired
		WHERE operation_id = $1 AND n > $2 ORDER BY n LIMIT $3`, id, n, limit)
}

// eventFired is an event as a trace needs it.
type eventFired struct {
	seq, storeID int64
	topic        string
	at           api.Time
	data         json.RawMessage
}

func newestEvent(tx *db.Tx) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT COALESCE(MAX(seq), 0) FROM event`)
}

// eventsAfter returns the events that follow a sequence number, in order.
func eventsAfter(tx *db.Tx, seq int64) ([]eventFired, error) {
	return db.All(tx, func(r db.Row) (e eventFired, err error) {
		var at int64
		var body []byte
		err = r.Scan(&e.seq, &e.storeID, &e.topic, &at, &body)
		e.at, e.data = api.At(at), dataOf(body)
		return e, err
	}, `SELECT seq, store_id, topic, created_ms, body FROM event WHERE seq > $1 ORDER BY seq`, seq)
}

// attemptFired is an attempt of a delivery as a trace needs it.
type attemptFired struct {
	id, topic, to, outcome string
	seq, storeID           int64
	number                 int
	status                 *int
	at                     api.Time
	data                   json.RawMessage
}

// attemptsSince returns the attempts begun at an instant of business time or
// later, with what became of each.
func attemptsSince(tx *db.Tx, ms int64) ([]attemptFired, error) {
	return db.All(tx, func(r db.Row) (a attemptFired, err error) {
		var at int64
		var subscriptionID, appID *int64
		var body []byte
		err = r.Scan(&a.id, &a.number, &at, &a.status, &a.outcome, &a.storeID, &subscriptionID, &appID, &a.topic, &a.seq, &body)
		a.at, a.data, a.to = api.At(at), dataOf(body), "the store's own"
		switch {
		case subscriptionID != nil:
			a.to = fmt.Sprintf("subscription %d", *subscriptionID)
		case appID != nil:
			a.to = fmt.Sprintf("app %d", *appID)
		}
		return a, err
	}, `SELECT a.id, a.number, a.started_ms, a.response_status,
		CASE WHEN a.number = d.attempt_count THEN d.status ELSE 'retrying' END,
		d.store_id, d.subscription_id, d.app_id, e.topic, e.seq, e.body
		FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id JOIN event e ON e.event_id = d.event_id
		WHERE a.started_ms >= $1 ORDER BY a.delivery_id, a.number`, ms)
}

// dataOf is what a webhook's body is about: its data, or, of a hook, all of it.
func dataOf(body []byte) json.RawMessage {
	var envelope struct{ Data json.RawMessage }
	if json.Unmarshal(body, &envelope) != nil || envelope.Data == nil {
		return body
	}
	return envelope.Data
}

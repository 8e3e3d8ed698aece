package webhook

import (
	"strings"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// delivery is what an attempt needs of a delivery row.
type delivery struct {
	id             int64
	eventID, topic string
	subscriptionID *int64
	installationID *int64
	appID          *int64
	storeID        int64
	targetURL      string
	secret         []byte // sealed; farewells only
	farewell, test bool
	resentFrom     int64 // 0: it is no repetition
}

const deliveryColumns = `id, event_id, topic, subscription_id, installation_id, app_id, store_id, target_url, secret, farewell = 1, test = 1, resent_from`

func scanDelivery(r db.Row) (d delivery, err error) {
	err = r.Scan(&d.id, &d.eventID, &d.topic, &d.subscriptionID, &d.installationID, &d.appID, &d.storeID, &d.targetURL, &d.secret, &d.farewell, &d.test, &d.resentFrom)
	return d, err
}

// open is the condition of deliveries that are not finished; the partial
// indexes are on these very words.
const open = `status IN ('pending', 'retrying')`

// insertDeliveries makes an event's deliveries and returns their ids. An event
// of one app goes to that app and to the merchant's own subscriptions; an
// installation that has had it as a farewell does not get it again, should it
// have come back meanwhile, and one that has lost the topic's scope is not told.
func insertDeliveries(tx *db.Tx, seq int64, topic string) ([]int64, error) {
	scope, wider := grants(topic)
	return db.All(tx, db.Value[int64], `INSERT INTO delivery (event_id, topic, subscription_id, installation_id, app_id,
		store_id, target_url, farewell, status, attempt_count, next_attempt_ms, created_ms, updated_ms)
		SELECT e.event_id, e.topic, s.id, s.installation_id, s.app_id, s.store_id, s.target_url, 0, 'pending', 0, $4, $4, $4
		FROM event e JOIN subscription s ON s.store_id = e.store_id AND s.topic = e.topic
		LEFT JOIN installation i ON i.id = s.installation_id
		WHERE e.seq = $1 AND `+granted+` AND s.is_active = 1 AND s.deleted_ms IS NULL
		AND (e.app_id IS NULL OR s.app_id IS NULL OR s.app_id = e.app_id)
		AND NOT EXISTS (SELECT 1 FROM delivery f
			WHERE f.event_id = e.event_id AND f.farewell = 1 AND f.installation_id = s.installation_id)
		ORDER BY s.id ON CONFLICT DO NOTHING RETURNING id`, seq, scope, wider, tx.NowMS())
}

// addressed is a delivery to an app itself, whatever it subscribed to.
type addressed struct {
	installationID, appID int64
	target                target
	secret                []byte // sealed; of farewells
	farewell              bool
	after                 *int64 // the delivery whose first attempt comes before
}

// insertAddressed makes such a delivery; one that comes after another has no
// time of its own yet.
func insertAddressed(tx *db.Tx, rec event.Record, d addressed) (int64, error) {
	var due *int64
	if d.after == nil {
		now := tx.NowMS()
		due = &now
	}
	return db.One(tx, db.Value[int64], `INSERT INTO delivery (event_id, topic, subscription_id, installation_id, app_id,
		store_id, target_url, secret, farewell, after_id, status, attempt_count, next_attempt_ms, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', 0, $11, $12, $12) RETURNING id`,
		rec.ID, rec.Topic, d.target.subscriptionID, d.installationID, d.appID, rec.StoreID, d.target.url, d.secret,
		bit(d.farewell), d.after, due, tx.NowMS())
}

// lastUnsentFarewell returns the installation's newest farewell that has not
// had its first attempt, or nil.
func lastUnsentFarewell(tx *db.Tx, installationID int64) (*int64, error) {
	return db.One(tx, db.Value[*int64], `SELECT MAX(id) FROM delivery
		WHERE installation_id = $1 AND farewell = 1 AND attempt_count = 0 AND `+open, installationID)
}

// startFollowers makes the deliveries due that waited for a delivery and
// returns their ids.
func startFollowers(tx *db.Tx, deliveryID int64) ([]int64, error) {
	return db.All(tx, db.Value[int64], `UPDATE delivery SET next_attempt_ms = $2, updated_ms = $2
		WHERE after_id = $1 AND attempt_count = 0 AND next_attempt_ms IS NULL AND `+open+` RETURNING id`, deliveryID, tx.NowMS())
}

// claim marks a delivery as in flight. A process never has two claims of a
// delivery in the same millisecond: between them lies an attempt, or a
// snapshot that was loaded.
type claim struct {
	process int64
	ms      int64 // machine time
}

// stands is the condition of a delivery whose claim has not ended: its event
// and the claim itself, as $1 to $4. What was taken for lost has another claim
// or none, as has what a snapshot brought back; a reset hands out ids anew.
const stands = `id = $1 AND event_id = $2 AND claimed_by = $3 AND claimed_ms = $4`

// claimDelivery takes the attempt with the number; db.ErrNoRows when it was
// made already, is in flight, or the delivery is finished.
func claimDelivery(tx *db.Tx, deliveryID int64, number int, by claim) (delivery, error) {
	return db.One(tx, scanDelivery, `UPDATE delivery SET claimed_ms = $3, claimed_by = $4
		WHERE id = $1 AND attempt_count = $2 - 1 AND claimed_ms IS NULL AND `+open+` RETURNING `+deliveryColumns,
		deliveryID, number, by.ms, by.process)
}

// releaseClaim gives a claim back that has not ended.
func releaseClaim(tx *db.Tx, c *claimed) error {
	_, err := tx.Exec(`UPDATE delivery SET claimed_ms = NULL WHERE `+stands, c.id, c.eventID, c.process, c.ms)
	return err
}

// dropClaims ends the claims of processes that are gone, and of those that
// have been struck off, and returns how many they were.
func dropClaims(tx *db.Tx, gone []int64) (int64, error) {
	var which db.Where
	which.And("claimed_ms IS NOT NULL")
	if len(gone) == 0 {
		which.And("claimed_by NOT IN (SELECT id FROM process)")
	} else {
		which.And("(claimed_by NOT IN (SELECT id FROM process) OR claimed_by IN (?"+strings.Repeat(", ?", len(gone)-1)+"))", anys(gone)...)
	}
	condition, args := which.SQL()
	return tx.Exec(`UPDATE delivery SET claimed_ms = NULL WHERE `+condition, args...)
}

func anys(ids []int64) []any {
	list := make([]any, len(ids))
	for n, id := range ids {
		list[n] = id
	}
	return list
}

// unclaimed returns the attempts that are due, with where they go. What is due
// later waits in the timetable and needs nothing.
func unclaimed(tx *db.Tx) ([]turn, error) {
	return db.All(tx, func(r db.Row) (t turn, err error) {
		var target string
		err = r.Scan(&t.job.DeliveryID, &t.job.Number, &target)
		t.host = hostOf(target)
		return t, err
	}, `SELECT id, attempt_count + 1, target_url FROM delivery
		WHERE `+open+` AND next_attempt_ms <= $1 AND claimed_ms IS NULL ORDER BY id`, tx.NowMS())
}

func countBusy(tx *db.Tx) (int, error) {
	return db.One(tx, db.Value[int], `SELECT
		(SELECT COUNT(*) FROM delivery WHERE claimed_ms IS NOT NULL) +
		(SELECT COUNT(*) FROM delivery WHERE `+open+` AND next_attempt_ms <= $1 AND claimed_ms IS NULL)`, tx.NowMS())
}

func cancelDelivery(tx *db.Tx, deliveryID int64) error {
	_, err := tx.Exec(`UPDATE delivery SET status = 'cancelled', next_attempt_ms = NULL, claimed_ms = NULL, updated_ms = $2
		WHERE id = $1`, deliveryID, tx.NowMS())
	return err
}

func cancelWaiting(tx *db.Tx, installationID int64) (int64, error) {
	return tx.Exec(`UPDATE delivery SET status = 'cancelled', next_attempt_ms = NULL, updated_ms = $2
		WHERE installation_id = $1 AND farewell = 0 AND claimed_ms IS NULL AND `+open, installationID, tx.NowMS())
}

// finishAttempt counts an attempt and ends its claim; false when that
// has ended already.
func finishAttempt(tx *db.Tx, c *claimed, out outcome) (bool, error) {
	var due *int64
	if !out.next.IsZero() {
		ms := out.next.UnixMilli()
		due = &ms
	}
	n, err := tx.Exec(`UPDATE delivery SET status = $5, attempt_count = $6, next_attempt_ms = $7, claimed_ms = NULL, updated_ms = $8
		WHERE `+stands, c.id, c.eventID, c.process, c.ms, out.status, c.number, due, tx.NowMS())
	return n == 1, err
}

func insertAttempt(tx *db.Tx, c *claimed, a answer) error {
	_, err := tx.Exec(`INSERT INTO delivery_attempt (id, delivery_id, number, started_ms, duration_ms, request_headers,
		response_status, response_headers, response_body, error, fault) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		a.id, c.id, c.number, c.startedMS, a.took.Milliseconds(), headersJSON(a.request),
		orNull(a.status), headersJSON(a.response), a.body, orNull(a.problem), a.fault.Name())
	return err
}

// orNull stores a zero value as NULL.
func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func eventBody(tx *db.Tx, eventID string) ([]byte, error) {
	return db.One(tx, db.Value[[]byte], `SELECT body FROM event WHERE event_id = $1`, eventID)
}

func isInstalled(tx *db.Tx, installationID *int64) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM installation WHERE id = $1 AND status = 'active'`, installationID)
	return n > 0, err
}

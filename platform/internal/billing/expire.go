package billing

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/queue"
)

// pendingFor is how long a merchant has to act on a charge.
const pendingFor = 48 * time.Hour

// Expire is the job that ends a charge nobody acted on.
type Expire struct {
	ChargeID int64 `json:"charge_id"`
}

// Kind names the job.
func (Expire) Kind() string { return "billing.expire" }

// Register hands the package's jobs to the queue.
func (s *Service) Register(q *queue.Queue) {
	queue.Handle(q, do(s, s.expire))
	queue.Handle(q, do(s, s.notify))
	queue.Handle(q, do(s, s.collectDue))
}

// Busy counts what is due to expire, to be announced or to be collected and has
// not been.
func Busy(tx *db.Tx) (int, error) { return countDue(tx) }

// expire ends a charge that is still pending and due.
func (s *Service) expire(tx *db.Tx, job Expire) error {
	c, err := holdByID(tx, job.ChargeID) // a payment under way is waited for
	if err != nil || !overdue(tx, c.Charge) {
		return ignoreNone(err)
	}
	_, err = s.move(tx, c.Charge, turn{to: api.ChargeExpired})
	return err
}

func overdue(tx *db.Tx, c api.Charge) bool {
	return waits(c) && !tx.Now.Before(c.ExpiresAt.Time)
}

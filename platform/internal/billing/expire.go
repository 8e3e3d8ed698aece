package billing

import (
	"context"
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
	queue.Handle(q, func(ctx context.Context, job Expire) error {
		return s.DB.Write(ctx, func(tx *db.Tx) error { return s.expire(tx, job.ChargeID) })
	})
}

// Busy counts the charges that are due to expire and have not.
func Busy(tx *db.Tx) (int, error) {
	ids, err := due(tx)
	return len(ids), err
}

// expire ends a charge that is still pending and due.
func (s *Service) expire(tx *db.Tx, chargeID int64) error {
	c, err := byID(tx, chargeID)
	if db.IsNone(err) || err == nil && !overdue(tx, c) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = s.move(tx, c, api.ChargeExpired, nil)
	return err
}

func overdue(tx *db.Tx, c api.Charge) bool {
	return c.Status == api.ChargePending && !tx.Now.Before(c.ExpiresAt.Time)
}

package billing

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// hadTrial reports whether a store has had the trial of a plan.
func hadTrial(tx *db.Tx, installationID int64, plan string) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM charge
		WHERE installation_id = $1 AND type = 'recurring' AND name = $2 AND trial_ends_ms IS NOT NULL`, installationID, plan)
	return n > 0, err
}

// startTrial notes when a trial ends, and takes it from the other offers of the
// same plan. Who has approved one of them has to approve it without the trial.
func startTrial(tx *db.Tx, c api.Charge, end time.Time) error {
	if _, err := tx.Exec(`UPDATE charge SET trial_ends_ms = $2 WHERE id = $1`, c.ChargeID, end.UnixMilli()); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE charge SET trial_days = 0, approved_ms = NULL
		WHERE installation_id = $1 AND type = 'recurring' AND name = $2 AND status = 'pending' AND trial_days > 0`,
		c.InstallationID, c.Name)
	return err
}

func setAnchor(tx *db.Tx, id int64, anchor time.Time) error {
	_, err := tx.Exec(`UPDATE charge SET anchor_ms = $2 WHERE id = $1`, id, anchor.UnixMilli())
	return err
}

// setPeriod takes a charge into a period, at the end of which it is collected.
// notice is when its app is told of that, nil for never.
func setPeriod(tx *db.Tx, id int64, p period, notice *time.Time) (api.Charge, error) {
	var noticeMS *int64
	if notice != nil {
		ms := notice.UnixMilli()
		noticeMS = &ms
	}
	return db.One(tx, scan, `UPDATE charge SET period = $2, period_start_ms = $3, period_end_ms = $4, next_payment_ms = $4, notice_ms = $5,
		retries = 0, updated_ms = $6 WHERE id = $1 RETURNING `+columns,
		id, p.number, p.start.UnixMilli(), p.end.UnixMilli(), noticeMS, tx.NowMS())
}

// takeNotice returns a subscription that owes its app the notice of the
// payment at the end of a period, and notes that it is given; db.ErrNoRows when
// none is owed.
func takeNotice(tx *db.Tx, id, period int64) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET notice_ms = NULL WHERE id = $1 AND period = $2 AND notice_ms <= $3 RETURNING `+columns,
		id, period, tx.NowMS())
}

// setRetry plans when a frozen charge is tried again.
func setRetry(tx *db.Tx, id, retries int64, next time.Time) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET retries = $2, next_payment_ms = $3 WHERE id = $1 RETURNING `+columns, id, retries, next.UnixMilli())
}

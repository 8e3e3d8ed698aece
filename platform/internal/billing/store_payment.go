package billing

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// payment is a payment with what a refund needs to know of it.
type payment struct {
	api.ChargePayment
	chargeID                             int64
	base, refundedPlatform, refundedBase api.Money
}

const paymentColumns = `id, charge_id, number, amount_minor, base_minor, platform_minor, gateway_minor, developer_minor,
	refunded_minor, refunded_platform_minor, refunded_base_minor, period_start_ms, period_end_ms, created_ms`

func scanPayment(r db.Row) (p payment, err error) {
	var start, end *int64
	var created int64
	err = r.Scan(&p.PaymentID, &p.chargeID, &p.Number, &p.Amount, &p.base, &p.PlatformAmount, &p.GatewayFeeAmount, &p.DeveloperAmount,
		&p.RefundedAmount, &p.refundedPlatform, &p.refundedBase, &start, &end, &created)
	p.PeriodStart, p.PeriodEnd, p.CreatedAt = api.AtOrNil(start), api.AtOrNil(end), api.At(created)
	return p, err
}

// countPayment counts one more payment of a charge, db.ErrNoRows when somebody
// else has collected one since it was read.
func countPayment(tx *db.Tx, c api.Charge) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET payments = payments + 1, paid_minor = paid_minor + amount_minor, updated_ms = $3
		WHERE id = $1 AND payments = $2 RETURNING `+columns, c.ChargeID, c.PaymentsMade, tx.NowMS())
}

func insertPayment(tx *db.Tx, c api.Charge, p *period) error {
	var start, end *int64
	if p != nil {
		from, to := p.start.UnixMilli(), p.end.UnixMilli()
		start, end = &from, &to
	}
	_, err := tx.Exec(`INSERT INTO payment (charge_id, number, amount_minor, base_minor, platform_minor, gateway_minor, developer_minor,
		period_start_ms, period_end_ms, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		c.ChargeID, c.PaymentsMade, int64(c.Amount), int64(c.BaseAmount), int64(c.PlatformAmount), int64(c.GatewayFeeAmount),
		int64(c.DeveloperAmount), start, end, tx.NowMS())
	return err
}

// holdLastPayment holds the last payment of a charge; db.ErrNoRows when there
// is none.
func holdLastPayment(tx *db.Tx, chargeID int64) (payment, error) {
	return db.One(tx, scanPayment, `UPDATE payment SET refunded_minor = refunded_minor
		WHERE charge_id = $1 AND number = (SELECT MAX(number) FROM payment WHERE charge_id = $1) RETURNING `+paymentColumns, chargeID)
}

func addRefund(tx *db.Tx, paymentID int64, p part) error {
	_, err := tx.Exec(`UPDATE payment SET refunded_minor = refunded_minor + $2, refunded_platform_minor = refunded_platform_minor + $3,
		refunded_base_minor = refunded_base_minor + $4 WHERE id = $1`, paymentID, int64(p.amount), int64(p.platform), int64(p.base))
	return err
}

func insertRefund(tx *db.Tx, chargeID, paymentID int64, p part, reason string) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO refund (charge_id, payment_id, amount_minor, platform_minor, developer_minor, reason, created_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		chargeID, paymentID, int64(p.amount), int64(p.platform), int64(p.amount-p.platform), reason, tx.NowMS())
}

func countRefund(tx *db.Tx, chargeID int64, amount api.Money) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET refunded_minor = refunded_minor + $2, refunded_ms = $3, updated_ms = $3
		WHERE id = $1 RETURNING `+columns, chargeID, int64(amount), tx.NowMS())
}

// paymentsOf returns the payments of charges, by charge, oldest first.
func paymentsOf(tx *db.Tx, charges []api.Charge) (map[int64][]api.ChargePayment, error) {
	return byCharge(tx, charges, func(condition string, args []any) ([]payment, error) {
		return db.All(tx, scanPayment, `SELECT `+paymentColumns+` FROM payment WHERE `+condition+` ORDER BY id`, args...)
	}, func(p payment) (int64, api.ChargePayment) { return p.chargeID, p.ChargePayment })
}

// methodOf returns a store's saved method; one that was never changed succeeds.
func methodOf(tx *db.Tx, storeID int64) (api.PaymentMethod, error) {
	m, err := db.One(tx, func(r db.Row) (m api.PaymentMethod, err error) {
		var updated int64
		err = r.Scan(&m.StoreID, &m.Behavior, &m.FailuresLeft, &updated)
		at := api.At(updated)
		m.UpdatedAt = &at
		return m, err
	}, `SELECT store_id, behavior, failures_left, updated_ms FROM payment_method WHERE store_id = $1`, storeID)
	if db.IsNone(err) {
		return api.PaymentMethod{StoreID: storeID, Behavior: api.MethodSucceeds}, nil
	}
	return m, err
}

func saveMethod(tx *db.Tx, storeID int64, behavior string, times int64) error {
	_, err := tx.Exec(`INSERT INTO payment_method (store_id, behavior, failures_left, updated_ms) VALUES ($1, $2, $3, $4)
		ON CONFLICT (store_id) DO UPDATE SET behavior = $2, failures_left = $3, updated_ms = $4`, storeID, behavior, times, tx.NowMS())
	return err
}

// useFailure reports whether a method was to fail once more, which it has then.
func useFailure(tx *db.Tx, storeID int64) (bool, error) {
	n, err := tx.Exec(`UPDATE payment_method SET failures_left = failures_left - 1
		WHERE store_id = $1 AND behavior = 'fails_times' AND failures_left > 0`, storeID)
	return n == 1, err
}

// monthCharge returns the charge that gathers usage up to the end of a month.
func monthCharge(tx *db.Tx, installationID int64, end time.Time) (api.Charge, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM charge
		WHERE installation_id = $1 AND type = 'usage' AND status = 'pending' AND period_end_ms = $2`, installationID, end.UnixMilli())
}

// addUse adds a use to the charge of its month; db.ErrNoRows when that has been
// collected meanwhile.
func addUse(tx *db.Tx, chargeID int64, u Use) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET amount_minor = amount_minor + $2, base_minor = base_minor + $2,
		platform_minor = platform_minor + $3, developer_minor = developer_minor + $4, updated_ms = $5
		WHERE id = $1 AND status = 'pending' RETURNING `+columns,
		chargeID, int64(u.Amount), int64(u.Platform), int64(u.Developer), tx.NowMS())
}

// agreedCap returns the cap of the installation's newest subscription that has
// one, db.ErrNoRows when none has.
func agreedCap(tx *db.Tx, installationID int64) (api.Money, error) {
	return db.One(tx, db.Value[api.Money], `SELECT cap_minor FROM charge WHERE installation_id = $1 AND type = 'recurring'
		AND status IN ('active', 'frozen') AND cap_minor IS NOT NULL ORDER BY id DESC LIMIT 1`, installationID)
}

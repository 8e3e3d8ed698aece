package billing

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/money"
)

const columns = `id, app_id, store_id, installation_id, type, name, description, amount_minor, base_minor, currency, fee_payer,
	commission_ppm, platform_minor, gateway_ppm, gateway_minor, developer_minor, status, return_url, metadata, cancel_reason,
	created_ms, expires_ms, approved_ms, activated_ms, completed_ms, declined_ms, cancelled_ms, expired_ms, updated_ms,
	frozen_ms, paid_minor, payments, refunded_minor, refunded_ms, billing_interval, trial_days, trial_ends_ms, cap_minor, replaces,
	period_start_ms, period_end_ms, next_payment_ms, end_reason`

// stored are the parts of a charge that its record shows in another form.
type stored struct {
	commission, gateway                                          money.Rate
	metadata, endReason                                          *string
	created, expires, updated                                    int64
	approved, activated, completed, declined, cancelled, expired *int64
	frozen, refunded, trialEnds, periodStart, periodEnd, next    *int64
	replaces                                                     *int64
}

func (t *stored) fields(c *api.Charge) []any {
	return []any{
		&c.ChargeID, &c.AppID, &c.StoreID, &c.InstallationID, &c.Type, &c.Name, &c.Description, &c.Amount, &c.BaseAmount,
		&c.Currency, &c.FeePayer, &t.commission, &c.PlatformAmount, &t.gateway, &c.GatewayFeeAmount, &c.DeveloperAmount, &c.Status,
		&c.ReturnURL, &t.metadata, &c.CancelReason, &t.created, &t.expires, &t.approved, &t.activated, &t.completed, &t.declined,
		&t.cancelled, &t.expired, &t.updated, &t.frozen, &c.PaidAmount, &c.PaymentsMade, &c.RefundedAmount, &t.refunded,
		&c.BillingInterval, &c.TrialDays, &t.trialEnds, &c.BillingCap, &t.replaces, &t.periodStart, &t.periodEnd, &t.next, &t.endReason,
	}
}

func (t *stored) show(c *api.Charge) {
	c.CommissionRate, c.GatewayFeeRate = t.commission.Float(), t.gateway.Float()
	if t.metadata != nil {
		c.Metadata = json.RawMessage(*t.metadata)
	}
	if waits(*c) {
		c.ExpiresAt = api.AtOrNil(&t.expires)
	}
	c.CreatedAt, c.UpdatedAt, c.ApprovedAt, c.ActivatedAt = api.At(t.created), api.At(t.updated), api.AtOrNil(t.approved), api.AtOrNil(t.activated)
	c.CompletedAt, c.DeclinedAt, c.CancelledAt = api.AtOrNil(t.completed), api.AtOrNil(t.declined), api.AtOrNil(t.cancelled)
	c.ExpiredAt, c.FrozenAt, c.RefundedAt = api.AtOrNil(t.expired), api.AtOrNil(t.frozen), api.AtOrNil(t.refunded)
	c.TrialEndsAt, c.NextPaymentAt = api.AtOrNil(t.trialEnds), api.AtOrNil(t.next)
	c.CurrentPeriodStart, c.CurrentPeriodEnd = api.AtOrNil(t.periodStart), api.AtOrNil(t.periodEnd)
	if c.CancelAtPeriodEnd = t.endReason != nil; c.CancelAtPeriodEnd {
		c.NextPaymentAt = nil
	}
	if t.replaces != nil {
		others := *t.replaces == 1
		c.Replaces = &others
	}
	c.ConfirmationURL = fmt.Sprintf("/%d/settings/apps/billing/%d", c.StoreID, c.ChargeID)
	c.MerchantTransactionID = transactionID(c.StoreID, c.ChargeID)
}

func scan(r db.Row) (c api.Charge, err error) {
	var t stored
	err = r.Scan(t.fields(&c)...)
	t.show(&c)
	return c, err
}

// held is a charge that nobody else changes until the transaction ends.
type held struct {
	api.Charge
	period, retries int64
	anchor, next    time.Time // next: when it is collected, or ends with its period
	endReason       string
}

func scanHeld(r db.Row) (h held, err error) {
	var t stored
	var anchor *int64
	err = r.Scan(append(t.fields(&h.Charge), &h.period, &h.retries, &anchor)...)
	t.show(&h.Charge)
	if anchor != nil {
		h.anchor = api.At(*anchor).Time
	}
	if t.next != nil {
		h.next = api.At(*t.next).Time
	}
	if t.endReason != nil {
		h.endReason = *t.endReason
	}
	return h, err
}

func holdByID(tx *db.Tx, id int64) (held, error) {
	return db.One(tx, scanHeld, `UPDATE charge SET updated_ms = updated_ms WHERE id = $1 RETURNING `+columns+`, period, retries, anchor_ms`, id)
}

// holdOpen holds what an installation could still collect.
func holdOpen(tx *db.Tx, installationID int64) ([]api.Charge, error) {
	return holdAll(tx, `installation_id = $1 AND (status IN ('pending', 'frozen') OR status = 'active' AND type = 'recurring')`, installationID)
}

// holdSubscriptions holds an installation's subscriptions but one.
func holdSubscriptions(tx *db.Tx, installationID, but int64) ([]api.Charge, error) {
	return holdAll(tx, `installation_id = $1 AND type = 'recurring' AND status IN ('active', 'frozen') AND id <> $2`, installationID, but)
}

func holdAll(tx *db.Tx, where string, args ...any) ([]api.Charge, error) {
	list, err := db.All(tx, scan, `UPDATE charge SET updated_ms = updated_ms WHERE `+where+` RETURNING `+columns, args...)
	slices.SortFunc(list, func(a, b api.Charge) int { return cmp.Compare(a.ChargeID, b.ChargeID) })
	return list, err
}

func byID(tx *db.Tx, id int64) (api.Charge, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM charge WHERE id = $1`, id)
}

func ofInstallation(tx *db.Tx, installationID int64, status string) ([]api.Charge, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM charge WHERE installation_id = $1 AND status = $2 ORDER BY id`, installationID, status)
}

func byKey(tx *db.Tx, installationID int64, key string) (api.Charge, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM charge WHERE installation_id = $1 AND idempotency_key = $2`, installationID, key)
}

func contentHash(tx *db.Tx, chargeID int64) (string, error) {
	return db.One(tx, db.Value[string], `SELECT content_hash FROM charge WHERE id = $1`, chargeID)
}

// holdInstallation locks an installation until the transaction ends and returns
// its status.
func holdInstallation(tx *db.Tx, id int64) (string, error) {
	return db.One(tx, db.Value[string], `UPDATE installation SET updated_ms = updated_ms WHERE id = $1 RETURNING status`, id)
}

// row is what a new charge keeps besides its record.
type row struct {
	commission, gateway money.Rate
	key                 *string
	hash                string
	expiresMS           int64
}

func insert(tx *db.Tx, c api.Charge, r row) (api.Charge, error) {
	return db.One(tx, scan, `INSERT INTO charge (app_id, store_id, installation_id, type, name, description, amount_minor, base_minor,
		currency, fee_payer, commission_ppm, platform_minor, gateway_ppm, gateway_minor, developer_minor, status, return_url, metadata,
		idempotency_key, content_hash, created_ms, expires_ms, updated_ms, billing_interval, trial_days, cap_minor, replaces)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'pending', $16, $17, $18, $19, $20, $21, $20,
		$22, $23, $24, $25) RETURNING `+columns,
		c.AppID, c.StoreID, c.InstallationID, c.Type, c.Name, c.Description, int64(c.Amount), int64(c.BaseAmount), c.Currency, c.FeePayer,
		int64(r.commission), int64(c.PlatformAmount), int64(r.gateway), int64(c.GatewayFeeAmount), int64(c.DeveloperAmount), c.ReturnURL,
		textOf(c.Metadata), r.key, r.hash, tx.NowMS(), r.expiresMS, c.BillingInterval, c.TrialDays, c.BillingCap, bit(c.Replaces))
}

func textOf(metadata json.RawMessage) *string {
	if metadata == nil {
		return nil
	}
	text := string(metadata)
	return &text
}

func bit(b *bool) *int64 {
	if b == nil {
		return nil
	}
	n := int64(0)
	if *b {
		n = 1
	}
	return &n
}

// stamps are the columns that keep when a charge came to a status. A
// subscription that is active again keeps when it first was.
var stamps = map[string]string{
	api.ChargeActive: "activated_ms = COALESCE(activated_ms, $4)", api.ChargeCompleted: "completed_ms = $4, next_payment_ms = NULL",
	api.ChargeDeclined: "declined_ms = $4", api.ChargeCancelled: "cancelled_ms = $4, next_payment_ms = NULL, notice_ms = NULL, end_reason = NULL",
	api.ChargeExpired: "expired_ms = $4", api.ChargeFrozen: "activated_ms = activated_ms",
}

// setStatus returns db.ErrNoRows when the charge has left the status from.
func setStatus(tx *db.Tx, id int64, from string, t turn) (api.Charge, error) {
	var reason *string
	if t.to == api.ChargeCancelled {
		reason = &t.reason
	}
	return db.One(tx, scan, `UPDATE charge SET status = $3, `+stamps[t.to]+`, cancel_reason = $5, updated_ms = $4,
		frozen_ms = CASE WHEN $3 = 'frozen' THEN CAST($4 AS BIGINT) ELSE NULL END
		WHERE id = $1 AND status = $2 RETURNING `+columns, id, from, t.to, tx.NowMS(), reason)
}

// setApproved returns db.ErrNoRows unless the charge waits for its approval.
func setApproved(tx *db.Tx, id int64) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET approved_ms = $2, updated_ms = $2
		WHERE id = $1 AND status = 'pending' AND approved_ms IS NULL RETURNING `+columns, id, tx.NowMS())
}

// touch holds a charge; db.ErrNoRows when its status has changed.
func touch(tx *db.Tx, c api.Charge) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET updated_ms = $2 WHERE id = $1 AND status = $3 RETURNING `+columns, c.ChargeID, tx.NowMS(), c.Status)
}

// setEnd says that an active subscription ends with its period, and why, or
// with nil that it goes on.
func setEnd(tx *db.Tx, id int64, reason *string) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET end_reason = $2, updated_ms = $3 WHERE id = $1 AND status = 'active' RETURNING `+columns,
		id, reason, tx.NowMS())
}

// countDue counts what is owed at this time and not done.
func countDue(tx *db.Tx) (int, error) {
	return db.One(tx, db.Value[int], `SELECT (SELECT COUNT(*) FROM charge WHERE status = 'pending' AND expires_ms <= $1 AND type <> 'usage')
		+ (SELECT COUNT(*) FROM charge WHERE notice_ms <= $1) + (SELECT COUNT(*) FROM charge WHERE next_payment_ms <= $1)`, tx.NowMS())
}

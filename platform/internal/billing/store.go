package billing

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/money"
)

const columns = `id, app_id, store_id, installation_id, type, name, description, amount_minor, base_minor, currency, fee_payer,
	commission_ppm, platform_minor, gateway_ppm, gateway_minor, developer_minor, status, return_url, metadata, cancel_reason,
	created_ms, expires_ms, approved_ms, activated_ms, completed_ms, declined_ms, cancelled_ms, expired_ms, updated_ms`

func scan(r db.Row) (c api.Charge, err error) {
	var commission, gateway money.Rate
	var metadata *string
	var created, expires, updated int64
	var approved, activated, completed, declined, cancelled, expired *int64
	err = r.Scan(&c.ChargeID, &c.AppID, &c.StoreID, &c.InstallationID, &c.Type, &c.Name, &c.Description, &c.Amount, &c.BaseAmount,
		&c.Currency, &c.FeePayer, &commission, &c.PlatformAmount, &gateway, &c.GatewayFeeAmount, &c.DeveloperAmount, &c.Status,
		&c.ReturnURL, &metadata, &c.CancelReason, &created, &expires, &approved, &activated, &completed, &declined, &cancelled,
		&expired, &updated)
	c.CommissionRate, c.GatewayFeeRate = commission.Float(), gateway.Float()
	if metadata != nil {
		c.Metadata = json.RawMessage(*metadata)
	}
	if c.Status == api.ChargePending {
		c.ExpiresAt = api.AtOrNil(&expires)
	}
	c.CreatedAt, c.UpdatedAt, c.ApprovedAt, c.ActivatedAt = api.At(created), api.At(updated), api.AtOrNil(approved), api.AtOrNil(activated)
	c.CompletedAt, c.DeclinedAt, c.CancelledAt = api.AtOrNil(completed), api.AtOrNil(declined), api.AtOrNil(cancelled)
	c.ExpiredAt = api.AtOrNil(expired)
	c.ConfirmationURL = fmt.Sprintf("/%d/settings/apps/billing/%d", c.StoreID, c.ChargeID)
	return c, err
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

// holdInstallation locks an active installation until the transaction ends,
// so that no charge is made while it is being removed.
func holdInstallation(tx *db.Tx, id int64) (bool, error) {
	n, err := tx.Exec(`UPDATE installation SET updated_ms = updated_ms WHERE id = $1 AND status = 'active'`, id)
	return n == 1, err
}

func insert(tx *db.Tx, c api.Charge, commission, gateway money.Rate, key *string, hash string, expiresMS int64) (api.Charge, error) {
	var metadata *string
	if c.Metadata != nil {
		text := string(c.Metadata)
		metadata = &text
	}
	return db.One(tx, scan, `INSERT INTO charge (app_id, store_id, installation_id, type, name, description, amount_minor, base_minor,
		currency, fee_payer, commission_ppm, platform_minor, gateway_ppm, gateway_minor, developer_minor, status, return_url, metadata,
		idempotency_key, content_hash, created_ms, expires_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'pending', $16, $17, $18, $19, $20, $21, $20)
		RETURNING `+columns,
		c.AppID, c.StoreID, c.InstallationID, c.Type, c.Name, c.Description, int64(c.Amount), int64(c.BaseAmount), c.Currency, c.FeePayer,
		int64(commission), int64(c.PlatformAmount), int64(gateway), int64(c.GatewayFeeAmount), int64(c.DeveloperAmount), c.ReturnURL,
		metadata, key, hash, tx.NowMS(), expiresMS)
}

// stamps are the columns that keep when a charge came to a status.
var stamps = map[string]string{
	api.ChargeActive: "activated_ms", api.ChargeCompleted: "completed_ms", api.ChargeDeclined: "declined_ms",
	api.ChargeCancelled: "cancelled_ms", api.ChargeExpired: "expired_ms",
}

// setStatus returns db.ErrNoRows when the charge has left the status from.
func setStatus(tx *db.Tx, id int64, from, to string, reason *string) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET status = $3, `+stamps[to]+` = $4, cancel_reason = $5, updated_ms = $4
		WHERE id = $1 AND status = $2 RETURNING `+columns, id, from, to, tx.NowMS(), reason)
}

// setApproved returns db.ErrNoRows unless the charge waits for its approval.
func setApproved(tx *db.Tx, id int64) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET approved_ms = $2, updated_ms = $2
		WHERE id = $1 AND status = 'pending' AND approved_ms IS NULL RETURNING `+columns, id, tx.NowMS())
}

// touch holds a pending charge; db.ErrNoRows when it is not pending.
func touch(tx *db.Tx, id int64) (api.Charge, error) {
	return db.One(tx, scan, `UPDATE charge SET updated_ms = $2 WHERE id = $1 AND status = 'pending' RETURNING `+columns, id, tx.NowMS())
}

func due(tx *db.Tx) ([]int64, error) {
	return db.All(tx, db.Value[int64], `SELECT id FROM charge WHERE status = 'pending' AND expires_ms <= $1 ORDER BY expires_ms, id`, tx.NowMS())
}

func insertEntry(tx *db.Tx, chargeID int64, kind string) error {
	_, err := tx.Exec(`INSERT INTO charge_entry (charge_id, kind, message, created_ms) VALUES ($1, $2, $3, $4)`,
		chargeID, kind, messages[kind], tx.NowMS())
	return err
}

// timelinesOf returns what happened to charges, by charge, oldest first.
func timelinesOf(tx *db.Tx, charges []api.Charge) (map[int64][]api.ChargeEntry, error) {
	byCharge := map[int64][]api.ChargeEntry{}
	if len(charges) == 0 {
		return byCharge, nil
	}
	ids := make([]any, len(charges))
	for n, c := range charges {
		ids[n] = c.ChargeID
	}
	var where db.Where
	where.And("charge_id IN (?"+strings.Repeat(", ?", len(ids)-1)+")", ids...)
	condition, args := where.SQL()
	type entry struct {
		chargeID int64
		api.ChargeEntry
	}
	all, err := db.All(tx, func(r db.Row) (e entry, err error) {
		var created int64
		err = r.Scan(&e.chargeID, &e.Kind, &e.Message, &created)
		e.CreatedAt = api.At(created)
		return e, err
	}, `SELECT charge_id, kind, message, created_ms FROM charge_entry WHERE `+condition+` ORDER BY id`, args...)
	for _, e := range all {
		byCharge[e.chargeID] = append(byCharge[e.chargeID], e.ChargeEntry)
	}
	return byCharge, err
}

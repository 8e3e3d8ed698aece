package usage

import (
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/billing"
	"github.com/selorax/sandbox/platform/internal/db"
)

// lines are the uses with the status of their charge.
const (
	lines   = `usage_charge u JOIN charge c ON c.id = u.charge_id`
	columns = `u.id, u.charge_id, u.app_id, u.store_id, u.installation_id, u.description, u.quantity_milli, u.unit_minor, u.amount_minor,
	u.platform_minor, u.developer_minor, u.metadata, u.created_ms, CASE c.status WHEN 'active' THEN 'completed' ELSE c.status END`
)

func scan(r db.Row) (u api.UsageCharge, err error) {
	var metadata *string
	var created int64
	err = r.Scan(&u.UsageChargeID, &u.ChargeID, &u.AppID, &u.StoreID, &u.InstallationID, &u.Description, &u.Quantity, &u.UnitPrice, &u.Amount,
		&u.PlatformAmount, &u.DeveloperAmount, &metadata, &created, &u.Status)
	if metadata != nil {
		u.Metadata = json.RawMessage(*metadata)
	}
	u.Currency, u.CreatedAt = api.CurrencyBDT, api.At(created)
	return u, err
}

func byID(tx *db.Tx, id int64) (api.UsageCharge, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM `+lines+` WHERE u.id = $1`, id)
}

func byKey(tx *db.Tx, installationID int64, key string) (id int64, hash string, err error) {
	_, err = db.One(tx, func(r db.Row) (struct{}, error) { return struct{}{}, r.Scan(&id, &hash) },
		`SELECT id, content_hash FROM usage_charge WHERE installation_id = $1 AND idempotency_key = $2`, installationID, key)
	return id, hash, err
}

func insert(tx *db.Tx, month api.Charge, cost billing.Use, in api.NewUsage, hash string) (int64, error) {
	var metadata *string
	if in.Metadata != nil {
		text := string(in.Metadata)
		metadata = &text
	}
	return db.One(tx, db.Value[int64], `INSERT INTO usage_charge (charge_id, app_id, store_id, installation_id, description, quantity_milli,
		unit_minor, amount_minor, platform_minor, developer_minor, metadata, idempotency_key, content_hash, created_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id`,
		month.ChargeID, month.AppID, month.StoreID, month.InstallationID, in.Description, int64(*in.Quantity), int64(*in.UnitPrice),
		int64(cost.Amount), int64(cost.Platform), int64(cost.Developer), metadata, in.IdempotencyKey, hash, tx.NowMS())
}

// storeOf returns the store of a charge of usage.
func storeOf(tx *db.Tx, chargeID int64) (storeID int64, err error) {
	return db.One(tx, db.Value[int64], `SELECT store_id FROM charge WHERE id = $1 AND type = 'usage'`, chargeID)
}

package wallet

import (
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `id, app_id, store_id, balance_minor, topup_minor, spent_minor, created_ms, updated_ms`

func scan(r db.Row) (w api.Wallet, err error) {
	var created, updated int64
	err = r.Scan(&w.WalletID, &w.AppID, &w.StoreID, &w.Balance, &w.TotalTopup, &w.TotalSpent, &created, &updated)
	w.Currency, w.CreatedAt, w.UpdatedAt = api.CurrencyBDT, api.At(created), api.At(updated)
	return w, err
}

func find(tx *db.Tx, appID, storeID int64) (api.Wallet, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM wallet WHERE app_id = $1 AND store_id = $2`, appID, storeID)
}

func byID(tx *db.Tx, id int64) (api.Wallet, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM wallet WHERE id = $1`, id)
}

func ofStore(tx *db.Tx, storeID int64) ([]api.Wallet, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM wallet WHERE store_id = $1 ORDER BY id`, storeID)
}

func insert(tx *db.Tx, appID, storeID int64) error {
	_, err := tx.Exec(`INSERT INTO wallet (app_id, store_id, created_ms, updated_ms) VALUES ($1, $2, $3, $3)
		ON CONFLICT (app_id, store_id) DO NOTHING`, appID, storeID, tx.NowMS())
	return err
}

// hold returns a wallet and keeps it from being changed by others until the
// transaction ends.
func hold(tx *db.Tx, id int64) (api.Wallet, error) {
	return db.One(tx, scan, `UPDATE wallet SET updated_ms = updated_ms WHERE id = $1 RETURNING `+columns, id)
}

// change says by how much the totals of a wallet grow.
type change struct{ topup, spent api.Money }

// add changes a balance; db.ErrNoRows when it would fall below zero.
func add(tx *db.Tx, id int64, amount api.Money, c change) (api.Wallet, error) {
	return db.One(tx, scan, `UPDATE wallet SET balance_minor = balance_minor + $2, topup_minor = topup_minor + $3, spent_minor = spent_minor + $4,
		updated_ms = $5 WHERE id = $1 AND balance_minor + $2 >= 0 RETURNING `+columns, id, int64(amount), int64(c.topup), int64(c.spent), tx.NowMS())
}

// spend takes an amount for an active installation; db.ErrNoRows when the
// balance is lower, or the app is being uninstalled.
func spend(tx *db.Tx, id, installationID int64, amount api.Money) (api.Wallet, error) {
	return db.One(tx, scan, `UPDATE wallet SET balance_minor = balance_minor - $2, spent_minor = spent_minor + $2, updated_ms = $3
		WHERE id = $1 AND balance_minor >= $2 AND EXISTS (SELECT 1 FROM installation i WHERE i.id = $4 AND i.status = 'active')
		RETURNING `+columns, id, int64(amount), tx.NowMS(), installationID)
}

func isActive(tx *db.Tx, installationID int64) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM installation WHERE id = $1 AND status = 'active'`, installationID)
	return n > 0, err
}

// entry is a transaction with what tells a repeat of it.
type entry struct {
	api.WalletTransaction
	key, hash *string
}

const entryColumns = `id, wallet_id, type, amount_minor, balance_minor, description, metadata, charge_id, reversal_of, content_hash, created_ms`

func scanEntry(r db.Row) (e entry, err error) {
	var metadata *string
	var created int64
	err = r.Scan(&e.TransactionID, &e.WalletID, &e.Type, &e.Amount, &e.BalanceAfter, &e.Description, &metadata, &e.ChargeID, &e.ReversalOf,
		&e.hash, &created)
	if metadata != nil {
		e.Metadata = json.RawMessage(*metadata)
	}
	e.Balance, e.CreatedAt = e.BalanceAfter, api.At(created)
	return e, err
}

func scanTransaction(r db.Row) (api.WalletTransaction, error) {
	e, err := scanEntry(r)
	return e.WalletTransaction, err
}

func insertTransaction(tx *db.Tx, e entry) (api.WalletTransaction, error) {
	var metadata *string
	if e.Metadata != nil {
		text := string(e.Metadata)
		metadata = &text
	}
	return db.One(tx, scanTransaction, `INSERT INTO wallet_transaction (wallet_id, type, amount_minor, balance_minor, description, metadata,
		charge_id, reversal_of, idempotency_key, content_hash, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		RETURNING `+entryColumns, e.WalletID, e.Type, int64(e.Amount), int64(e.BalanceAfter), e.Description, metadata, e.ChargeID, e.ReversalOf,
		e.key, e.hash, tx.NowMS())
}

func byKey(tx *db.Tx, walletID int64, key string) (entry, error) {
	return db.One(tx, scanEntry, `SELECT `+entryColumns+` FROM wallet_transaction WHERE wallet_id = $1 AND idempotency_key = $2`, walletID, key)
}

func transactionByID(tx *db.Tx, walletID, id int64) (entry, error) {
	return db.One(tx, scanEntry, `SELECT `+entryColumns+` FROM wallet_transaction WHERE wallet_id = $1 AND id = $2`, walletID, id)
}

func reversalOf(tx *db.Tx, id int64) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT id FROM wallet_transaction WHERE reversal_of = $1`, id)
}

package wallet

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service is the use cases of wallets.
type Service struct {
	DB     *db.DB
	Writes idempotency.Writes
	Apps   app.Apps
}

// open returns the wallet of an app on a store and makes it with its first use.
func open(tx *db.Tx, appID, storeID int64) (api.Wallet, error) {
	w, err := find(tx, appID, storeID)
	if !db.IsNone(err) {
		return w, err
	}
	if err := insert(tx, appID, storeID); err != nil {
		return w, err
	}
	return find(tx, appID, storeID)
}

// Hold returns what a store can still spend with an app, and keeps it from
// being changed by others until the transaction ends.
func Hold(tx *db.Tx, appID, storeID int64) (api.Money, error) {
	w, err := open(tx, appID, storeID)
	if err != nil {
		return 0, err
	}
	w, err = hold(tx, w.WalletID)
	return w.Balance, err
}

// owned returns a wallet of one of the caller's stores.
func owned(tx *db.Tx, caller web.Caller, walletID int64) (api.Wallet, error) {
	w, err := byID(tx, walletID)
	if db.IsNone(err) || err == nil && caller.CheckStore(w.StoreID) != nil {
		return api.Wallet{}, problem.NotFound("wallet", walletID)
	}
	return w, err
}

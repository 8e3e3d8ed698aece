package wallet

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the wallet for apps and for the dashboard.
func (s *Service) Routes(r *web.Router) {
	const v1, wallets = "/api/apps/v1/billing/wallet", "/api/apps/billing/wallets"
	r.ForApp(http.MethodGet, v1, api.Billing, s.get)
	r.ForApp(http.MethodPost, v1+"/debit", api.Billing, s.debit)
	r.ForApp(http.MethodPost, v1+"/refund", api.Billing, s.reverse)
	r.ForApp(http.MethodGet, v1+"/transactions", api.Billing, s.listForApp)
	r.ForUser(http.MethodGet, wallets, s.listOfStore)
	r.ForUser(http.MethodGet, wallets+"/{wallet_id}", s.getForStore)
	r.ForUser(http.MethodGet, wallets+"/{wallet_id}/transactions", s.listForStore)
}

func (s *Service) get(w http.ResponseWriter, r *http.Request) error {
	caller := web.CallerOf(r)
	var out api.Wallet
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		out, err = find(tx, caller.AppID, caller.StoreID)
		return err
	})
	if db.IsNone(err) {
		err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
			out, err = open(tx, caller.AppID, caller.StoreID)
			return err
		})
	}
	if err != nil {
		return err
	}
	return web.OK(w, "Wallet fetched.", out)
}

// debit answers 201 for a new transaction and 200 for a repeat of its key.
func (s *Service) debit(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewDebit](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Answer(w, r, in, func(tx *db.Tx) (api.Envelope[any], error) {
		t, made, err := s.Debit(tx, web.CallerOf(r), in)
		if !made {
			return api.Envelope[any]{Message: "Transaction fetched.", Data: t, Status: http.StatusOK}, err
		}
		return api.Envelope[any]{Message: "Wallet debited.", Data: t, Status: http.StatusCreated}, err
	})
}

func (s *Service) reverse(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewReversal](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Debit reversed.", func(tx *db.Tx) (any, error) { return s.Reverse(tx, web.CallerOf(r), in) })
}

func (s *Service) listForApp(w http.ResponseWriter, r *http.Request) error {
	caller := web.CallerOf(r)
	return s.list(w, r, func(tx *db.Tx) (api.Wallet, error) {
		found, err := find(tx, caller.AppID, caller.StoreID)
		if db.IsNone(err) {
			err = nil // never used: nothing has happened
		}
		return found, err
	})
}

func (s *Service) listForStore(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "wallet_id")
	if err != nil {
		return err
	}
	return s.list(w, r, func(tx *db.Tx) (api.Wallet, error) { return owned(tx, web.CallerOf(r), id) })
}

// list answers with a page of a wallet's transactions, newest first.
func (s *Service) list(w http.ResponseWriter, r *http.Request, which func(*db.Tx) (api.Wallet, error)) error {
	q := web.QueryOf(r)
	page, kind := q.PageWithin(20, 100), q.OneOf("type", []string{api.WalletTopup, api.WalletDeduction, api.WalletRefund})
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.WalletTransaction
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		found, err := which(tx)
		if err != nil {
			return err
		}
		var where db.Where
		where.And("wallet_id = ?", found.WalletID)
		if kind != "" {
			where.And("type = ?", kind)
		}
		if total, err = where.Count(tx, "wallet_transaction"); err != nil {
			return err
		}
		list, err = db.Rows(tx, scanTransaction, &where, db.Page{
			Columns: entryColumns, From: "wallet_transaction", Sort: "id", ID: "id", Desc: true, Limit: page.Limit, Offset: page.Offset(),
		})
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Transactions fetched.", list, page, total)
}

func (s *Service) listOfStore(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	out := []api.StoreWallet{}
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		wallets, err := ofStore(tx, storeID)
		for _, found := range wallets {
			shown, err := s.describe(tx, found)
			if err != nil {
				return err
			}
			out = append(out, shown)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Wallets fetched.", out)
}

func (s *Service) getForStore(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "wallet_id")
	if err != nil {
		return err
	}
	var out api.StoreWallet
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		found, err := owned(tx, web.CallerOf(r), id)
		if err != nil {
			return err
		}
		out, err = s.describe(tx, found)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Wallet fetched.", out)
}

// describe joins a wallet with its app; a deleted app's wallet stays.
func (s *Service) describe(tx *db.Tx, w api.Wallet) (api.StoreWallet, error) {
	a, err := s.Apps.Record(tx, w.AppID)
	return api.StoreWallet{Wallet: w, App: app.Card(a)}, err
}

package site

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// billingData is what a store pays to its apps.
type billingData struct {
	Method        api.PaymentMethod
	Complaint     string            // about the method
	Subscriptions []api.StoreCharge // that go on, or are frozen
	Wallets       []api.StoreWallet
	Charges       []api.StoreCharge
	List          page.List
	Types, States []string
}

func (v *visit) billing() error {
	return v.showBilling(http.StatusOK, billingData{})
}

func (v *visit) showBilling(status int, data billingData) (err error) {
	ctx, storeID := v.r.Context(), v.store.StoreID
	data.Types, data.States = page.ChargeTypes, page.ChargeStates
	if data.Method.Behavior == "" {
		if data.Method, err = v.session.PaymentMethod(ctx, storeID); err != nil {
			return err
		}
	}
	if data.Subscriptions, err = v.subscriptions(0); err != nil {
		return err
	}
	if data.Wallets, err = v.session.Wallets(ctx, storeID); err != nil {
		return err
	}
	data.List = page.ReadList(v.r.URL, "", nil).WithFilters(v.r.URL, "app", "type")
	if data.Charges, data.List, err = v.chargesOf(data.List); err != nil {
		return err
	}
	return v.answer(status, "shell/billing", "Billing", "settings", data, policy{})
}

// subscriptions are the store's with an app, or with 0 all of them: those that
// are frozen, and those that go on.
func (v *visit) subscriptions(appID int64) (list []api.StoreCharge, err error) {
	for _, state := range []string{api.ChargeFrozen, api.ChargeActive} {
		found, err := v.session.Charges(v.r.Context(), v.store.StoreID, platform.ChargeQuery{
			AppID: appID, Status: state, Type: api.ChargeRecurring, Limit: 100,
		})
		if err != nil {
			return nil, err
		}
		list = append(list, found.Data...)
	}
	return list, nil
}

// chargesOf reads the page of charges that a list asks for. What makes no sense
// of it counts as not given.
func (v *visit) chargesOf(l page.List) ([]api.StoreCharge, page.List, error) {
	q := platform.ChargeQuery{Page: l.Page, Limit: page.Rows}
	if slices.Contains(page.ChargeStates, l.Status) {
		q.Status = l.Status
	} else {
		l.Status = ""
	}
	if slices.Contains(page.ChargeTypes, l.Filters["type"]) {
		q.Type = l.Filters["type"]
	} else {
		delete(l.Filters, "type")
	}
	if id, err := strconv.ParseInt(l.Filters["app"], 10, 64); err == nil && id > 0 {
		q.AppID = id
	} else {
		delete(l.Filters, "app")
	}
	found, err := v.session.Charges(v.r.Context(), v.store.StoreID, q)
	return found.Data, l.Found(found.Pagination), err
}

// saveMethod says how the saved method behaves from now on.
func (v *visit) saveMethod() error {
	in := api.PaymentMethodInput{StoreID: v.store.StoreID, Behavior: v.r.PostFormValue("behavior")}
	if in.Behavior == api.MethodFailsTimes {
		times, err := strconv.ParseInt(v.r.PostFormValue("failures"), 10, 64)
		if err != nil {
			times = 0
		}
		in.FailuresLeft = &times
	}
	saved, err := v.session.SavePaymentMethod(v.r.Context(), in)
	if refused, ok := platform.Refusal(err); ok && refused.Code == api.CodeValidation {
		return v.showBilling(http.StatusUnprocessableEntity, billingData{
			Method: api.PaymentMethod{StoreID: in.StoreID, Behavior: in.Behavior}, Complaint: "Say how often it fails: a number from 1 to 100. Nothing was changed.",
		})
	}
	if err != nil {
		return err
	}
	return v.done("success", fmt.Sprintf("Saved. The payment method %s.", page.Method(saved)), v.path("/settings/billing"))
}

// walletData is the ledger of one wallet.
type walletData struct {
	api.StoreWallet
	Transactions []api.WalletTransaction
	List         page.List
}

func (v *visit) wallet() error {
	found, err := v.session.Wallet(v.r.Context(), v.number("wallet"))
	if err == nil && found.StoreID != v.store.StoreID {
		err = missing
	}
	if err != nil {
		return err
	}
	data := walletData{StoreWallet: found, List: page.ReadList(v.r.URL, "", nil)}
	transactions, err := v.session.WalletTransactions(v.r.Context(), found.WalletID, data.List.Page, page.Rows)
	if err != nil {
		return err
	}
	data.Transactions, data.List = transactions.Data, data.List.Found(transactions.Pagination)
	return v.show("shell/wallet", "Wallet of "+found.App.Name, "settings", data, policy{})
}

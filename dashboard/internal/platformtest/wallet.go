package platformtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Spend lets an app take an amount of a store's wallet.
func (p *Platform) Spend(slug string, storeID int64, amount api.Money, description string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.change(p.app(slug).AppID, storeID, api.WalletDeduction, amount, description, nil)
}

// change adds a transaction to a wallet, which it opens.
func (p *Platform) change(appID, storeID int64, kind string, amount api.Money, description string, chargeID *int64) {
	i := slices.IndexFunc(p.wallets, func(w api.Wallet) bool { return w.AppID == appID && w.StoreID == storeID })
	if i < 0 {
		i = len(p.wallets)
		p.wallets = append(p.wallets, api.Wallet{WalletID: int64(i + 1), AppID: appID, StoreID: storeID, Currency: api.CurrencyBDT})
	}
	w := &p.wallets[i]
	if kind == api.WalletDeduction {
		w.Balance, w.TotalSpent = w.Balance-amount, w.TotalSpent+amount
	} else {
		w.Balance, w.TotalTopup = w.Balance+amount, w.TotalTopup+amount
	}
	p.transactions = append(p.transactions, api.WalletTransaction{
		TransactionID: int64(len(p.transactions) + 1), WalletID: w.WalletID, Type: kind, Amount: amount, Balance: w.Balance, BalanceAfter: w.Balance,
		Description: description, ChargeID: chargeID, CreatedAt: api.Time{Time: today.Add(time.Duration(len(p.transactions)) * time.Minute)},
	})
}

func (p *Platform) showWallet(w api.Wallet) api.StoreWallet {
	i := slices.IndexFunc(p.apps, func(a api.App) bool { return a.AppID == w.AppID })
	return api.StoreWallet{Wallet: w, App: card(&p.apps[i])}
}

func (p *Platform) listWallets(c call) (any, error) {
	list := []api.StoreWallet{}
	for _, w := range p.wallets {
		if w.StoreID == c.storeID {
			list = append(list, p.showWallet(w))
		}
	}
	return list, nil
}

func (p *Platform) getWallet(c call) (any, error) {
	for _, w := range p.wallets {
		own := slices.ContainsFunc(c.account.Stores, func(s api.StoreRef) bool { return s.StoreID == w.StoreID })
		if w.WalletID == c.id("id") && own {
			return p.showWallet(w), nil
		}
	}
	return nil, notFound("No wallet %s.", c.PathValue("id"))
}

func (p *Platform) listTransactions(c call) (any, error) {
	if _, err := p.getWallet(c); err != nil {
		return nil, err
	}
	var list []api.WalletTransaction
	for _, t := range slices.Backward(p.transactions) {
		if t.WalletID == c.id("id") {
			list = append(list, t)
		}
	}
	return page(c, list)
}

func (p *Platform) method(storeID int64) api.PaymentMethod {
	if m, ok := p.methods[storeID]; ok {
		return m
	}
	return api.PaymentMethod{StoreID: storeID, Behavior: api.MethodSucceeds}
}

func (p *Platform) getMethod(c call) (any, error) { return p.method(c.storeID), nil }

func (p *Platform) putMethod(c call) (any, error) {
	var in api.PaymentMethodInput
	_ = json.NewDecoder(c.Body).Decode(&in)
	m := api.PaymentMethod{StoreID: c.storeID, Behavior: in.Behavior}
	if in.FailuresLeft != nil {
		m.FailuresLeft = *in.FailuresLeft
	}
	known := slices.Contains([]string{api.MethodSucceeds, api.MethodFails, api.MethodFailsTimes}, in.Behavior)
	if !known || in.Behavior == api.MethodFailsTimes && (m.FailuresLeft < 1 || m.FailuresLeft > 100) {
		return nil, refuse(http.StatusBadRequest, api.CodeValidation, "failures_left must be from 1 to 100")
	}
	p.methods[c.storeID] = m
	return m, nil
}

func (p *Platform) resumeCharge(c call) (any, error) {
	charge, err := p.may(c, api.ActionResume)
	if err != nil {
		return nil, err
	}
	charge.CancelAtPeriodEnd, charge.NextPaymentAt = false, charge.CurrentPeriodEnd
	p.step(charge, "resumed", "The subscription goes on")
	return api.PaymentResult{Charge: *charge, RedirectURL: charge.ConfirmationURL}, nil
}

func (p *Platform) listUses(c call) (any, error) {
	charge, err := p.charge(c)
	if err != nil {
		return nil, err
	}
	var list []api.UsageCharge
	for _, u := range p.uses {
		if u.ChargeID == charge.ChargeID {
			list = append(list, u)
		}
	}
	return page(c, list)
}

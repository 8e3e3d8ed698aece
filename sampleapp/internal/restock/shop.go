package restock

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// shopView is what a store can buy and what it has.
type shopView struct {
	Report purchaseView `json:"report"`
	Plan   planView     `json:"plan"`
	Wallet purchaseView `json:"wallet"` // the last top-up
}

// purchaseView is a purchase as the page shows it.
type purchaseView struct {
	Price           selorax.Money `json:"price"`
	Currency        string        `json:"currency"`
	Status          string        `json:"status"`           // none, or that of the last attempt
	ConfirmationURL string        `json:"confirmation_url"` // while a merchant can pay
	// Payment is what became of the payment that the merchant comes back
	// from: success, failed, cancelled or declined. Empty: from none.
	Payment string `json:"payment"`
}

// planView is the plan, with when it costs something next.
type planView struct {
	purchaseView
	TrialDays     int        `json:"trial_days"`
	TrialEndsAt   *time.Time `json:"trial_ends_at"`
	NextPaymentAt *time.Time `json:"next_payment_at"`
}

func (p purchase) view() purchaseView {
	v := purchaseView{Price: p.product.price(), Currency: "BDT", Status: p.status}
	if p.status == pending {
		v.ConfirmationURL = p.confirmationURL
	}
	return v
}

// shop says how the store's purchases stand. The page hands on the charge_id
// and payment of its address; they only choose what is looked up and which
// words a merchant who did not pay is met with.
func (a *App) shop(r *http.Request, s selorax.Session) (any, error) {
	q := r.URL.Query()
	returned, err := strconv.ParseInt(q.Get("charge_id"), 10, 64)
	if err != nil {
		returned = 0
	}
	own, err := a.reconcile(r.Context(), s.StoreID, returned)
	if err != nil {
		return nil, err
	}
	show := func(of product) purchaseView {
		v := own[of].view()
		if p := own[of]; p.chargeID != 0 && p.chargeID == returned {
			v.Payment = p.outcome(q.Get("payment"))
		}
		return v
	}
	v := shopView{Report: show(reportProduct), Wallet: show(walletProduct), Plan: planView{purchaseView: show(alertsProduct), TrialDays: alertsTrial}}
	return &v, a.showPlan(r.Context(), s.StoreID, own[alertsProduct], &v.Plan)
}

// showPlan fills in when the plan costs something next.
func (a *App) showPlan(ctx context.Context, storeID int64, p purchase, v *planView) error {
	if !p.held() {
		return nil
	}
	s, err := forStore(ctx, a, storeID, func(ctx context.Context, token string) (selorax.Subscription, error) {
		return a.Platform.Subscription(ctx, token, p.chargeID)
	})
	v.TrialEndsAt, v.NextPaymentAt = s.TrialEndsAt, s.NextPaymentAt
	return err
}

// outcome is what became of a payment. The platform's word decides; what the
// address says counts only between ways of not having paid yet.
func (p purchase) outcome(said string) string {
	switch {
	case p.status == paid:
		return "success"
	case p.status == selorax.ChargeDeclined, p.status == selorax.ChargeCancelled:
		return p.status
	case p.status == pending && (said == "failed" || said == "cancelled"):
		return said
	}
	return ""
}

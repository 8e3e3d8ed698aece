package restock

import (
	"context"
	"database/sql"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// maxNewAttempts bounds the attempts that one request begins. More than one is
// needed only where the platform knows attempts that the app has forgotten.
const maxNewAttempts = 5

// believed is how long a subscription is taken for what the last webhook said.
// Webhooks get lost at times, so the platform is asked again after that.
const believed = 24 * time.Hour

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
	return a.withToken(ctx, storeID, func(token string) error {
		s, err := a.Platform.Subscription(ctx, token, p.chargeID)
		v.TrialEndsAt, v.NextPaymentAt = s.TrialEndsAt, s.NextPaymentAt
		return err
	})
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

// owned are a store's purchases, by product.
type owned map[product]purchase

// unsure returns the charges that the platform should be asked for, and whether
// to ask at all: what is bought for good and was told is not asked for again.
func (o owned) unsure(returned int64, now time.Time) (charges []int64, ask bool) {
	ask = o[reportProduct].status != paid
	for of, p := range o {
		old := of == alertsProduct && p.held() && now.Sub(time.UnixMilli(p.toldMS)) > believed
		if p.status == pending || p.status == frozen || old {
			charges, ask = append(charges, p.chargeID), true
		}
		if p.chargeID == returned && p.held() {
			returned = 0 // known to be paid
		}
	}
	return append(charges, returned), ask || returned != 0
}

// reconcile brings the store's purchases up to date with the platform. That
// also finds what an earlier installation paid for, and what a webhook has not
// told yet. returned is a charge to look at as well, 0 for none; one that is
// not this store's is not found and counts for nothing.
func (a *App) reconcile(ctx context.Context, storeID, returned int64) (owned, error) {
	own, err := a.owned(ctx, storeID)
	if err != nil {
		return nil, err
	}
	unsure, ask := own.unsure(returned, a.Now())
	if !ask {
		return own, nil
	}
	var charges []selorax.Charge
	err = a.withToken(ctx, storeID, func(token string) (err error) {
		if charges, err = a.Platform.ActiveCharges(ctx, token); err != nil {
			return err
		}
		known, err := a.chargesByID(ctx, token, unsure...)
		charges = append(charges, known...)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = a.write(ctx, func(tx *sql.Tx) error {
		for _, c := range charges {
			if err := a.settle(ctx, tx, storeID, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	a.wakeOutbox()
	return a.owned(ctx, storeID)
}

func (a *App) owned(ctx context.Context, storeID int64) (owned, error) {
	o := owned{}
	return o, a.write(ctx, func(tx *sql.Tx) (err error) {
		for _, of := range products {
			if o[of], err = readPurchase(ctx, tx, storeID, of); err != nil {
				return err
			}
		}
		return nil
	})
}

// chargesByID asks for charges by their ids, of which 0 is none. Those that are
// not this store's are left out.
func (a *App) chargesByID(ctx context.Context, token string, ids ...int64) (found []selorax.Charge, err error) {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if id <= 0 {
			continue
		}
		c, err := a.Platform.Charge(ctx, token, id)
		switch {
		case err == nil:
			found = append(found, c)
		case !selorax.IsNotFound(err):
			return nil, err
		}
	}
	return found, nil
}

// buy asks the platform for a charge, or for the one that is pending already,
// and says where the merchant pays it.
func (a *App) buy(r *http.Request, s selorax.Session) (any, error) {
	of, ok := products[r.PathValue("product")]
	if !ok {
		return nil, errNoProduct
	}
	ctx := r.Context()
	own, err := a.reconcile(ctx, s.StoreID, 0)
	p := own[of]
	for n := 0; n < maxNewAttempts && err == nil; n++ {
		if p, err = a.attempt(ctx, s.StoreID, of); err == nil && p.status == pending && p.chargeID == 0 {
			p, err = a.charge(ctx, s.StoreID, p)
		}
		if p.status == pending || p.held() {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	a.Log.InfoContext(ctx, "purchase.ask", "store_id", s.StoreID, "product", of, "attempt", p.attempt, "charge_id", p.chargeID, "status", p.status)
	return p.view(), nil
}

// charge makes the charge of a pending attempt.
func (a *App) charge(ctx context.Context, storeID int64, p purchase) (purchase, error) {
	var c selorax.Charge
	err := a.withToken(ctx, storeID, func(token string) (err error) {
		c, err = a.ask(ctx, token, storeID, p)
		return err
	})
	if err != nil && !selorax.IsConflict(err) {
		return p, err
	}
	known := err == nil // otherwise the key was used before this app's addresses changed, and leads nobody anywhere
	err = a.write(ctx, func(tx *sql.Tx) error {
		if !known {
			return closeAttempt(ctx, tx, storeID, p)
		}
		if err := noteCharge(ctx, tx, storeID, p, c); err != nil {
			return err
		}
		return a.settle(ctx, tx, storeID, c)
	})
	if err != nil {
		return p, err
	}
	return a.purchaseOf(ctx, storeID, p.product)
}

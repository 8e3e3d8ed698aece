package restock

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// What Restock sells, once to each store.
const (
	reportProduct = "reorder-report"
	reportName    = "Reorder report"
	reportPrice   = selorax.Money(150_00)
)

// maxNewAttempts bounds the attempts that one request begins. More than one is
// needed only where the platform knows attempts that the app has forgotten.
const maxNewAttempts = 5

// errNotPaid says that the store has not paid for the report.
var errNotPaid = errors.New("the report has not been paid for")

// purchaseView is the purchase as the page shows it.
type purchaseView struct {
	Price           selorax.Money `json:"price"`
	Currency        string        `json:"currency"`
	Status          string        `json:"status"`           // none, or that of the last attempt
	ConfirmationURL string        `json:"confirmation_url"` // while a merchant can pay
	// Payment is what became of the payment that the merchant comes back
	// from: success, failed, cancelled or declined. Empty: from none.
	Payment string `json:"payment"`
}

func (p purchase) view() purchaseView {
	v := purchaseView{Price: reportPrice, Currency: "BDT", Status: p.status}
	if p.status == pending {
		v.ConfirmationURL = p.confirmationURL
	}
	return v
}

// purchaseState says how the store's purchase stands. The page hands on the
// charge_id and payment of its address; they only choose what is looked up and
// which words a merchant who did not pay is met with.
func (a *App) purchaseState(r *http.Request, s selorax.Session) (any, error) {
	q := r.URL.Query()
	returned, err := strconv.ParseInt(q.Get("charge_id"), 10, 64)
	if err != nil {
		returned = 0
	}
	p, err := a.reconcile(r.Context(), s.StoreID, returned)
	if err != nil {
		return nil, err
	}
	v := p.view()
	if p.chargeID != 0 && p.chargeID == returned {
		v.Payment = p.outcome(q.Get("payment"))
	}
	return v, nil
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

// reconcile brings the store's purchase up to date with the platform, unless
// it is paid. That also finds what an earlier installation paid for, and what
// a webhook has not told yet. returned is a charge to look at as well, 0 for
// none; one that is not this store's is not found and counts for nothing.
func (a *App) reconcile(ctx context.Context, storeID, returned int64) (purchase, error) {
	p, err := a.purchaseOf(ctx, storeID)
	if err != nil || p.status == paid {
		return p, err
	}
	var charges []selorax.Charge
	err = a.withToken(ctx, storeID, func(token string) (err error) {
		if charges, err = a.Platform.ActiveCharges(ctx, token); err != nil {
			return err
		}
		known, err := a.chargesByID(ctx, token, p.chargeID, returned)
		charges = append(charges, known...)
		return err
	})
	if err != nil {
		return p, err
	}
	err = a.write(ctx, func(tx *sql.Tx) error {
		for _, c := range charges {
			if err := settle(ctx, tx, storeID, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return p, err
	}
	return a.purchaseOf(ctx, storeID)
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
	ctx := r.Context()
	p, err := a.reconcile(ctx, s.StoreID, 0)
	for n := 0; n < maxNewAttempts && err == nil; n++ {
		if p, err = a.attempt(ctx, s.StoreID); err == nil && p.status == pending && p.chargeID == 0 {
			p, err = a.charge(ctx, s.StoreID, p)
		}
		if p.status == pending || p.status == paid {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	a.Log.InfoContext(ctx, "purchase.ask", "store_id", s.StoreID, "attempt", p.attempt, "charge_id", p.chargeID, "status", p.status)
	return p.view(), nil
}

// charge makes the charge of a pending attempt. Its key makes it the same one
// however often this is called, after a crash and from two tabs at once.
func (a *App) charge(ctx context.Context, storeID int64, p purchase) (purchase, error) {
	var c selorax.Charge
	err := a.withToken(ctx, storeID, func(token string) (err error) {
		c, err = a.Platform.CreateCharge(ctx, token, selorax.NewCharge{
			Name: reportName, Description: "What to order again, and how much, from the sales of the last 30 days.",
			Amount: reportPrice, ReturnURL: fmt.Sprintf("%s/%d/apps/e/%s", a.DashboardURL, storeID, Slug),
			Metadata:       map[string]any{"product": reportProduct},
			IdempotencyKey: fmt.Sprintf("%s-%d-%d-%d", reportProduct, storeID, p.generation, p.attempt),
		})
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
		return settle(ctx, tx, storeID, c)
	})
	if err != nil {
		return p, err
	}
	return a.purchaseOf(ctx, storeID)
}

// settle takes over what the platform says of a charge. Webhooks and answers
// may come in any order and more than once: a status is left for good only
// from pending.
func settle(ctx context.Context, tx *sql.Tx, storeID int64, c selorax.Charge) error {
	if !isReport(c) || c.StoreID != storeID {
		return nil
	}
	switch {
	case c.Paid():
		return settlePaid(ctx, tx, storeID, c.ChargeID)
	case c.Status == selorax.ChargeDeclined, c.Status == selorax.ChargeCancelled, c.Status == selorax.ChargeExpired:
		_, err := exec(ctx, tx, `UPDATE purchase SET status = ?3 WHERE store_id = ?1 AND charge_id = ?2 AND status = 'pending'`,
			storeID, c.ChargeID, c.Status)
		return err
	}
	return nil
}

// isReport reports whether a charge is for the reorder report.
func isReport(c selorax.Charge) bool {
	var m struct {
		Product string `json:"product"`
	}
	return json.Unmarshal(c.Metadata, &m) == nil && m.Product == reportProduct
}

package restock

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// product is something that Restock sells. It stands in a charge's metadata,
// which comes back with every answer and webhook about it.
type product string

// What Restock sells.
const (
	reportProduct product = "reorder-report" // once to each store
	alertsProduct product = "alerts"         // every month: the plan that sends messages
	walletProduct product = "wallet"         // as often as it runs empty: what messages cost
)

// What it costs.
const (
	reportPrice = selorax.Money(150_00)
	alertsPrice = selorax.Money(490_00)
	topupAmount = selorax.Money(200_00)
	smsPrice    = selorax.Money(50)
	emailPrice  = selorax.Money(10)
)

// alertsTrial is how long the plan is free at first.
const alertsTrial = 14 // days

// products are all of them, by what the page calls them.
var products = map[string]product{"report": reportProduct, "plan": alertsProduct, "wallet": walletProduct}

func (p product) price() selorax.Money {
	return map[product]selorax.Money{reportProduct: reportPrice, alertsProduct: alertsPrice, walletProduct: topupAmount}[p]
}

// productOf says what a charge is for; "" for what we do not sell.
func productOf(c selorax.Charge) product {
	var m struct {
		Product product `json:"product"`
	}
	if json.Unmarshal(c.Metadata, &m) != nil || m.Product.price() == 0 {
		return ""
	}
	return m.Product
}

// ask has the platform make the charge of an attempt. Its key makes it the same
// one however often this is called, after a crash and from two tabs at once.
func (a *App) ask(ctx context.Context, token string, storeID int64, p purchase) (selorax.Charge, error) {
	back := fmt.Sprintf("%s/%d/apps/e/%s", a.DashboardURL, storeID, Slug)
	key := fmt.Sprintf("%s-%d-%d-%d", p.product, storeID, p.generation, p.attempt)
	meta := map[string]any{"product": p.product}
	switch p.product {
	case alertsProduct:
		s, err := a.Platform.CreateSubscription(ctx, token, selorax.NewSubscription{
			Name: "Restock alerts", Description: "Messages when stock runs low and when it is back.",
			Amount: alertsPrice, Interval: selorax.Monthly, TrialDays: alertsTrial, ReturnURL: back, Metadata: meta, IdempotencyKey: key,
		})
		return s.Charge, err
	case walletProduct:
		return a.Platform.TopUp(ctx, token, selorax.NewTopup{
			Name: "Messages", Amount: topupAmount, ReturnURL: back, Metadata: meta, IdempotencyKey: key,
		})
	}
	return a.Platform.CreateCharge(ctx, token, selorax.NewCharge{
		Name: "Reorder report", Description: "What to order again, and how much, from the sales of the last 30 days.",
		Amount: reportPrice, ReturnURL: back, Metadata: meta, IdempotencyKey: key,
	})
}

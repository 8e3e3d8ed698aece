package api

// Earnings is what an app has brought in over days of business time, in UTC
// (GET /api/apps/{app_id}/earnings).
type Earnings struct {
	AppID    int64        `json:"app_id"`
	Currency string       `json:"currency"` // BDT
	Balance  Money        `json:"balance"`  // what the developer has earned in all, up to now
	From     string       `json:"from"`     // first day: 2026-10-25
	To       string       `json:"to"`       // last day
	Totals   EarningsSums `json:"totals"`   // of these days
	// Days has every day from the first to the last, also those without a payment.
	Days []EarningsDay `json:"days"`
}

// EarningsDay is one day of an app's earnings.
type EarningsDay struct {
	Date string `json:"date"` // 2026-11-23
	EarningsSums
}

// EarningsSums are sums over a time. Revenue is what merchants paid less what
// they were paid back, and Commission + GatewayFees + Developer of it.
type EarningsSums struct {
	Revenue     Money `json:"revenue"`
	Commission  Money `json:"commission"`
	GatewayFees Money `json:"gateway_fees"`
	Developer   Money `json:"developer"`
	Refunded    Money `json:"refunded"` // paid back to merchants; already taken off the others
	Usage       Money `json:"usage"`    // metered in this time, collected or not
	Payments    int64 `json:"payments"`
}

// StatementEntry is one movement of an app's books, as its developer sees it
// (GET /api/apps/{app_id}/statement).
type StatementEntry struct {
	EntryID      int64  `json:"entry_id"`
	Kind         string `json:"kind"` // payment | refund
	StoreID      int64  `json:"store_id"`
	ChargeID     int64  `json:"charge_id"`
	ChargeType   string `json:"charge_type"` // one_time | recurring | usage | wallet_topup
	Name         string `json:"name"`        // of the charge
	Paid         Money  `json:"paid"`        // by the merchant; negative: paid back
	Commission   Money  `json:"commission"`
	GatewayFee   Money  `json:"gateway_fee"`
	Amount       Money  `json:"amount"`        // what it changed the developer's balance by
	BalanceAfter Money  `json:"balance_after"` // of the developer, after this entry
	CreatedAt    Time   `json:"created_at"`
}

// PlatformRevenue is what the platform has kept (GET /api/apps/revenue).
type PlatformRevenue struct {
	Currency string       `json:"currency"` // BDT
	From     string       `json:"from"`     // first day: 2026-10-25
	To       string       `json:"to"`       // last day
	Totals   EarningsSums `json:"totals"`
	Apps     []AppRevenue `json:"apps"` // the user's apps and the others, most commission first
}

// AppRevenue is what one app has brought the platform.
type AppRevenue struct {
	App AppCard `json:"app"`
	EarningsSums
}

// Add adds the sums of another time, or of another app.
func (s *EarningsSums) Add(more EarningsSums) {
	s.Revenue += more.Revenue
	s.Commission += more.Commission
	s.GatewayFees += more.GatewayFees
	s.Developer += more.Developer
	s.Refunded += more.Refunded
	s.Usage += more.Usage
	s.Payments += more.Payments
}

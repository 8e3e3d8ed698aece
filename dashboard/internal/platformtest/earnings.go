package platformtest

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Earn lets the first app earn something on every day but Fridays for a year.
func (p *Platform) Earn() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.earning = true
}

// earned is what the first app earned on a day.
func (p *Platform) earned(at time.Time) (s api.EarningsSums) {
	if !p.earning || at.Weekday() == time.Friday {
		return s
	}
	n := api.Money(at.YearDay()*37%9 + 1)
	return api.EarningsSums{Revenue: n * 500_00, Commission: n * 100_00, GatewayFees: n * 12_50, Developer: n * 387_50, Usage: n * 120_00, Payments: int64(n)}
}

func (p *Platform) developer(c call) error {
	if !slices.Contains(c.account.Roles, api.RoleDeveloper) {
		return refuse(http.StatusForbidden, api.CodeForbidden, "Earnings are for developers.")
	}
	return nil
}

// days are those that a call asks for: thirty unless said.
func days(c call) (from, to time.Time) {
	to = today.Truncate(24 * time.Hour)
	from = to.AddDate(0, 0, -29)
	if t, err := time.Parse(time.DateOnly, c.URL.Query().Get("from")); err == nil {
		from = t
	}
	return from, to
}

func (p *Platform) getEarnings(c call) (any, error) {
	if err := p.developer(c); err != nil {
		return nil, err
	}
	from, to := days(c)
	out := api.Earnings{AppID: c.id("id"), Currency: api.CurrencyBDT, From: from.Format(time.DateOnly), To: to.Format(time.DateOnly)}
	for at := from; !at.After(to); at = at.AddDate(0, 0, 1) {
		var sums api.EarningsSums
		if out.AppID == 1 {
			sums = p.earned(at)
		}
		out.Days = append(out.Days, api.EarningsDay{Date: at.Format(time.DateOnly), EarningsSums: sums})
		out.Totals.Add(sums)
	}
	out.Balance = out.Totals.Developer
	return out, nil
}

func (p *Platform) listStatement(c call) (any, error) {
	if err := p.developer(c); err != nil {
		return nil, err
	}
	var list []api.StatementEntry
	for n := range 40 {
		if !p.earning || c.id("id") != 1 {
			break
		}
		e := api.StatementEntry{
			EntryID: int64(40 - n), Kind: "payment", StoreID: 22, ChargeID: 1, ChargeType: api.ChargeRecurring, Name: "Plus", Paid: 500_00, Commission: 100_00,
			GatewayFee: 12_50, Amount: 387_50, BalanceAfter: api.Money(40-n) * 387_50, CreatedAt: api.Time{Time: today.Add(-time.Duration(n) * 17 * time.Hour)},
		}
		if n%7 == 3 {
			e.Kind, e.Paid, e.Commission, e.GatewayFee, e.Amount = "refund", -500_00, -100_00, 0, -400_00
		}
		list = append(list, e)
	}
	return page(c, list)
}

func (p *Platform) getRevenue(c call) (any, error) {
	if err := p.developer(c); err != nil {
		return nil, err
	}
	from, to := days(c)
	out := api.PlatformRevenue{Currency: api.CurrencyBDT, From: from.Format(time.DateOnly), To: to.Format(time.DateOnly), Apps: []api.AppRevenue{}}
	if p.earning {
		out.Totals = p.earned(today)
		out.Apps = append(out.Apps, api.AppRevenue{App: card(&p.apps[0]), EarningsSums: out.Totals})
	}
	return out, nil
}

func statementCSV(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="restock-statement.csv"`)
	_, _ = io.WriteString(w, fmt.Sprintf("entry_id,app\n1,%s\n", r.PathValue("id")))
}

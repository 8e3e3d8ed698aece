package earnings_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/platformtest"
)

// shop is a platform whose demo app has sold something on two days.
type shop struct {
	*platformtest.Platform
	app, merchant, developer platformtest.Header
	appID                    int64
}

func newShop(t *testing.T) shop {
	t.Helper()
	start := time.Date(2027, 2, 10, 23, 0, 0, 0, time.UTC)
	p := platformtest.Start(t, platformtest.Config{StartAt: &start})
	tokens := p.Install(demo.Restock, 22)
	return shop{
		p, p.Client(demo.Restock, 22), platformtest.User(p.Login(platformtest.FloristMerchant)), platformtest.User(p.Login(platformtest.Developer)), tokens.AppID,
	}
}

func (s shop) sell(path string, body map[string]any) api.Charge {
	c := platformtest.Data[api.Charge](s.Do(http.MethodPost, "/api/apps/v1/billing/"+path, s.app, body))
	s.Do(http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/approve", c.ChargeID), s.merchant, nil)
	s.Do(http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/pay", c.ChargeID), s.merchant, api.PaymentRequest{Outcome: api.PaymentPay})
	return c
}

// trade sells for 500 and 100 on the first day, meters 12.50, pays 50 back on
// the second and spends 20 of the wallet, which is no revenue.
func (s shop) trade() {
	sold := s.sell("charges", map[string]any{"name": "=cmd()", "amount": 500})
	s.sell("wallet-topup", map[string]any{"name": "＝cmd()", "amount": 100})
	s.Do(http.MethodPost, "/api/apps/v1/billing/usage-charges", s.app, map[string]any{"description": "SMS", "quantity": 5, "unit_price": 2.5})
	s.Advance(2 * time.Hour)
	s.Do(http.MethodPost, fmt.Sprintf("/api/apps/v1/billing/charges/%d/refund", sold.ChargeID), s.app, map[string]any{"amount": 50, "reason": "Late"})
	s.Do(http.MethodPost, "/api/apps/v1/billing/wallet/debit", s.app, map[string]any{"amount": 20, "description": "SMS"})
}

func (s shop) get(path string) platformtest.Answer {
	return s.Do(http.MethodGet, fmt.Sprintf("/api/apps/%d/%s", s.appID, path), s.developer, nil)
}

func TestEarningsAreCutIntoDays(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.trade()
	got := platformtest.Data[api.Earnings](s.get("earnings?from=2027-02-09&to=2027-02-11"))
	want := []api.EarningsDay{
		{Date: "2027-02-09"},
		{Date: "2027-02-10", EarningsSums: api.EarningsSums{Revenue: 600_00, Commission: 120_00, GatewayFees: 15_00, Developer: 465_00, Usage: 12_50, Payments: 2}},
		{Date: "2027-02-11", EarningsSums: api.EarningsSums{Revenue: -50_00, Commission: -10_00, Developer: -40_00, Refunded: 50_00}},
	}
	if diff := cmp.Diff(want, got.Days); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	total := api.EarningsSums{Revenue: 550_00, Commission: 110_00, GatewayFees: 15_00, Developer: 425_00, Refunded: 50_00, Usage: 12_50, Payments: 2}
	if diff := cmp.Diff(total, got.Totals); diff != "" || got.Balance != 425_00 {
		t.Errorf("%v (-want +got):\n%s", got.Balance, diff)
	}
	if last := platformtest.Data[api.Earnings](s.get("earnings")); len(last.Days) != 30 || last.To != "2027-02-11" || last.Totals != total {
		t.Errorf("%+v", last)
	}
	revenue := platformtest.Data[api.PlatformRevenue](s.Do(http.MethodGet, "/api/apps/revenue", s.developer, nil))
	if diff := cmp.Diff(total, revenue.Totals); diff != "" || len(revenue.Apps) != 1 || revenue.Apps[0].App.Slug != demo.Restock {
		t.Errorf("%+v (-want +got):\n%s", revenue, diff)
	}
}

func TestTheStatementRunsUpToTheBalance(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.trade()
	var all []api.StatementEntry
	for page := 1; page <= 3; page++ {
		var list api.List[api.StatementEntry]
		s.get(fmt.Sprintf("statement?limit=1&page=%d", page)).Into(http.StatusOK, &list)
		if list.Pagination.Total != 3 {
			t.Fatalf("%+v", list)
		}
		all = append(all, list.Data...)
	}
	var got []string
	for _, e := range all {
		got = append(got, fmt.Sprintf("%s %s %v %v %v %v %v", e.Kind, e.ChargeType, e.Paid, e.Commission, e.GatewayFee, e.Amount, e.BalanceAfter))
	}
	want := []string{
		"refund one_time -50.00 -10.00 0.00 -40.00 425.00",
		"payment wallet_topup 100.00 20.00 2.50 77.50 465.00",
		"payment one_time 500.00 100.00 12.50 387.50 387.50",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	a := s.get("statement.csv")
	rows, err := csv.NewReader(strings.NewReader(string(a.Body))).ReadAll()
	if err != nil || len(rows) != 4 || rows[0][0] != "entry_id" || rows[1][6] != "'=cmd()" || rows[2][6] != "'＝cmd()" || rows[3][11] != "425.00" {
		t.Errorf("%v %v", rows, err)
	}
	if kind := a.Header.Get("Content-Disposition"); kind != `attachment; filename="restock-statement.csv"` {
		t.Errorf("%s", kind)
	}
}

func TestEarningsAreTheDevelopersOwn(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for _, path := range []string{"earnings", "statement", "statement.csv"} {
		target := fmt.Sprintf("/api/apps/%d/%s", s.appID, path)
		if a := s.Do(http.MethodGet, target, s.merchant, nil); a.Status != http.StatusForbidden {
			t.Errorf("%s for a merchant: %d", path, a.Status)
		}
		if a := s.Do(http.MethodGet, target, s.app, nil); a.Status != http.StatusUnauthorized {
			t.Errorf("%s for an app: %d", path, a.Status)
		}
		if a := s.Do(http.MethodGet, "/api/apps/999/"+path, s.developer, nil); a.Status != http.StatusNotFound {
			t.Errorf("%s of no app: %d", path, a.Status)
		}
	}
	if a := s.Do(http.MethodGet, "/api/apps/revenue", s.merchant, nil); a.Status != http.StatusForbidden {
		t.Errorf("%s", a.Body)
	}
	for _, query := range []string{"from=x", "from=2027-02-11&to=2027-02-10", "from=2020-01-01", "to=9"} {
		if a := s.get("earnings?" + query); a.Code() != api.CodeValidation {
			t.Errorf("%s: %s", query, a.Body)
		}
	}
}

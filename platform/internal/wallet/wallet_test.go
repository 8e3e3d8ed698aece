package wallet_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/platformtest"
)

const path = "/api/apps/v1/billing/wallet"

// purse is a platform on which Restock is installed on store 22.
type purse struct {
	*platformtest.Platform
	app, user      platformtest.Header
	installationID int64
}

func newPurse(t *testing.T) purse {
	t.Helper()
	p := platformtest.Start(t, platformtest.Config{})
	tokens := p.Install(demo.Restock, 22)
	return purse{p, platformtest.Bearer(tokens.AccessToken), platformtest.User(p.Login(platformtest.FloristMerchant)), tokens.InstallationID}
}

// fill tops the wallet up.
func (p purse) fill(amount int) api.Charge {
	c := platformtest.Data[api.Charge](p.Do(http.MethodPost, path+"-topup", p.app, map[string]any{"amount": amount}))
	p.Do(http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/approve", c.ChargeID), p.user, nil)
	return platformtest.Data[api.PaymentResult](p.Do(http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/pay", c.ChargeID), p.user,
		api.PaymentRequest{Outcome: api.PaymentPay})).Charge.Charge
}

func (p purse) debit(body map[string]any) platformtest.Answer {
	whole := map[string]any{"amount": 2.50, "description": "SMS sent to +8801712345678"}
	for name, value := range body {
		whole[name] = value
	}
	return p.Do(http.MethodPost, path+"/debit", p.app, whole)
}

func (p purse) wallet() api.Wallet {
	return platformtest.Data[api.Wallet](p.Do(http.MethodGet, path, p.app, nil))
}

func (p purse) history(query string) (list api.List[api.WalletTransaction]) {
	p.Do(http.MethodGet, path+"/transactions"+query, p.app, nil).Into(http.StatusOK, &list)
	return list
}

// The documented example: 500 topped up, 150 spent, 350 left.
func TestAWalletIsFilledAndSpent(t *testing.T) {
	t.Parallel()
	p := newPurse(t)
	if w := p.wallet(); w.Balance != 0 || w.WalletID == 0 || w.Currency != "BDT" {
		t.Errorf("a wallet never used: %+v", w)
	}
	c := p.fill(500)
	a := p.debit(map[string]any{"amount": 150, "metadata": map[string]any{"sms_id": 7}})
	spent := platformtest.Data[api.WalletTransaction](a)
	if a.Status != http.StatusCreated || spent.Type != api.WalletDeduction || spent.BalanceAfter != 350_00 || spent.Balance != 350_00 || string(spent.Metadata) != `{"sms_id":7}` {
		t.Errorf("%d %+v", a.Status, spent)
	}
	w := p.wallet()
	if w.Balance != 350_00 || w.TotalTopup != 500_00 || w.TotalSpent != 150_00 {
		t.Errorf("%+v", w)
	}
	list := p.history("")
	if len(list.Data) != 2 || list.Data[0].TransactionID != spent.TransactionID || *list.Data[1].ChargeID != c.ChargeID || list.Data[1].Type != api.WalletTopup || list.Pagination.Limit != 20 {
		t.Errorf("%+v", list)
	}
	if only := p.history("?type=topup&limit=1000"); len(only.Data) != 1 || only.Pagination.Limit != 100 {
		t.Errorf("%+v", only)
	}
}

func TestTooLittleIsRefusedAndChangesNothing(t *testing.T) {
	t.Parallel()
	p := newPurse(t)
	p.fill(10)
	a := p.debit(map[string]any{"amount": 10.01})
	var e api.Error
	a.Into(http.StatusPaymentRequired, &e)
	if e.Code != api.CodeInsufficientBalance || *e.Balance != 10_00 || *e.Required != 10_01 || p.wallet().Balance != 10_00 || len(p.history("").Data) != 1 {
		t.Errorf("%+v", e)
	}
	if got := platformtest.Data[api.WalletTransaction](p.debit(map[string]any{"amount": 10})); got.BalanceAfter != 0 {
		t.Errorf("%+v", got)
	}
}

func TestBadDebitsAreRefused(t *testing.T) {
	t.Parallel()
	p := newPurse(t)
	p.fill(100)
	for field, values := range map[string][]any{
		"amount": {0, -1, 1.001, "1", nil, 1e12}, "description": {"", " ", strings.Repeat("x", 256), 5}, "metadata": {[]int{1}, "x", map[string]string{"a": strings.Repeat("x", 17<<10)}},
		"idempotency_key": {"", strings.Repeat("x", 256)},
	} {
		for _, value := range values {
			if a := p.debit(map[string]any{field: value}); a.Code() != api.CodeValidation || !strings.Contains(string(a.Body), `"field":"`+field+`"`) {
				t.Errorf("%s %v: %s", field, value, a.Body)
			}
		}
	}
	if w := p.wallet(); w.Balance != 100_00 {
		t.Errorf("%+v", w)
	}
}

func TestAKeyDebitsOnce(t *testing.T) {
	t.Parallel()
	p := newPurse(t)
	p.fill(100)
	var all sync.WaitGroup
	statuses := make([]int, 20)
	for n := range statuses {
		all.Go(func() { statuses[n] = p.debit(map[string]any{"idempotency_key": "sms-7"}).Status })
	}
	all.Wait()
	count := map[int]int{}
	for _, status := range statuses {
		count[status]++
	}
	if diff := cmp.Diff(map[int]int{http.StatusCreated: 1, http.StatusOK: 19}, count); diff != "" || p.wallet().Balance != 97_50 {
		t.Errorf("%v (-want +got):\n%s", p.wallet(), diff)
	}
	if a := p.debit(map[string]any{"idempotency_key": "sms-7", "amount": 3}); a.Code() != api.CodeConflict {
		t.Errorf("%s", a.Body)
	}
	p.debit(map[string]any{"amount": 97.50, "description": "All"})
	if a := p.debit(map[string]any{"idempotency_key": "sms-7"}); a.Status != http.StatusOK {
		t.Errorf("a repeat on an empty wallet: %s", a.Body)
	}
}

func TestADebitIsReversedOnce(t *testing.T) {
	t.Parallel()
	p := newPurse(t)
	p.fill(100)
	spent := platformtest.Data[api.WalletTransaction](p.debit(nil))
	reverse := func(id any) platformtest.Answer {
		return p.Do(http.MethodPost, path+"/refund", p.app, map[string]any{"transaction_id": id})
	}
	var all sync.WaitGroup
	statuses := make([]int, 10)
	for n := range statuses {
		all.Go(func() { statuses[n] = reverse(spent.TransactionID).Status })
	}
	all.Wait()
	count := map[int]int{}
	for _, status := range statuses {
		count[status]++
	}
	if diff := cmp.Diff(map[int]int{http.StatusCreated: 1, http.StatusConflict: 9}, count); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	list := p.history("").Data
	if w := p.wallet(); w.Balance != 100_00 || w.TotalSpent != 0 || *list[0].ReversalOf != spent.TransactionID || list[0].Type != api.WalletRefund {
		t.Errorf("%+v %+v", w, list[0])
	}
	for _, id := range []int64{list[0].TransactionID, list[2].TransactionID} { // the reversal, the top-up
		if a := reverse(id); a.Code() != api.CodeConflict {
			t.Errorf("transaction %d: %s", id, a.Body)
		}
	}
	for _, id := range []any{0, -1, "x"} {
		if a := reverse(id); a.Code() != api.CodeValidation {
			t.Errorf("transaction %v: %s", id, a.Body)
		}
	}
	if a := reverse(999); a.Status != http.StatusNotFound {
		t.Errorf("%s", a.Body)
	}
}

// 1,000 debits at once of a wallet that can pay 500 of them: exactly 500 are
// paid.
func TestAWalletPaysWhatItHolds(t *testing.T) {
	t.Parallel()
	p := newPurse(t)
	p.fill(1250)
	var all sync.WaitGroup
	var mu sync.Mutex
	count := map[int]int{}
	for range 20 {
		all.Go(func() {
			for range 50 {
				a := p.debit(nil)
				mu.Lock()
				count[a.Status]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if diff := cmp.Diff(map[int]int{http.StatusCreated: 500, http.StatusPaymentRequired: 500}, count); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	w := p.wallet()
	if w.Balance != 0 || w.TotalSpent != 1250_00 || p.history("").Pagination.Total != 501 {
		t.Errorf("%+v", w)
	}
}

// The wallet outlives an uninstall, and nobody spends of it meanwhile.
func TestAWalletOutlivesAnUninstall(t *testing.T) {
	t.Parallel()
	p := newPurse(t)
	p.fill(100)
	client := p.Client(demo.Restock, 22)
	p.Uninstall(p.user[api.HeaderAuthToken], p.installationID)
	for name, h := range map[string]platformtest.Header{"token": p.app, "client": client} {
		if a := p.Do(http.MethodPost, path+"/debit", h, map[string]any{"amount": 1, "description": "x"}); a.Status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	wallets := platformtest.Data[[]api.StoreWallet](p.Do(http.MethodGet, "/api/apps/billing/wallets?store_id=22", p.user, nil))
	if len(wallets) != 1 || wallets[0].Balance != 100_00 || wallets[0].App.Slug != demo.Restock {
		t.Errorf("%+v", wallets)
	}
	p.app = platformtest.Bearer(p.Install(demo.Restock, 22).AccessToken)
	if a := p.debit(nil); platformtest.Data[api.WalletTransaction](a).BalanceAfter != 97_50 {
		t.Errorf("%s", a.Body)
	}
}

func TestWalletsOfOthersAreNotFound(t *testing.T) {
	t.Parallel()
	p := newPurse(t)
	p.fill(100)
	w := p.wallet()
	one := fmt.Sprintf("/api/apps/billing/wallets/%d", w.WalletID)
	if got := platformtest.Data[api.StoreWallet](p.Do(http.MethodGet, one, p.user, nil)); got.Balance != 100_00 {
		t.Errorf("%+v", got)
	}
	other := platformtest.User(p.Login(platformtest.CraftsMerchant))
	for _, target := range []string{one, one + "/transactions", "/api/apps/billing/wallets?store_id=22"} {
		if a := p.Do(http.MethodGet, target, other, nil); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", target, a.Status)
		}
	}
	second := platformtest.Bearer(p.Install(demo.Restock, 23).AccessToken)
	if got := platformtest.Data[api.Wallet](p.Do(http.MethodGet, path, second, nil)); got.Balance != 0 || got.WalletID == w.WalletID {
		t.Errorf("another store's wallet: %+v", got)
	}
}

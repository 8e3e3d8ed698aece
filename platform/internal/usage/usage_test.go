package usage_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/platformtest"
)

const path = "/api/apps/v1/billing/usage-charges"

// meter is a platform on which Restock is installed on store 22, in the middle
// of a month; its clock stands.
type meter struct {
	*platformtest.Platform
	app, user      platformtest.Header
	installationID int64
}

func newMeter(t *testing.T) meter {
	t.Helper()
	start := time.Date(2027, 2, 10, 12, 0, 0, 0, time.UTC)
	p := platformtest.Start(t, platformtest.Config{StartAt: &start})
	tokens := p.Install(demo.Restock, 22)
	return meter{p, p.Client(demo.Restock, 22), platformtest.User(p.Login(platformtest.FloristMerchant)), tokens.InstallationID}
}

func (m meter) use(body map[string]any) platformtest.Answer {
	whole := map[string]any{"description": "SMS sent to +8801712345678", "quantity": 1, "unit_price": 2.50}
	for name, value := range body {
		whole[name] = value
	}
	return m.Do(http.MethodPost, path, m.app, whole)
}

func (m meter) charge(id int64) api.StoreCharge {
	return platformtest.Data[api.StoreCharge](m.Do(http.MethodGet, fmt.Sprintf("/api/apps/billing/charges/%d", id), m.user, nil))
}

func (m meter) list(query string) (list api.List[api.UsageCharge]) {
	m.Do(http.MethodGet, path+query, m.app, nil).Into(http.StatusOK, &list)
	return list
}

// The documented example at the default commission of 20 %: 5 × 2.50.
func TestUsesAreSettledWithTheirMonth(t *testing.T) {
	t.Parallel()
	m := newMeter(t)
	a := m.use(map[string]any{"quantity": 5, "metadata": map[string]any{"sms_id": 7}})
	first := platformtest.Data[api.UsageCharge](a)
	if a.Status != http.StatusCreated || first.Amount != 12_50 || first.PlatformAmount != 2_50 || first.DeveloperAmount != 10_00 || first.Status != api.ChargePending {
		t.Errorf("%d %+v", a.Status, first)
	}
	m.use(map[string]any{"quantity": 0.333, "unit_price": 10})
	month := m.charge(first.ChargeID)
	if month.Amount != 15_83 || month.PlatformAmount != 3_17 || month.DeveloperAmount != 12_66 || month.Name != "Usage in February 2027" || len(month.Actions) != 0 || month.ExpiresAt != nil {
		t.Errorf("%+v", month)
	}
	for _, step := range []string{"approve", "decline", "cancel", "complete"} {
		if a := m.Do(http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/%s", month.ChargeID, step), m.user, nil); a.Code() != api.CodeConflict {
			t.Errorf("%s: %s", step, a.Body)
		}
	}
	m.Advance(20 * 24 * time.Hour) // 2 March
	m.user = platformtest.User(m.Login(platformtest.FloristMerchant))
	month = m.charge(first.ChargeID)
	if month.Status != api.ChargeCompleted || month.PaidAmount != 15_83 || len(month.Payments) != 1 || !month.Payments[0].CreatedAt.Equal(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", month)
	}
	next := platformtest.Data[api.UsageCharge](m.use(nil))
	if next.ChargeID == first.ChargeID {
		t.Error("a use of March is in the charge of February")
	}
	if list := m.list("?status=completed"); len(list.Data) != 2 || list.Data[1].Status != api.ChargeCompleted || list.Pagination.Limit != 20 {
		t.Errorf("%+v", list)
	}
	if list := m.list("?status=pending&limit=500"); len(list.Data) != 1 || list.Pagination.Limit != 100 {
		t.Errorf("%+v", list)
	}
	var lines api.List[api.UsageCharge]
	m.Do(http.MethodGet, fmt.Sprintf("/api/apps/billing/charges/%d/usage", first.ChargeID), m.user, nil).Into(http.StatusOK, &lines)
	if len(lines.Data) != 2 || string(lines.Data[1].Metadata) != `{"sms_id":7}` {
		t.Errorf("%+v", lines)
	}
}

// Nothing exceeds the cap, however many uses come at once.
func TestTheCapHolds(t *testing.T) {
	t.Parallel()
	m := newMeter(t)
	c := platformtest.Data[api.Charge](m.Do(http.MethodPost, "/api/apps/v1/billing/subscriptions", m.app, map[string]any{
		"name": "Plus", "amount": 100, "billing_interval": "monthly", "billing_cap": 25,
	}))
	m.Do(http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/approve", c.ChargeID), m.user, nil)
	m.Do(http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/pay", c.ChargeID), m.user, api.PaymentRequest{Outcome: api.PaymentPay})
	var all sync.WaitGroup
	statuses := make([]int, 30)
	for n := range statuses {
		all.Go(func() { statuses[n] = m.use(nil).Status })
	}
	all.Wait()
	count := map[int]int{}
	for _, status := range statuses {
		count[status]++
	}
	if diff := cmp.Diff(map[int]int{http.StatusCreated: 10, http.StatusPaymentRequired: 20}, count); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var e api.Error
	m.use(map[string]any{"unit_price": 3}).Into(http.StatusPaymentRequired, &e)
	if e.Code != api.CodeCapExceeded || *e.Balance != 0 || *e.Required != 3_00 || m.list("").Pagination.Total != 10 {
		t.Errorf("%+v", e)
	}
}

func TestWithoutASubscriptionTheCapIsThePlatforms(t *testing.T) {
	t.Parallel()
	m := newMeter(t)
	if a := m.use(map[string]any{"unit_price": 50_000}); a.Status != http.StatusCreated {
		t.Errorf("%s", a.Body)
	}
	if a := m.use(map[string]any{"unit_price": 0.01}); a.Code() != api.CodeCapExceeded {
		t.Errorf("%s", a.Body)
	}
}

// Usage that cannot be collected is tried again like a subscription, and then
// given up.
func TestUsageThatCannotBeCollected(t *testing.T) {
	t.Parallel()
	m := newMeter(t)
	u := platformtest.Data[api.UsageCharge](m.use(nil))
	m.Do(http.MethodPut, "/api/apps/billing/payment-method?store_id=22", m.user, map[string]any{"behavior": api.MethodFails})
	m.Advance(19 * 24 * time.Hour)
	m.user = platformtest.User(m.Login(platformtest.FloristMerchant))
	if c := m.charge(u.ChargeID); c.Status != api.ChargeFrozen || c.Actions[0] != api.ActionPay || m.list("").Data[0].Status != api.ChargeFrozen {
		t.Errorf("%+v", c)
	}
	m.Advance(10 * 24 * time.Hour)
	m.user = platformtest.User(m.Login(platformtest.FloristMerchant))
	if c := m.charge(u.ChargeID); c.Status != api.ChargeCancelled || *c.CancelReason != api.ReasonPaymentFailed || m.list("").Data[0].Status != api.ChargeCancelled {
		t.Errorf("%+v", c)
	}
}

func TestUninstallCancelsUsageThatIsNotSettled(t *testing.T) {
	t.Parallel()
	m := newMeter(t)
	u := platformtest.Data[api.UsageCharge](m.use(nil))
	if out := m.Uninstall(m.user[api.HeaderAuthToken], m.installationID); out.ChargesCancelled != 1 {
		t.Errorf("%+v", out)
	}
	if c := m.charge(u.ChargeID); c.Status != api.ChargeCancelled {
		t.Errorf("%+v", c)
	}
	m.Install(demo.Restock, 22)
	if again := platformtest.Data[api.UsageCharge](m.use(nil)); again.ChargeID == u.ChargeID || m.charge(again.ChargeID).Amount != 2_50 {
		t.Errorf("%+v", again)
	}
}

func TestAKeyMetersOnce(t *testing.T) {
	t.Parallel()
	m := newMeter(t)
	var all sync.WaitGroup
	statuses := make([]int, 10)
	for n := range statuses {
		all.Go(func() { statuses[n] = m.use(map[string]any{"idempotency_key": "sms-7"}).Status })
	}
	all.Wait()
	count := map[int]int{}
	for _, status := range statuses {
		count[status]++
	}
	if diff := cmp.Diff(map[int]int{http.StatusCreated: 1, http.StatusOK: 9}, count); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if a := m.use(map[string]any{"idempotency_key": "sms-7", "quantity": 2}); a.Code() != api.CodeConflict {
		t.Errorf("%s", a.Body)
	}
}

func TestBadUsesAreRefused(t *testing.T) {
	t.Parallel()
	m := newMeter(t)
	for field, values := range map[string][]any{
		"quantity": {0, -1, 0.0001, 1_000_001, "1", nil}, "unit_price": {0, -1, 0.001, nil}, "description": {"", strings.Repeat("x", 256), nil},
		"metadata": {[]int{1}}, "idempotency_key": {""},
	} {
		for _, value := range values {
			if a := m.use(map[string]any{field: value}); a.Code() != api.CodeValidation || !strings.Contains(string(a.Body), `"field":"`+field+`"`) {
				t.Errorf("%s %v: %s", field, value, a.Body)
			}
		}
	}
	if a := m.use(map[string]any{"quantity": 0.001, "unit_price": 0.01}); a.Code() != api.CodeValidation {
		t.Errorf("a use that costs nothing: %s", a.Body)
	}
	if n := m.list("").Pagination.Total; n != 0 {
		t.Errorf("%d uses are written", n)
	}
	other := platformtest.User(m.Login(platformtest.CraftsMerchant))
	c := platformtest.Data[api.UsageCharge](m.use(nil)).ChargeID
	if a := m.Do(http.MethodGet, fmt.Sprintf("/api/apps/billing/charges/%d/usage", c), other, nil); a.Status != http.StatusNotFound {
		t.Errorf("%s", a.Body)
	}
}

package billing_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/platformtest"
)

// begin is where the clock of the tests with subscriptions stands at first: a
// day that not every month has.
var begin = time.Date(2027, 1, 31, 6, 0, 0, 0, time.UTC)

// newPlan is a bench whose clock stands.
func newPlan(t *testing.T) bench {
	t.Helper()
	p := platformtest.Start(t, platformtest.Config{StartAt: &begin})
	tokens := p.Install(demo.Restock, 22)
	return bench{p, platformtest.Bearer(tokens.AccessToken), platformtest.User(p.Login(platformtest.FloristMerchant)), tokens.InstallationID}
}

// subscribe makes a monthly subscription for 500.00; body changes it.
func (b bench) subscribe(body map[string]any) api.Charge {
	whole := map[string]any{"name": "Plus", "amount": 500, "billing_interval": "monthly"}
	for name, value := range body {
		whole[name] = value
	}
	return platformtest.Data[api.Charge](b.Do(http.MethodPost, "/api/apps/v1/billing/subscriptions", b.app, whole))
}

// start makes a subscription and takes it through approval and payment.
func (b bench) start(body map[string]any) api.StoreCharge {
	c := b.subscribe(body)
	b.step(c.ChargeID, "approve", nil)
	return platformtest.Data[api.PaymentResult](b.step(c.ChargeID, "pay", api.PaymentRequest{Outcome: api.PaymentPay})).Charge
}

// method says how the store's saved method behaves.
func (b bench) method(behavior string, times any) {
	b.ok(b.Do(http.MethodPut, "/api/apps/billing/payment-method?store_id=22", b.user, map[string]any{
		"store_id": 22, "behavior": behavior, "failures_left": times,
	}))
}

// ok is for answers whose data does not matter.
func (b bench) ok(a platformtest.Answer) {
	if a.Status != http.StatusOK {
		panic(fmt.Sprintf("%d %s", a.Status, a.Body))
	}
}

// until moves the clock to an instant.
func (b bench) until(at time.Time) {
	b.Advance(at.Sub(b.now()))
}

func (b bench) now() time.Time {
	return platformtest.Control[api.SandboxClock](b.Platform, http.MethodGet, "/_sandbox/clock", nil).Now.Time
}

// told are the events of a charge since the first, oldest first: when, what and
// why.
func (b bench) told(chargeID int64) (lines []string) {
	list := platformtest.Control[[]api.SandboxEvent](b.Platform, http.MethodGet, "/_sandbox/events?limit=250", nil)
	slices.SortFunc(list, func(x, y api.SandboxEvent) int { return int(x.Seq - y.Seq) })
	for _, e := range list {
		var body struct{ Data api.ChargeEvent }
		if err := json.Unmarshal(e.Body, &body); err != nil || body.Data.ChargeID != chargeID {
			continue
		}
		line := e.CreatedAt.Format("2006-01-02 ") + e.Topic
		if body.Data.Reason != nil {
			line += " " + *body.Data.Reason
		}
		lines = append(lines, line)
	}
	return lines
}

func (b bench) refresh() bench {
	b.user = platformtest.User(b.Login(platformtest.FloristMerchant))
	return b
}

// A subscription of the 31st renews on the last day of each month; each payment
// is told three days ahead.
func TestASubscriptionRenewsByTheCalendar(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	c := b.start(nil)
	if c.Status != api.ChargeActive || c.PaymentsMade != 1 || !c.CurrentPeriodEnd.Equal(time.Date(2027, 2, 28, 6, 0, 0, 0, time.UTC)) {
		t.Fatalf("%+v", c)
	}
	b.until(time.Date(2027, 4, 30, 7, 0, 0, 0, time.UTC))
	want := []string{
		"2027-01-31 charge.created", "2027-01-31 charge.activated",
		"2027-02-25 subscription.renewal_pending", "2027-02-28 charge.activated renewed",
		"2027-03-28 subscription.renewal_pending", "2027-03-31 charge.activated renewed",
		"2027-04-27 subscription.renewal_pending", "2027-04-30 charge.activated renewed",
	}
	if diff := cmp.Diff(want, b.told(c.ChargeID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got := b.refresh().read(c.ChargeID)
	if got.PaymentsMade != 4 || got.PaidAmount != 2000_00 || len(got.Payments) != 4 || !got.CurrentPeriodEnd.Equal(time.Date(2027, 5, 31, 6, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", got)
	}
	for n, p := range got.Payments {
		if n > 0 && !p.PeriodStart.Equal(got.Payments[n-1].PeriodEnd.Time) || p.Number != int64(n+1) {
			t.Errorf("payment %d is for %v to %v", p.Number, p.PeriodStart, p.PeriodEnd)
		}
	}
}

// A trial collects nothing; the first payment comes at its end.
func TestATrialIsHadOnce(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	waiting := b.subscribe(map[string]any{"trial_days": 30})
	c := b.start(map[string]any{"trial_days": 14})
	end := begin.AddDate(0, 0, 14)
	if c.Status != api.ChargeActive || c.PaidAmount != 0 || !c.TrialEndsAt.Equal(end) || !c.NextPaymentAt.Equal(end) || len(c.Payments) != 0 {
		t.Fatalf("%+v", c)
	}
	if got := b.read(waiting.ChargeID); *got.TrialDays != 0 {
		t.Errorf("the other offer still has %d days", *got.TrialDays)
	}
	b.until(end)
	b = b.refresh()
	if got := b.read(c.ChargeID); got.PaymentsMade != 1 || !got.CurrentPeriodEnd.Equal(end.AddDate(0, 1, 0)) {
		t.Errorf("%+v", got)
	}
	want := []string{
		"2027-01-31 charge.created", "2027-01-31 charge.activated",
		"2027-02-11 subscription.renewal_pending", "2027-02-14 charge.activated renewed",
	}
	if diff := cmp.Diff(want, b.told(c.ChargeID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	tokens := b.reinstall()
	b.app = platformtest.Bearer(tokens.AccessToken)
	if again := b.subscribe(map[string]any{"trial_days": 14}); *again.TrialDays != 0 {
		t.Errorf("after a reinstall there is a trial of %d days again", *again.TrialDays)
	}
	if other := b.subscribe(map[string]any{"trial_days": 14, "name": "Max"}); *other.TrialDays != 14 {
		t.Errorf("another plan has a trial of %d days", *other.TrialDays)
	}
}

func (b bench) reinstall() api.TokenData {
	b.Uninstall(b.user[api.HeaderAuthToken], b.installationID)
	return b.Install(demo.Restock, 22)
}

// A trial shorter than three days is told of at once.
func TestAShortTrialIsToldAtOnce(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	c := b.start(map[string]any{"trial_days": 2})
	b.Advance(time.Second)
	want := []string{"2027-01-31 charge.created", "2027-01-31 charge.activated", "2027-01-31 subscription.renewal_pending"}
	if diff := cmp.Diff(want, b.told(c.ChargeID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What cannot be collected is tried again on the days 1, 3 and 5, then given up.
func TestDunning(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	c := b.start(nil)
	b.method(api.MethodFails, nil)
	b.until(time.Date(2027, 3, 1, 5, 0, 0, 0, time.UTC))
	b = b.refresh()
	frozen := b.read(c.ChargeID)
	if frozen.Status != api.ChargeFrozen || !frozen.NextPaymentAt.Equal(time.Date(2027, 3, 1, 6, 0, 0, 0, time.UTC)) || frozen.FrozenAt == nil {
		t.Errorf("%+v", frozen.Charge)
	}
	b.until(time.Date(2027, 4, 30, 0, 0, 0, 0, time.UTC))
	want := []string{
		"2027-01-31 charge.created", "2027-01-31 charge.activated", "2027-02-25 subscription.renewal_pending",
		"2027-02-28 charge.payment_failed payment_failed", "2027-03-01 charge.payment_failed payment_failed",
		"2027-03-03 charge.payment_failed payment_failed", "2027-03-05 charge.payment_failed payment_failed",
		"2027-03-05 charge.cancelled payment_failed",
	}
	if diff := cmp.Diff(want, b.told(c.ChargeID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := b.refresh().read(c.ChargeID); got.Status != api.ChargeCancelled || *got.CancelReason != api.ReasonPaymentFailed || got.NextPaymentAt != nil || got.PaymentsMade != 1 {
		t.Errorf("%+v", got.Charge)
	}
}

// A method that fails twice and then works leaves the anchor where it was.
func TestALatePaymentKeepsTheAnchor(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	c := b.start(nil)
	b.method(api.MethodFailsTimes, 2)
	b.until(time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC))
	want := []string{
		"2027-01-31 charge.created", "2027-01-31 charge.activated", "2027-02-25 subscription.renewal_pending",
		"2027-02-28 charge.payment_failed payment_failed", "2027-03-01 charge.payment_failed payment_failed",
		"2027-03-03 charge.activated renewed", "2027-03-28 subscription.renewal_pending", "2027-03-31 charge.activated renewed",
	}
	if diff := cmp.Diff(want, b.told(c.ChargeID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	m := platformtest.Data[api.PaymentMethod](b.Do(http.MethodGet, "/api/apps/billing/payment-method?store_id=22", b.refresh().user, nil))
	if m.FailuresLeft != 0 || m.Behavior != api.MethodFailsTimes {
		t.Errorf("%+v", m)
	}
}

// A merchant pays a frozen subscription by hand, before it is tried again.
func TestAFrozenSubscriptionIsPaidByHand(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	c := b.start(nil)
	b.method(api.MethodFails, nil)
	b.until(time.Date(2027, 2, 28, 12, 0, 0, 0, time.UTC))
	b = b.refresh()
	if got := b.read(c.ChargeID); !slices.Equal(got.Actions, []string{api.ActionPay, api.ActionCancel}) {
		t.Errorf("%v", got.Actions)
	}
	if a := b.step(c.ChargeID, "pay", api.PaymentRequest{Outcome: api.PaymentSaved}); !strings.Contains(string(a.Body), "payment=failed") {
		t.Errorf("%s", a.Body)
	}
	paid := platformtest.Data[api.PaymentResult](b.step(c.ChargeID, "pay", api.PaymentRequest{Outcome: api.PaymentPay})).Charge
	if paid.Status != api.ChargeActive || paid.PaymentsMade != 2 || paid.FrozenAt != nil || !paid.CurrentPeriodEnd.Equal(time.Date(2027, 3, 31, 6, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", paid.Charge)
	}
	b.until(time.Date(2027, 3, 20, 0, 0, 0, 0, time.UTC))
	if got := b.refresh().read(c.ChargeID); got.PaymentsMade != 2 || got.Status != api.ChargeActive {
		t.Errorf("the planned tries changed it: %+v", got.Charge)
	}
}

func TestASubscriptionEndsNowOrWithItsPeriod(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	c := b.start(map[string]any{"replaces": false})
	ending := platformtest.Data[api.PaymentResult](b.step(c.ChargeID, "cancel", api.CancelSubscription{AtPeriodEnd: true})).Charge
	if ending.Status != api.ChargeActive || !ending.CancelAtPeriodEnd || ending.NextPaymentAt != nil || !slices.Contains(ending.Actions, api.ActionResume) {
		t.Errorf("%+v", ending.Charge)
	}
	if a := b.step(c.ChargeID, "cancel", api.CancelSubscription{AtPeriodEnd: true}); a.Code() != api.CodeConflict {
		t.Errorf("%s", a.Body)
	}
	going := platformtest.Data[api.PaymentResult](b.step(c.ChargeID, "resume", nil)).Charge
	if going.CancelAtPeriodEnd || going.NextPaymentAt == nil {
		t.Errorf("%+v", going.Charge)
	}
	if a := b.step(c.ChargeID, "resume", nil); a.Code() != api.CodeConflict {
		t.Errorf("%s", a.Body)
	}
	path := func(id int64) string { return fmt.Sprintf("/api/apps/v1/billing/subscriptions/%d/cancel", id) }
	b.ok(b.Do(http.MethodPost, path(c.ChargeID), b.app, api.CancelSubscription{AtPeriodEnd: true}))
	now := b.start(map[string]any{"replaces": false})
	b.ok(b.Do(http.MethodPost, path(now.ChargeID), b.app, nil))
	if a := b.Do(http.MethodPost, path(now.ChargeID), b.app, nil); a.Code() != api.CodeConflict {
		t.Errorf("%s", a.Body)
	}
	if a := b.Do(http.MethodPost, path(b.charge(nil).ChargeID), b.app, nil); a.Code() != api.CodeConflict {
		t.Errorf("%s", a.Body)
	}
	b.until(time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC))
	b = b.refresh()
	if got := b.read(c.ChargeID); got.Status != api.ChargeCancelled || *got.CancelReason != api.ReasonApp || got.PaymentsMade != 1 || !got.CancelledAt.Equal(time.Date(2027, 2, 28, 6, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", got.Charge)
	}
	if told := b.told(c.ChargeID); slices.ContainsFunc(told, func(line string) bool { return strings.HasSuffix(line, "renewal_pending") }) {
		t.Errorf("a payment was announced that does not come: %v", told)
	}
	if got := b.read(now.ChargeID); got.Status != api.ChargeCancelled || !got.CancelledAt.Equal(begin) {
		t.Errorf("%+v", got.Charge)
	}
}

func TestASecondSubscriptionReplacesTheFirst(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	first := b.start(nil)
	beside := b.start(map[string]any{"name": "Extra", "replaces": false})
	waiting := b.subscribe(map[string]any{"name": "Later"})
	second := b.start(map[string]any{"name": "Max", "amount": 900})
	for id, want := range map[int64]string{
		first.ChargeID: api.ChargeCancelled, beside.ChargeID: api.ChargeCancelled, waiting.ChargeID: api.ChargePending, second.ChargeID: api.ChargeActive,
	} {
		if got := b.read(id); got.Status != want || want == api.ChargeCancelled && *got.CancelReason != api.ReasonReplaced {
			t.Errorf("charge %d is %s, want %s", id, got.Status, want)
		}
	}
	b.until(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC))
	if got := b.refresh().read(first.ChargeID); got.PaymentsMade != 1 {
		t.Errorf("the replaced one was collected %d times", got.PaymentsMade)
	}
}

func TestUninstallEndsSubscriptions(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	c := b.start(nil)
	if out := b.Uninstall(b.user[api.HeaderAuthToken], b.installationID); out.ChargesCancelled != 1 {
		t.Errorf("%+v", out)
	}
	b.until(time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC))
	if got := b.refresh().read(c.ChargeID); got.Status != api.ChargeCancelled || *got.CancelReason != api.ReasonAppUninstalled || got.PaymentsMade != 1 {
		t.Errorf("%+v", got.Charge)
	}
}

func TestBadSubscriptionsAreRefused(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	for field, value := range map[string]any{
		"billing_interval": "weekly", "trial_days": 366, "billing_cap": 5, "type": "one_time", "amount": 0,
	} {
		body := map[string]any{"name": "Plus", "amount": 500, "billing_interval": "monthly", field: value}
		a := b.Do(http.MethodPost, "/api/apps/v1/billing/subscriptions", b.app, body)
		if a.Code() != api.CodeValidation || !strings.Contains(string(a.Body), `"field":"`+field+`"`) {
			t.Errorf("%s: %s", field, a.Body)
		}
	}
	for field, value := range map[string]any{"billing_interval": "monthly", "trial_days": 0, "billing_cap": 500, "replaces": true} {
		if a := b.create(map[string]any{field: value}); a.Code() != api.CodeValidation {
			t.Errorf("a one-time charge with %s: %s", field, a.Body)
		}
	}
	if c := b.charge(map[string]any{"type": "recurring"}); *c.BillingInterval != api.IntervalMonthly {
		t.Errorf("%+v", c)
	}
	if c := b.subscribe(map[string]any{"billing_interval": "annual"}); *c.BillingInterval != api.IntervalYearly {
		t.Errorf("%+v", c)
	}
	for behavior, times := range map[string]any{"sometimes": nil, api.MethodFails: 3, api.MethodFailsTimes: 0} {
		a := b.Do(http.MethodPut, "/api/apps/billing/payment-method?store_id=22", b.user, map[string]any{"behavior": behavior, "failures_left": times})
		if a.Code() != api.CodeValidation {
			t.Errorf("%s %v: %s", behavior, times, a.Body)
		}
	}
	if a := b.Do(http.MethodPut, "/api/apps/billing/payment-method?store_id=22", b.user, map[string]any{"store_id": 23, "behavior": api.MethodFails}); a.Code() != api.CodeValidation {
		t.Errorf("the body names another store: %s", a.Body)
	}
	if a := b.Do(http.MethodPut, "/api/apps/billing/payment-method?store_id=24", b.user, map[string]any{"behavior": api.MethodFails}); a.Status != http.StatusNotFound {
		t.Errorf("another merchant's store: %s", a.Body)
	}
}

package control

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/billing"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Numbers that the simulated carrier delivers to, and does not.
const (
	goodNumber = "01712345678"
	badNumber  = "01712340000"
)

// trialPrice is what triggered charges ask for.
const trialPrice = api.Money(500_00)

// appInstalled installs the app named, or the first that is not installed.
func appInstalled(t *trigger) (string, error) {
	slug := t.app
	if slug == "" {
		var err error
		slug, err = firstNotInstalled(t.tx, t.storeID)
		if db.IsNone(err) {
			return "", problem.Conflict("Every app is installed on store %d. Uninstall one first: sx trigger app.uninstalled", t.storeID)
		}
		if err != nil {
			return "", err
		}
	}
	out, created, err := t.install(slug)
	if err == nil && !created {
		err = problem.Conflict("%s is installed on store %d. Uninstall it first: sx uninstall %s --store %[2]d", out.App.Name, t.storeID, slug)
	}
	return fmt.Sprintf("%s installed, with all the permissions it asks for.", out.App.Name), err
}

func appUninstalled(t *trigger) (string, error) {
	i, err := t.installed(t.app)
	if err != nil {
		return "", err
	}
	_, err = t.Installs.Uninstall(t.tx, t.owner, i.id)
	return fmt.Sprintf("%s really uninstalled: its tokens are dead, and shop/redact follows in 48 hours.", i.name), err
}

// messageTo sends an SMS as an installed app.
func messageTo(number string) func(*trigger) (string, error) {
	return func(t *trigger) (string, error) {
		if t.tx.Clock().Frozen != nil {
			return "", problem.Conflict("The carrier needs three seconds of business time, and the clock is frozen. " +
				"Let it run (sx clock resume), or let your app send a message and then move the clock: sx clock advance 1m")
		}
		i, err := t.installed(t.app, api.ManageMessaging)
		if err != nil {
			return "", err
		}
		queued, err := t.Messages.Send(t.tx, i.caller(t.storeID), api.ChannelSMS, api.NewMessage{To: number, Message: "Your parcel is on its way."})
		t.message = queued.MessageID
		return fmt.Sprintf("%s sent message %d, an SMS, to %s.", i.name, queued.MessageID, number), err
	}
}

// decision is what the merchant does with a charge.
type decision func(*billing.Service) billing.Step

// Decisions of a merchant.
var (
	approves decision = func(s *billing.Service) billing.Step { return s.Approve }
	declines decision = func(s *billing.Service) billing.Step { return s.Decline }
	cancels  decision = func(s *billing.Service) billing.Step { return s.Cancel(false) }
	pays     decision = func(s *billing.Service) billing.Step { return s.Pay(api.PaymentPay) }
	failsPay decision = func(s *billing.Service) billing.Step { return s.Pay(api.PaymentFail) }
)

// charged makes a charge as an installed app and takes it through decisions of
// the merchant.
func charged(then string, decisions ...decision) func(*trigger) (string, error) {
	return func(t *trigger) (string, error) {
		i, err := t.installed(t.app, api.Billing)
		if err != nil {
			return "", err
		}
		amount := trialPrice
		c, _, err := t.Billing.Create(t.tx, i.caller(t.storeID), api.NewCharge{Name: "Trial charge", Amount: &amount})
		for _, d := range decisions {
			if err != nil {
				return "", err
			}
			_, err = t.Billing.Decide(t.tx, t.owner, c.ChargeID, d(t.Billing))
		}
		return fmt.Sprintf("%s asked for %s (charge %d); %s.", i.name, money.Format(c.Amount, c.Currency), c.ChargeID, then), err
	}
}

// renewalPending begins a subscription with a trial so short that its end is
// told at once. A store has one trial of each plan, so the plan is a new one.
func renewalPending(t *trigger) (string, error) {
	i, err := t.installed(t.app, api.Billing)
	if err != nil {
		return "", err
	}
	before, err := db.One(t.tx, db.Value[int], `SELECT COUNT(*) FROM charge`)
	if err != nil {
		return "", err
	}
	amount, interval, trial, beside := trialPrice, api.IntervalMonthly, int64(1), false
	c, _, err := t.Billing.Create(t.tx, i.caller(t.storeID), api.NewCharge{
		Type: api.ChargeRecurring, Name: fmt.Sprintf("Trial plan %d", before+1), Amount: &amount, BillingInterval: &interval, TrialDays: &trial, Replaces: &beside,
	})
	for _, d := range []decision{approves, pays} {
		if err != nil {
			return "", err
		}
		_, err = t.Billing.Decide(t.tx, t.owner, c.ChargeID, d(t.Billing))
	}
	return fmt.Sprintf("The trial of a new subscription to %s (charge %d) ends tomorrow; then %s are collected.", i.name, c.ChargeID, money.Format(c.Amount, c.Currency)), err
}

// later refuses what only time brings.
func later(hint string) func(*trigger) (string, error) {
	return func(*trigger) (string, error) { return "", problem.Conflict("%s", hint) }
}

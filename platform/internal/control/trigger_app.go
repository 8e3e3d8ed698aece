package control

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Numbers that the simulated carrier delivers to, and does not.
const (
	goodNumber = "01712345678"
	badNumber  = "01712340000"
)

// messageTo sends an SMS as an installed app.
func messageTo(number string) func(context.Context, *trigger) (string, error) {
	return func(ctx context.Context, t *trigger) (done string, err error) {
		if err := t.clockRuns(ctx); err != nil {
			return "", err
		}
		err = t.asApp(ctx, api.ManageMessaging, func(i installation, app actor) error {
			_, err := call[api.MessageQueuedAnswer](ctx, app, http.MethodPost, "/api/apps/v1/messaging/sms",
				api.NewMessage{To: number, Message: "Your parcel is on its way."})
			done = fmt.Sprintf("%s sends an SMS to %s.", i.name, number)
			return err
		})
		return done, err
	}
}

// clockRuns refuses what needs business time to go on.
func (t *trigger) clockRuns(ctx context.Context) error {
	return t.service.DB.Read(ctx, func(tx *db.Tx) error {
		if tx.Clock().Frozen != nil {
			return problem.Conflict("The carrier needs three seconds of business time, and the clock stands. First: sx clock resume")
		}
		return nil
	})
}

// asApp acts as an installed app that has a scope.
func (t *trigger) asApp(ctx context.Context, scope api.Scope, do func(installation, actor) error) error {
	i, err := t.service.installed(ctx, t.app, t.out.StoreID, scope)
	if err != nil {
		return err
	}
	app, err := t.service.appOn(ctx, i.id)
	if err != nil {
		return err
	}
	err = do(i, app)
	if ended := app.end(context.WithoutCancel(ctx)); err == nil {
		err = ended
	}
	return err
}

// appInstalled installs the app named, or the first that is not installed.
func appInstalled(ctx context.Context, t *trigger) (string, error) {
	slug := t.app
	if slug == "" {
		err := t.service.DB.Read(ctx, func(tx *db.Tx) (err error) {
			slug, err = db.One(tx, db.Value[string], `SELECT slug FROM app a WHERE deleted_ms IS NULL AND review_status = 'approved'
				AND app_type <> 'custom' AND NOT EXISTS (SELECT 1 FROM installation i WHERE i.app_id = a.id AND i.store_id = $1 AND i.status = 'active')
				ORDER BY id LIMIT 1`, t.out.StoreID)
			return err
		})
		if db.IsNone(err) {
			return "", problem.Conflict("Every app is installed on store %d. Uninstall one first: sx trigger app.uninstalled", t.out.StoreID)
		}
		if err != nil {
			return "", err
		}
	} else if i, err := t.service.installed(ctx, slug, t.out.StoreID); err == nil {
		return "", problem.Conflict("%s is installed on store %d. Uninstall it first: sx uninstall %s", i.name, t.out.StoreID, slug)
	}
	installed, err := t.service.install(ctx, slug, t.out.StoreID)
	return installed.App.Name + " is installed.", err
}

func appUninstalled(ctx context.Context, t *trigger) (string, error) {
	i, err := t.service.installed(ctx, t.app, t.out.StoreID)
	if err != nil {
		return "", err
	}
	_, err = t.service.uninstall(ctx, i.slug, t.out.StoreID)
	return fmt.Sprintf("%s is uninstalled. Its tokens are dead; shop/redact follows in 48 hours.", i.name), err
}

// charged makes a charge as an installed app and takes it through steps of the
// merchant.
func charged(says string, steps ...chargeStep) func(context.Context, *trigger) (string, error) {
	return func(ctx context.Context, t *trigger) (done string, err error) {
		err = t.asApp(ctx, api.Billing, func(i installation, app actor) error {
			amount := api.Money(50_000)
			c, err := call[api.Charge](ctx, app, http.MethodPost, "/api/apps/v1/billing/charges", api.NewCharge{Name: "Trial charge", Amount: &amount})
			for _, step := range steps {
				if err != nil {
					return err
				}
				_, err = call[api.PaymentResult](ctx, t.merchant, http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/%s", c.ChargeID, step.name), step.body)
			}
			done = fmt.Sprintf("%s asks for 500.00 BDT (charge %d); %s.", i.name, c.ChargeID, says)
			return err
		})
		return done, err
	}
}

// chargeStep is what a merchant does with a charge.
type chargeStep struct {
	name string
	body any
}

// asked starts a privacy request of the merchant.
func asked(topic string) func(context.Context, *trigger) (string, error) {
	return func(ctx context.Context, t *trigger) (string, error) {
		in, about := api.NewPrivacyRequest{Topic: topic}, "the store"
		if topic != api.TopicShopRedact {
			id, err := t.newestCustomer(ctx)
			if err != nil {
				return "", err
			}
			in.UserID, about = &id, fmt.Sprintf("customer %d", id)
		}
		out, err := call[api.PrivacyRequest](ctx, t.merchant, http.MethodPost, t.path("privacy-requests"), in)
		return fmt.Sprintf("The merchant asks %d apps about %s.", len(out.Apps), about), err
	}
}

// later refuses what only time brings.
func later(hint string) func(context.Context, *trigger) (string, error) {
	return func(context.Context, *trigger) (string, error) { return "", problem.Conflict("%s", hint) }
}

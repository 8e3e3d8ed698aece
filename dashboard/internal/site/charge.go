package site

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/frame"
	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// chargeData is a charge that the merchant decides on, or has decided on.
type chargeData struct {
	api.StoreCharge
	Title                         string
	Terms                         []string          // what is agreed to, in sentences
	Newest                        []api.ChargeEntry // the timeline, newest first
	Split                         page.Split
	Outcome                       *page.Outcome // nil while the charge waits
	Approve, Decline, Pay, Cancel bool          // what may be done now
	EndLater, Resume              bool          // of a subscription
	Uses                          []api.UsageCharge
	List                          page.List // of the uses of a month
	Place                         string    // of the charge's own page
	Back, BackLabel               string    // the way back to the app
}

func (v *visit) charge() error {
	charge, err := v.findCharge()
	if err != nil {
		return err
	}
	newest := slices.Clone(charge.Timeline)
	slices.Reverse(newest)
	may := func(action string) bool { return slices.Contains(charge.Actions, action) }
	data := chargeData{
		StoreCharge: charge, Newest: newest, Split: page.SplitCharge(charge), Outcome: page.ChargeOutcome(charge), Place: v.chargePath(charge),
		Approve: may(api.ActionApprove), Decline: may(api.ActionDecline), Pay: may(api.ActionPay), Cancel: may(api.ActionCancel),
		EndLater: may(api.ActionCancelAtPeriodEnd), Resume: may(api.ActionResume),
	}
	data.Title = page.ChargeTitle(charge, data.Outcome != nil)
	if data.Terms, err = v.terms(charge); err != nil {
		return err
	}
	if charge.Type == api.ChargeUsage {
		data.List = page.ReadList(v.r.URL, "", nil)
		found, err := v.session.ChargeUsage(v.r.Context(), charge.ChargeID, data.List.Page, page.Rows)
		if err != nil {
			return err
		}
		data.Uses, data.List = found.Data, data.List.Found(found.Pagination)
	}
	data.Back, data.BackLabel = v.wayBack(charge)
	// An answer leads on to where the app wants the merchant back.
	return v.show("shell/charge", charge.Name, "settings", data, policy{form: onToApp})
}

// terms are what the merchant agrees to, beside what there is already.
func (v *visit) terms(c api.StoreCharge) ([]string, error) {
	var before []api.StoreCharge
	var balance *api.Money
	if c.Status == api.ChargePending && c.Type == api.ChargeRecurring {
		var err error
		if before, err = v.subscriptions(c.AppID); err != nil {
			return nil, err
		}
	}
	if c.Status == api.ChargePending && c.Type == api.ChargeTopup {
		wallet, err := v.walletOf(c.AppID)
		if err != nil {
			return nil, err
		}
		balance = new(api.Money)
		if wallet != nil {
			*balance = wallet.Balance
		}
	}
	return page.ChargeTerms(c, v.store.Name, before, balance), nil
}

// walletOf is the store's wallet with an app, nil where there is none.
func (v *visit) walletOf(appID int64) (*api.StoreWallet, error) {
	wallets, err := v.session.Wallets(v.r.Context(), v.store.StoreID)
	i := slices.IndexFunc(wallets, func(w api.StoreWallet) bool { return w.AppID == appID })
	if err != nil || i < 0 {
		return nil, err
	}
	return &wallets[i], nil
}

// wayBack leads to the app, as long as it is installed.
func (v *visit) wayBack(c api.StoreCharge) (to, label string) {
	if slices.ContainsFunc(v.apps, func(a api.InstalledApp) bool { return a.AppID == c.AppID }) {
		return v.path("/apps/e/" + c.App.Slug), "Back to " + c.App.Name
	}
	return v.path("/settings/apps"), "Installed apps"
}

// findCharge is the charge that the path names, if it is this store's: the
// user may open other stores too.
func (v *visit) findCharge() (api.StoreCharge, error) {
	charge, err := v.session.Charge(v.r.Context(), v.number("charge"))
	if err == nil && charge.StoreID != v.store.StoreID {
		return api.StoreCharge{}, missing
	}
	return charge, err
}

func (v *visit) chargePath(c api.StoreCharge) string {
	return v.path("/settings/apps/billing/" + strconv.FormatInt(c.ChargeID, 10))
}

func (v *visit) approveCharge() error { return v.answerCharge(api.ActionApprove, "") }

func (v *visit) declineCharge() error {
	return v.answerCharge(api.ActionDecline, "You declined the charge. Nothing was paid.")
}

// cancelCharge ends a charge that waits, or a subscription: now, or when the
// form says so with the period that is paid for.
func (v *visit) cancelCharge() error {
	switch v.r.PostFormValue("when") {
	case "period_end":
		return v.answerCharge(api.ActionCancelAtPeriodEnd, "The subscription ends with its period. Nothing more is collected.")
	case "now":
		return v.answerCharge(api.ActionCancel, "The subscription has ended. Nothing more is collected.")
	}
	return v.answerCharge(api.ActionCancel, "You cancelled the charge. Nothing was paid.")
}

func (v *visit) resumeCharge() error {
	return v.answerCharge(api.ActionResume, "The subscription goes on.")
}

func (v *visit) answerCharge(action, said string) error {
	charge, err := v.findCharge()
	if err != nil {
		return err
	}
	var result api.PaymentResult
	if action == api.ActionCancelAtPeriodEnd {
		result, err = v.session.EndSubscription(v.r.Context(), charge.ChargeID)
	} else {
		result, err = v.session.AnswerCharge(v.r.Context(), charge.ChargeID, action)
	}
	if err != nil {
		return v.refusedCharge(charge, err)
	}
	return v.leave(result, session.Flash{Tone: "success", Text: said})
}

// refusedCharge says on the charge's page why a step that came too late was
// not taken.
func (v *visit) refusedCharge(charge api.StoreCharge, err error) error {
	refused, ok := platform.Refusal(err)
	if ok && (refused.Status == http.StatusConflict || refused.Status == http.StatusBadRequest) {
		return v.done("danger", refused.Message, v.chargePath(charge))
	}
	return err
}

// leave goes where the platform leads: to a page of this store, which shows
// the flash if it says something, or to the app, which says it itself. What is
// neither ends on the charge's page, as the step has been taken by now.
func (v *visit) leave(result api.PaymentResult, said session.Flash) error {
	to := result.RedirectURL
	inside := strings.HasPrefix(to, v.path("/")) && session.ReturnTo(to) == to
	if _, web := frame.Origin(to); !inside && !web {
		v.Log.WarnContext(v.r.Context(), "billing.redirect_refused", "charge_id", result.Charge.ChargeID)
		to, inside = v.chargePath(result.Charge), true
	}
	if inside && said.Text != "" {
		v.cookies.SetFlash(v.w, said)
	}
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}
